import Campaign
import Foundation
import Hummingbird
import Intake
import Ledger
import Records
import Review
import XLSForm

/// The list of nominees' files, one of them, and everything that is pressed on it.
struct DossierPages: Sendable {
    let desk: ConsoleDesk
    let pages: PageWriter

    private static let reviewers: Set<Role> = [.interior, .head]

    func add(to router: Router<ConsoleContext>) {
        router.get("ho-so") { request, context in
            let visitor = try context.visitor(at: .dossiers)
            let query = QueuePage.Query(
                request.uri.queryParameters.reduce(into: [:]) { $0[String($1.key)] = String($1.value) })
            let page = try await desk.read { try QueuePage(query, $0, $1) }
            return try await pages.page(page, for: visitor)
        }
        router.get("ho-so/:ma") { _, context in
            let visitor = try context.visitor(at: .dossiers)
            let receipt = try context.receipt()
            let page = try await desk.read { try SubmissionPage(receipt, $0, $1, visitor) }
            return try await pages.page(page, for: visitor)
        }
        router.post("ho-so/:ma/chuyen") { request, context in try await move(request, context) }
        router.post("ho-so/:ma/tieu-chuan") { request, context in try await assess(request, context) }
        router.post("ho-so/:ma/y-kien") { request, context in try await opine(request, context) }
        router.post("ho-so/:ma/ghi-chu") { request, context in try await remark(request, context) }
    }

    private func move(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let visitor = try context.visitor(Self.reviewers)
        let form = try await FormFields(request, of: visitor)
        let (receipt, now) = (try context.receipt(), desk.now())
        guard let move = DossierMove(rawValue: form["viec"]) else { throw Turned.notFound }
        let reason = form["ly_do"]
        try await desk.write { transaction, office in
            let stored = transaction.stored
            guard let submission = try stored.submission(receipt: receipt) else { throw Turned.notFound }
            if move == .proposeToDistrict { try Self.checkReadiness(submission, stored, office) }
            let reviewing = Reviewing(office: office, transaction: transaction, now: now, who: visitor.who)
            do {
                try reviewing.make(move, of: submission, reason: reason)
            } catch let refusal as Reviewing.Refusal {
                throw Turned.back(try Self.words(refusal, submission, stored, office))
            }
            if move == .take {
                try transaction.assign(submission, to: visitor.account.name, by: visitor.who, at: now)
            }
        }
        return .redirect(to: "/ho-so/\(receipt)", type: .normal)
    }

    private static func checkReadiness(_ submission: SubmissionRecord, _ stored: LedgerView, _ office: Office) throws {
        let standards = office.campaign.plan.standards.filter { $0.forms.contains(submission.key.form) }.map(\.id)
        let readiness = ProposalReadiness(
            standards: standards, assessments: try stored.assessments(of: submission.id),
            newest: try stored.newestRevision(of: submission.id)?.id,
            opinion: try stored.opinions(of: submission.id).last)
        guard readiness.reasons.isEmpty else {
            throw Turned.back(
                "Chưa đưa vào danh sách: " + readiness.reasons.map(Wording.reason).joined(separator: "; "))
        }
    }

    /// The second of two windows is told who was first.
    private static func words(
        _ refusal: Reviewing.Refusal, _ submission: SubmissionRecord, _ stored: LedgerView, _ office: Office
    ) throws -> String {
        switch refusal {
        case .noDossier: return "Đây không phải hồ sơ khen thưởng."
        case .noReason: return "Việc này cần ghi lý do."
        case .state(let state):
            let last = try stored.audit(subject: submission.receipt.description).last { $0.action == "dossier.move" }
            let who = last.map { " (\($0.who), \(Wording.moment($0.at, office.zone)))" } ?? ""
            return "Hồ sơ nay đã ở trạng thái \"\(Wording.state(state))\"\(who). Lần bấm này chưa ghi gì."
        }
    }

