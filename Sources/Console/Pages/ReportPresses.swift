import Foundation
import Hummingbird
import Intake
import Ledger
import Records
import Review

/// What may be pressed on a report: a person accepts what the rules did not, the Labour office confirms figures.
struct ReportPresses: Sendable {
    let receipt: String
    /// The newest version's number in the ledger: another one by the time of the press is told.
    let revision: String
    let opinions: [String]
    let mayDecide: Bool
    /// It passed the rules and came after the figures were frozen.
    let isLate: Bool
    let mayConfirm: Bool

    /// nil of a nomination.
    init?(_ submission: SubmissionRecord, _ stored: LedgerView, _ office: Office, _ role: Role) throws {
        guard submission.kind != .nomination, let newest = try stored.newestRevision(of: submission.id) else {
            return nil
        }
        receipt = submission.receipt.description
        revision = String(newest.id.rawValue)
        opinions = try stored.opinions(of: submission.id).map { opinion in
            let words = opinion.words.isEmpty ? "" : ": \(opinion.words)"
            return "\(Wording.day(opinion.at, office.zone)) \(opinion.who): "
                + (opinion.agrees ? "xác nhận số liệu" : "có ý kiến") + words
        }
        let isUndecided = newest.standing == .failed || newest.standing == .waiting
        mayDecide = isUndecided && (role == .interior || role == .head)
        isLate = newest.standing == .waiting
        let isFiled = try stored.filedRevision(of: submission.id) != nil
        mayConfirm = role == .labour && submission.kind == .report && isFiled
    }

    static let template = """
        <section aria-label="Phòng Lao động - TB&amp;XH"><h2>Phòng Lao động - TB&amp;XH</h2><ul>{{#opinions}}<li>{{.}}</li>{{/opinions}}{{^opinions}}<li>chưa xác nhận</li>{{/opinions}}</ul>
        {{#mayConfirm}}<form method="post" action="/bao-cao/{{receipt}}/xac-nhan"><input type="hidden" name="_csrf" value="{{csrf}}">
        <label><input type="radio" name="dong_y" value="1" required> Xác nhận số liệu hộ nghèo</label> <label><input type="radio" name="dong_y" value="0"> Có ý kiến</label>
        <label for="y_kien_sl">Ý kiến</label><textarea id="y_kien_sl" name="y_kien" rows="3"></textarea>
        <button class="main">Ghi</button> <span class="hint">Không có thư nào gửi đi; Phòng Nội vụ thấy ở trang Đối chiếu.</span></form>{{/mayConfirm}}</section>
        {{#mayDecide}}<section aria-label="Quyết định về bản mới nhất" class="presses"><h2>Bản mới nhất chưa được tính</h2>
        <form method="post" action="/bao-cao/{{receipt}}/quyet-dinh"><input type="hidden" name="_csrf" value="{{csrf}}"><input type="hidden" name="ban" value="{{revision}}">
        <label>Lý do <textarea name="ly_do" rows="2" required></textarea></label>
        <button name="viec" value="nhan">{{#isLate}}Nhận vào bản điều chỉnh{{/isLate}}{{^isLate}}Tiếp nhận kèm lý do{{/isLate}}</button>
        {{#isLate}}<button name="viec" value="giu">Giữ bản đã chốt</button>{{/isLate}}
        <span class="hint">Tiếp nhận: bản mới nhất được tính từ nay, thay bản trước. Không có thư nào gửi đi; lý do ghi vào lịch sử.</span></form></section>{{/mayDecide}}
        """
}

/// The presses themselves, and the year's reconciliation and freeze.
struct ReportDecisionPages: Sendable {
    let desk: ConsoleDesk
    let pages: PageWriter

    func add(to router: Router<ConsoleContext>) {
        router.get("bao-cao/doi-chieu") { request, context in
            let visitor = try context.visitor([.interior, .head, .labour])
            let (asked, now) = (request.year, desk.now())
            let page = try await desk.read { try ReconciliationPage(asked, $0, $1, visitor.role, now) }
            return try await pages.page(page, for: visitor)
        }
        router.get("bao-cao/chot") { request, context in
            let visitor = try context.visitor([.interior, .head, .labour])
            let (asked, now) = (request.year, desk.now())
            let page = try await desk.read { try FreezePage(asked, $0, $1, visitor.role, now) }
            return try await pages.page(page, for: visitor)
        }
        router.post("bao-cao/chot") { request, context in try await freeze(request, context) }
        router.post("bao-cao/:ma/xac-nhan") { request, context in try await confirm(request, context) }
        router.post("bao-cao/:ma/quyet-dinh") { request, context in try await decide(request, context) }
    }

