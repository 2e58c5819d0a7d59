import Campaign
import Foundation
import Hummingbird
import Intake
import Ledger
import Records
import Review
import Vietnamese
import XLSForm

/// Everything that is pressed on a nominee's file.
struct DossierPresses: Sendable {
    let desk: ConsoleDesk

    func add(to router: Router<ConsoleContext>) {
        router.post("ho-so/:ma/chuyen") { request, context in try await move(request, context) }
        router.post("ho-so/:ma/tieu-chuan") { request, context in try await assess(request, context) }
        router.post("ho-so/:ma/y-kien") { request, context in try await opine(request, context) }
        router.post("ho-so/:ma/ghi-chu") { request, context in try await remark(request, context) }
        router.post("ho-so/:ma/gan") { request, context in try await place(request, context) }
        router.post("ho-so/:ma/giao") { request, context in try await assign(request, context) }
        router.post("ho-so/:ma/hoi") { request, context in try await ask(request, context) }
        router.post("ho-so/:ma/tra-loi") { request, context in try await answer(request, context) }
        router.post("ho-so/:ma/ban-moi") { request, context in try await adopt(request, context) }
        router.post("ho-so/:ma/doi-tuong") { request, context in try await pair(request, context) }
        router.post("ho-so/:ma/thu-hoi") { request, context in try await revoke(request, context) }
    }

    /// One press on one file: who may, what the form says, and one transaction.
    private func press(
        _ request: Request, _ context: ConsoleContext, _ roles: Set<Role>,
        _ body: @escaping @Sendable (Press) throws -> Void
    ) async throws -> Response {
        let visitor = try context.visitor(roles)
        let form = try await FormFields(request, of: visitor)
        let (receipt, now) = (try context.receipt(), desk.now())
        let kind = try await desk.write { transaction, office in
            guard let submission = try transaction.stored.submission(receipt: receipt) else { throw Turned.notFound }
            try body(Press(submission, form, visitor, office, transaction, now))
            return submission.kind
        }
        return .redirect(to: (kind == .nomination ? "/ho-so/" : "/bao-cao/") + receipt.description, type: .normal)
    }

    private struct Press {
        let submission: SubmissionRecord
        let form: FormFields
        let visitor: Visitor
        let office: Office
        let transaction: LedgerTransaction
        let now: Date

        init(
            _ submission: SubmissionRecord, _ form: FormFields, _ visitor: Visitor, _ office: Office,
            _ transaction: LedgerTransaction, _ now: Date
        ) {
            self.submission = submission
            self.form = form
            self.visitor = visitor
            self.office = office
            self.transaction = transaction
            self.now = now
        }

        var stored: LedgerView { transaction.stored }
        var reviewing: Reviewing {
            Reviewing(office: office, transaction: transaction, now: now, who: visitor.who)
        }

        func dossier() throws -> DossierRecord {
            guard let dossier = try stored.dossier(of: submission.id) else { throw Turned.notFound }
            return dossier
        }
    }

    // MARK: - Moving

    private func move(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        try await press(request, context, Role.reviewers) { press in
            guard let move = DossierMove(rawValue: press.form["viec"]), DossierView.pressed.contains(move) else {
                throw Turned.notFound
            }
            let reason = Self.reason(press.form)
            try Self.explaining(press) { try press.reviewing.make(move, of: press.submission, reason: reason) }
            if move == .take {
                try press.transaction.assign(
                    press.submission, to: press.visitor.account.name, by: press.visitor.who, at: press.now)
            }
        }
    }

    /// A reason from the list, of which the person has written more: `Thiếu tài liệu …` ends with what is meant.
    private static func reason(_ form: FormFields) -> String {
        let (chosen, words) = (form["chon"], form["ly_do"])
        guard Wording.declineReasons.contains(chosen) else { return words }
        guard chosen.hasSuffix(" …") else { return [chosen, words].filter { !$0.isEmpty }.joined(separator: "\n") }
        return words.isEmpty ? "" : chosen.dropLast(1) + words
    }