    private func assess(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let visitor = try context.visitor(Self.reviewers)
        let form = try await FormFields(request, of: visitor)
        let (receipt, now) = (try context.receipt(), desk.now())
        let (verdicts, notes) = (form.all("xet-"), form.all("ghi-"))
        try await desk.write { transaction, office in
            let stored = transaction.stored
            guard let submission = try stored.submission(receipt: receipt),
                let newest = try stored.newestRevision(of: submission.id)
            else { throw Turned.notFound }
            guard try stored.dossier(of: submission.id)?.state == .inReview else {
                throw Turned.back("Hồ sơ không còn ở trạng thái đang thẩm định, nên chưa ghi gì.")
            }
            let held = try stored.assessments(of: submission.id)
            for standard in office.campaign.plan.standards where standard.forms.contains(submission.key.form) {
                guard let verdict = verdicts[standard.id].flatMap(Assessment.Verdict.init(rawValue:)) else { continue }
                let note = notes[standard.id] ?? ""
                if let before = held[standard.id], before.verdict == verdict, before.note == note,
                    before.revision == newest.id
                {
                    continue
                }
                try transaction.assess(
                    submission,
                    Assessment(
                        standard: standard.id, verdict: verdict, note: note, revision: newest.id, who: visitor.who,
                        at: now))
            }
        }
        return .redirect(to: "/ho-so/\(receipt)", type: .normal)
    }

    private func opine(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let visitor = try context.visitor([.labour])
        let form = try await FormFields(request, of: visitor)
        let (receipt, now, agrees, words) = (try context.receipt(), desk.now(), form["dong_y"], form["y_kien"])
        guard agrees == "1" || agrees == "0" else { throw Turned.back("Chọn đồng ý hoặc không đồng ý.") }
        if agrees == "0", words.isEmpty { throw Turned.back("Không đồng ý thì cần ghi ý kiến.") }
        try await desk.write { transaction, _ in
            guard let submission = try transaction.stored.submission(receipt: receipt),
                let dossier = try transaction.stored.dossier(of: submission.id)
            else { throw Turned.notFound }
            guard ProposalReadiness.open.contains(dossier.state) else {
                throw Turned.back("Hồ sơ nay là \"\(Wording.state(dossier.state))\", không còn lấy ý kiến.")
            }
            try transaction.add(
                Opinion(agrees: agrees == "1", words: words, who: visitor.who, at: now), on: submission)
        }
        return .redirect(to: "/ho-so/\(receipt)", type: .normal)
    }

    private func remark(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let visitor = try context.visitor([.interior, .head, .labour])
        let form = try await FormFields(request, of: visitor)
        let (receipt, now, words) = (try context.receipt(), desk.now(), form["ghi_chu"])
        guard !words.isEmpty else { throw Turned.back("Ghi chú còn trống.") }
        let isNomination = try await desk.write { transaction, _ in
            guard let submission = try transaction.stored.submission(receipt: receipt) else { throw Turned.notFound }
            try transaction.remark(words, on: receipt.description, by: visitor.who, at: now)
            return submission.kind == .nomination
        }
        return .redirect(to: (isNomination ? "/ho-so/" : "/bao-cao/") + receipt.description, type: .normal)
    }
}

/// A page of the list: the longest waiting first.
struct QueuePage: Page {
    struct Query: Sendable {
        let group: String
        let stage: String?
        let unit: String?
        /// Milliseconds and submission of the last line of the page before: `1577000000000-17`.
        let after: String?

        init(_ parameters: [String: String]) {
            group = parameters["nhom"] ?? "cho"
            stage = parameters["dot"].flatMap { $0.isEmpty ? nil : $0 }
            unit = parameters["don_vi"].flatMap { $0.isEmpty ? nil : $0 }
            after = parameters["sau"]
        }
    }

    struct Tab: Sendable {
        let code: String
        let label: String
        let count: Int
        let isHere: Bool
    }

    struct Line: Sendable {
        let receipt: String
        let nominee: String
        let form: String
        let unit: String
        let state: String
        let papers: Int
        let labour: String
        let officer: String
        let since: String
        /// Why somebody should look again; nil without a reason.
        let flag: String?
    }

    struct Option: Sendable {
        let code: String
        let label: String
        let isHere: Bool
    }

    let tabs: [Tab]
    let lines: [Line]
    let stages: [Option]
    let group: String
    /// The query of the next page; nil on the last.
    let next: String?
    let isEmpty: Bool

    var title: String { "Hồ sơ khen thưởng" }
    static let place: Place? = .dossiers
    static let pageLength = 50

    private static let groups: [(code: String, label: String, states: Set<DossierState>)] = [
        ("cho", "Chờ thẩm định", [.queued]),
        ("dang", "Đang thẩm định", [.inReview]),
        ("don-vi", "Chờ đơn vị", [.needsCorrection, .standardNotMet, .returned]),
        ("trinh", "Đã đưa vào danh sách", [.proposedToDistrict, .proposedToProvince]),
        ("ket-qua", "Đã có kết quả", [.awardedByDistrict, .awarded, .notAwarded, .declined]),
        ("rut", "Rút", [.withdrawn]),
        ("tat-ca", "Tất cả", Set(DossierState.allCases)),
    ]