    private func freeze(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let visitor = try context.visitor([.head])
        let form = try await FormFields(request, of: visitor)
        let (document, now) = (form["van_ban"], desk.now())
        guard !document.isEmpty else { throw Turned.back("Ghi số, ngày văn bản báo cáo số liệu.") }
        let year = try await desk.write { transaction, office in
            guard let year = Int(form["nam"]), office.year(year, at: now).year == year else { throw Turned.notFound }
            let results = try PeriodFreeze(office: office, transaction: transaction, now: now)
                .freeze(year, by: visitor.who, document: document)
            if let form = results.first?.form, results.allSatisfy(\.isOld),
                let before = try transaction.stored.freeze(form: form, period: String(year))
            {
                throw Turned.back(
                    "Số liệu năm \(year) đã chốt lúc \(Wording.moment(before.frozen, office.zone)) bởi \(before.who), "
                        + "văn bản \(before.document). Lần bấm này chưa ghi gì.")
            }
            return year
        }
        return .redirect(to: "/bao-cao/chot?nam=\(year)", type: .normal)
    }

    private func confirm(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let visitor = try context.visitor([.labour])
        let form = try await FormFields(request, of: visitor)
        let (receipt, words, now) = (try context.receipt(), form["y_kien"], desk.now())
        guard ["0", "1"].contains(form["dong_y"]) else { throw Turned.back("Chọn xác nhận hay có ý kiến.") }
        let agrees = form["dong_y"] == "1"
        guard agrees || !words.isEmpty else { throw Turned.back("Ghi ý kiến về số liệu.") }
        let year = try await desk.write { transaction, _ in
            let submission = try Self.report(receipt, transaction.stored)
            guard try transaction.stored.filedRevision(of: submission.id) != nil else {
                throw Turned.back("Báo cáo này chưa có bản nào được tính.")
            }
            try transaction.add(Opinion(agrees: agrees, words: words, who: visitor.who, at: now), on: submission)
            return submission.key.period ?? ""
        }
        return .redirect(
            to: form["ve"] == "doi-chieu" ? "/bao-cao/doi-chieu?nam=\(year)" : "/bao-cao/\(receipt)", type: .normal)
    }

    private func decide(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let visitor = try context.visitor([.interior, .head])
        let form = try await FormFields(request, of: visitor)
        let (receipt, reason, now) = (try context.receipt(), form["ly_do"], desk.now())
        guard let number = Int64(form["ban"]) else { throw Turned.notFound }
        try await desk.write { transaction, office in
            let submission = try Self.report(receipt, transaction.stored)
            let decision = ReportDecision(office: office, transaction: transaction, now: now, who: visitor.who)
            let revision = RowID<RevisionRecord>(rawValue: number)
            do {
                switch form["viec"] {
                case "nhan": try decision.accept(revision, of: submission, reason: reason)
                case "giu": try decision.keep(insteadOf: revision, of: submission, reason: reason)
                default: throw Turned.notFound
                }
            } catch let refusal as ReportDecision.Refusal {
                switch refusal {
                case .noReason: throw Turned.back("Ghi lý do.")
                case .changed(let standing):
                    throw Turned.back(
                        "Bản mới nhất nay là \"\(Wording.standing(standing))\": đã có bản khác hoặc người khác quyết định. "
                            + "Lần bấm này chưa ghi gì.")
                }
            }
        }
        return .redirect(to: "/bao-cao/\(receipt)", type: .normal)
    }

    /// - Throws: 404 for what is no report.
    private static func report(_ receipt: Receipt, _ stored: LedgerView) throws -> SubmissionRecord {
        guard let submission = try stored.submission(receipt: receipt), submission.kind != .nomination else {
            throw Turned.notFound
        }
        return submission
    }
}