    private func revoke(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        try await press(request, context, Role.reviewers) { press in
            let document = try DocumentFields.document(press.form)
            let why = press.form["ly_do"]
            if why.isEmpty { throw Turned.back("Thu hồi thì cần ghi lý do.") }
            let reason = "\(document.number), \(Wording.day(document.day)): \(why)"
            try Self.explaining(press) { try press.reviewing.make(.revoke, of: press.submission, reason: reason) }
        }
    }

    private func adopt(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        try await press(request, context, Role.reviewers) { press in
            let newer = try ReviewedFile(press.submission, press.stored).newer
            if let newer, press.form["ban"] != String(newer.number) {
                throw Turned.back("Trong lúc đó đã có bản \(newer.number). Tải lại trang để xem.")
            }
            try Self.explaining(press) { try press.reviewing.adopt(press.submission) }
        }
    }

    /// What a refusal means; the second of two windows is told who was first.
    private static func explaining(_ press: Press, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch let refusal as Reviewing.Refusal {
            switch refusal {
            case .noDossier: throw Turned.back("Đây không phải hồ sơ khen thưởng.")
            case .noReason: throw Turned.back("Việc này cần ghi lý do.")
            case .nothingNewer: throw Turned.back("Không còn bản nào mới hơn bản đang xét.")
            case .listed(let list):
                throw Turned.back("Danh sách \(list.rawValue) đã có tờ trình; kết quả ghi ở danh sách đó.")
            case .notReady(let reasons):
                throw Turned.back("Chưa đưa vào danh sách: " + reasons.map(Wording.reason).joined(separator: "; "))
            case .state(let state):
                let last = try press.stored.audit(subject: press.submission.receipt.description).last {
                    $0.action == "dossier.move"
                }
                let who = last.map { " (\($0.who), \(Wording.moment($0.at, press.office.zone)))" } ?? ""
                throw Turned.back(
                    "Hồ sơ nay đã ở trạng thái \"\(Wording.state(state))\"\(who). Lần bấm này chưa ghi gì.")
            }
        }
    }

    // MARK: - Papers and standards

    /// The whole board: which originals are there, and what the reviewer holds of the standards.
    private func assess(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        try await press(request, context, Role.reviewers) { press in
            try Self.keepOriginals(press)
            let verdicts = press.form.all("xet-")
            let (notes, marks) = (press.form.all("ghi-"), press.form.all("cu-"))
            let entries = verdicts.keys.sorted().compactMap { id -> Assessing.Entry? in
                guard let verdict = verdicts[id].flatMap(Assessment.Verdict.init(rawValue:)) else { return nil }
                return Assessing.Entry(
                    standard: id, verdict: verdict, note: (notes[id] ?? "").trimmed, over: marks[id])
            }
            if entries.isEmpty { return }
            do {
                try Assessing(
                    office: press.office, transaction: press.transaction, now: press.now, who: press.visitor.who
                ).keep(entries, of: press.submission)
            } catch let refusal as Assessing.Refusal {
                throw Turned.back(words(refusal, press.office))
            }
        }
    }

    private func words(_ refusal: Assessing.Refusal, _ office: Office) -> String {
        switch refusal {
        case .state: "Hồ sơ không còn ở trạng thái đang thẩm định, nên chưa ghi gì."
        case .noStandard: "Biểu này không có tiêu chuẩn đó, nên chưa ghi gì."
        case .changed(let other):
            "\(other.who) vừa ghi \"\(Wording.verdict(other.verdict))\" cho tiêu chuẩn \(other.standard) lúc "
                + "\(Wording.moment(other.at, office.zone)). Lần bấm này chưa ghi gì; tải lại trang để xem."
        }
    }

    /// Only what was changed in this window is written.
    private static func keepOriginals(_ press: Press) throws {
        func list(_ name: String) -> Set<String> { Set(press.form[name].split(separator: ",").map(String.init)) }
        let (before, ticked) = (list("giay-cu"), Set(press.form.all("goc-").keys))
        let shown = list("giay").union(ticked)
        let changed = shown.filter { before.contains($0) != ticked.contains($0) }
        if changed.isEmpty { return }
        let file = try ReviewedFile(press.submission, press.stored)
        guard let definition = press.office.definition(of: file.reviewed, press.submission) else { return }
        let known = try DossierPapers(of: press.submission, form: definition, press.stored)
        for paper in changed.sorted() {
            guard known[paper] != nil else { throw Turned.back("Hồ sơ này không có giấy tờ đó.") }
            try press.transaction.noteOriginal(
                paper, isThere: ticked.contains(paper), of: press.submission, by: press.visitor.who, at: press.now)
        }
    }