    init(_ query: Query, _ stored: LedgerView, _ office: Office) throws {
        let group = Self.groups.first { $0.code == query.group } ?? Self.groups[0]
        self.group = group.code
        let counts = try stored.dossierCounts()
        tabs = Self.groups.map { one in
            Tab(
                code: one.code, label: one.label, count: one.states.reduce(0) { $0 + (counts[$1] ?? 0) },
                isHere: one.code == group.code)
        }
        let filter = DossierFilter(
            states: group.states, stage: query.stage, unit: query.unit.flatMap { UnitCode($0) })
        let found = try stored.dossierLines(filter, after: Self.last(query.after), limit: Self.pageLength + 1)
        lines = try found.prefix(Self.pageLength).map { try Self.line($0, stored, office) }
        isEmpty = lines.isEmpty
        stages = office.campaign.plan.stages.map {
            Option(code: $0.code, label: $0.label, isHere: $0.code == query.stage)
        }
        if found.count > Self.pageLength, let last = found.dropLast().last?.dossier {
            let after = "\(Int64((last.changed.timeIntervalSince1970 * 1000).rounded()))-\(last.submission.rawValue)"
            let rest = [("dot", query.stage), ("don_vi", query.unit)].compactMap { name, value in
                value.flatMap { $0.addingPercentEncoding(withAllowedCharacters: .alphanumerics) }
                    .map { "&\(name)=\($0)" }
            }.joined()
            next = "/ho-so?nhom=\(group.code)\(rest)&sau=\(after)"
        } else {
            next = nil
        }
    }

    private static func last(_ text: String?) -> DossierCursor? {
        guard let parts = text?.split(separator: "-"), parts.count == 2, let time = Int64(parts[0]),
            let id = Int64(parts[1])
        else { return nil }
        return DossierCursor(changed: Date(timeIntervalSince1970: Double(time) / 1000), submission: RowID(rawValue: id))
    }

    private static func line(_ line: DossierLine, _ stored: LedgerView, _ office: Office) throws -> Line {
        let submission = line.submission
        let settings = office.forms.current(submission.key.form)?.definition.settings
        return Line(
            receipt: submission.receipt.description, nominee: submission.name,
            form: settings?.title ?? submission.key.form,
            unit: office.campaign.units.label(
                of: submission.key.unit, on: CivilDate(submission.opened, in: office.zone)),
            state: Wording.state(line.dossier.state), papers: line.papers,
            labour: line.labourAgrees.map { $0 ? "đồng ý" : "không đồng ý" } ?? "chưa có",
            officer: line.officer, since: Wording.day(line.dossier.changed, office.zone),
            flag: line.dossier.flag.isEmpty ? nil : line.dossier.flag)
    }

    static let template = """
        <h1>Hồ sơ khen thưởng</h1>
        <ul class="tabs">{{#tabs}}<li><a href="/ho-so?nhom={{code}}"{{#isHere}} aria-current="true"{{/isHere}}>{{label}} ({{count}})</a></li>{{/tabs}}</ul>
        <form method="get" action="/ho-so"><input type="hidden" name="nhom" value="{{group}}">
        <label for="dot">Đợt</label> <select id="dot" name="dot"><option value="">tất cả</option>{{#stages}}<option value="{{code}}"{{#isHere}} selected{{/isHere}}>{{label}}</option>{{/stages}}</select>
        <button>Lọc</button></form>
        <table><thead><tr><th scope="col">Mã</th><th scope="col">Đối tượng</th><th scope="col">Nội dung</th><th scope="col">Đơn vị</th>
        <th scope="col">Trạng thái</th><th scope="col">Giấy tờ</th><th scope="col">Ý kiến LĐ</th><th scope="col">Người thẩm định</th><th scope="col">Chờ từ</th></tr></thead>
        <tbody>{{#lines}}<tr><td><a href="/ho-so/{{receipt}}">{{receipt}}</a></td><td>{{nominee}}</td><td>{{form}}</td><td>{{unit}}</td>
        <td>{{state}}{{#flag}}<br><span class="flag">{{.}}</span>{{/flag}}</td><td class="number">{{papers}}</td><td>{{labour}}</td><td>{{officer}}</td><td>{{since}}</td></tr>
        {{/lines}}</tbody></table>
        {{#isEmpty}}<p>Không có hồ sơ nào.</p>{{/isEmpty}}
        {{#next}}<p><a class="button" href="{{.}}">Trang sau</a></p>{{/next}}
        """
}