    private func place(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        try await press(request, context, Role.reviewers) { press in
            let sha256 = press.form["tep"]
            let name = press.form["cho-" + sha256]
            let file = try ReviewedFile(press.submission, press.stored)
            guard let definition = press.office.definition(of: file.reviewed, press.submission),
                let question = definition.question(named: name), question.kind == .attachment,
                let code = EvidenceName.code(of: definition.text(question.label))
            else { throw Turned.back("Chọn giấy tờ mà tệp này là.") }
            do {
                try press.transaction.place(
                    sha256, of: press.submission, code: code, question: name, by: press.visitor.who, at: press.now)
            } catch let error as LedgerError where error.code == .conflict {
                throw Turned.back("Tệp này đã gắn rồi. Tải lại trang để xem.")
            }
        }
    }

    private func assign(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        try await press(request, context, Role.reviewers) { press in
            let name = press.form["cho"]
            _ = try press.dossier()
            if !name.isEmpty {
                guard let account = try press.stored.account(name), account.role.reviews, !account.isDisabled else {
                    throw Turned.back("Không giao được cho tài khoản này.")
                }
            }
            try press.transaction.assign(press.submission, to: name, by: press.visitor.who, at: press.now)
        }
    }

    // MARK: - Words

    private func opine(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        try await press(request, context, [.labour]) { press in
            let (agrees, words) = (press.form["dong_y"], press.form["y_kien"])
            guard agrees == "1" || agrees == "0" else { throw Turned.back("Chọn đồng ý hoặc không đồng ý.") }
            if agrees == "0", words.isEmpty { throw Turned.back("Không đồng ý thì cần ghi ý kiến.") }
            let state = try press.dossier().state
            guard ProposalReadiness.open.contains(state) else {
                throw Turned.back("Hồ sơ nay là \"\(Wording.state(state))\", không còn lấy ý kiến.")
            }
            try press.transaction.add(
                Opinion(agrees: agrees == "1", words: words, who: press.visitor.who, at: press.now),
                on: press.submission)
        }
    }

    private func ask(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        try await press(request, context, Role.reviewers) { press in
            let state = try press.dossier().state
            guard ProposalReadiness.open.contains(state) else {
                throw Turned.back("Hồ sơ nay là \"\(Wording.state(state))\", không còn lấy ý kiến.")
            }
            let office = press.form["co_quan"]
            try press.transaction.askOpinion(
                of: office.isEmpty ? nil : office, on: press.submission, due: try DocumentFields.day(press.form["han"]),
                by: press.visitor.who, at: press.now)
        }
    }

    private func answer(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        try await press(request, context, Role.reviewers) { press in
            guard let number = Int64(press.form["so"]), !press.form["y_kien"].isEmpty else {
                throw Turned.back("Ghi trả lời của cơ quan được hỏi.")
            }
            do {
                try press.transaction.answerOpinion(
                    RowID(rawValue: number), press.form["y_kien"], on: press.submission, by: press.visitor.who,
                    at: press.now)
            } catch let error as LedgerError where error.code == .conflict {
                throw Turned.back("Câu hỏi này đã có trả lời. Tải lại trang để xem.")
            }
        }
    }

    private func remark(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        try await press(request, context, [.interior, .head, .labour]) { press in
            guard !press.form["ghi_chu"].isEmpty else { throw Turned.back("Ghi chú còn trống.") }
            try press.transaction.remark(
                press.form["ghi_chu"], on: press.submission.receipt.description, by: press.visitor.who, at: press.now)
        }
    }

    private func pair(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        try await press(request, context, Role.reviewers) { press in
            guard let receipt = Receipt.mentioned(in: press.form["voi"]).first,
                let other = try press.stored.submission(receipt: receipt), other.kind == .nomination,
                other.id != press.submission.id, ["0", "1"].contains(press.form["la"])
            else { throw Turned.notFound }
            try press.transaction.pair(
                press.submission, other, isSame: press.form["la"] == "1", by: press.visitor.who, at: press.now)
        }
    }
}
