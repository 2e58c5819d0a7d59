import Campaign
import Foundation
import Intake
import Ledger
import Notices
import Records
import Review
import XLSForm

/// One submission: its answers and findings, its versions, papers and letters; and of a nomination the standards with
/// what the reviewer holds of them, and the buttons that move it.
struct SubmissionPage: Page {
    struct Field: Sendable {
        let label: String
        let words: String
        /// What it was in the version before; nil where it is the same.
        let before: String?
        let findings: [String]
    }

    struct Block: Sendable {
        let heading: String
        let fields: [Field]
        /// Heads and rows of a table; nil for single fields.
        let table: Table?

        struct Table: Sendable {
            let heads: [String]
            let rows: [[String]]
        }
    }

    struct Version: Sendable {
        let number: Int
        let words: String
        let file: String
        let path: String
    }

    struct Paper: Sendable {
        let code: String
        let name: String
        let words: String
        let path: String
    }

    struct Standard: Sendable {
        struct Choice: Sendable {
            let value: String
            let label: String
            let isTaken: Bool
        }

        let id: String
        let clause: String
        let name: String
        let nature: String
        let findings: [String]
        let choices: [Choice]
        let note: String
        let who: String
    }

    struct Button: Sendable {
        let move: String
        let label: String
        let effect: String
        let needsReason: Bool
        /// Why it is closed; nil when it is open.
        let closed: String?
    }

    let receipt: String
    let heading: String
    let unit: String
    let form: String
    let when: String
    let state: String?
    let officer: String?
    let flag: String?
    let blocks: [Block]
    let pictures: [ShownPicture]
    let report: ReportPresses?
    let general: [String]
    let versions: [Version]
    let papers: [Paper]
    let missing: [String]
    let letters: [String]
    let standards: [Standard]
    let hasStandards: Bool
    let opinions: [String]
    let buttons: [Button]
    let remarks: [String]
    let trail: [String]
    let mayAssess: Bool
    let mayOpine: Bool
    let mayRemark: Bool
    private let isNomination: Bool

    var title: String { "\(receipt) \(heading)" }
    static let place: Place? = .dossiers

    /// - Throws: `Turned.notFound`.
    init(_ receipt: Receipt, _ stored: LedgerView, _ office: Office, _ visitor: Visitor) throws {
        guard let submission = try stored.submission(receipt: receipt) else { throw Turned.notFound }
        let revisions = try stored.revisions(of: submission.id)
        let dossier = try stored.dossier(of: submission.id)
        let newest = revisions.last
        let definition = newest.flatMap {
            (office.forms[$0.workbook.verdict.form] ?? office.forms.current(submission.key.form))?.definition
        }
        self.receipt = receipt.description
        heading = submission.name
        isNomination = submission.kind == .nomination
        unit = office.campaign.units.label(
            of: submission.key.unit, on: CivilDate(submission.opened, in: office.zone))
        form = definition?.settings.title ?? submission.key.form
        when = submission.key.stage.map { office.campaign.plan.stage($0)?.label ?? $0 } ?? submission.key.period ?? ""
        state = dossier.map { "\(Wording.state($0.state)), từ \(Wording.day($0.changed, office.zone))" }
        let name = try stored.officer(of: submission.id)
        officer = name.isEmpty ? nil : try stored.account(name)?.display ?? name
        flag = dossier.flatMap { $0.flag.isEmpty ? nil : $0.flag }
        let findings = newest?.workbook.verdict.findings ?? []
        blocks =
            definition.map {
                AnswerBlocks(
                    form: $0, answers: newest?.workbook.answers ?? [],
                    before: revisions.dropLast().last?.workbook.answers, findings: findings, wording: office.wording
                ).blocks
            } ?? []
        pictures = NominationPictures.shown(submission.key.form, newest?.workbook.answers ?? []) { code in
            UnitCode(code).map {
                office.campaign.units.label(of: $0, on: CivilDate(submission.opened, in: office.zone))
            }
                ?? code
        }
        report = try ReportPresses(submission, stored, office, visitor.role)
        general = findings.filter { $0.question == nil }.map { Self.words($0, office) }
        versions = revisions.reversed().map { revision in
            let workbook = revision.workbook
            return Version(
                number: revision.number,
                words: "\(Wording.moment(workbook.received, office.zone)), \(Wording.standing(revision.standing))",
                file: workbook.filename, path: "/tep/\(receipt)/\(workbook.fileSHA256)")
        }
        let attached = try stored.evidence(of: submission.id)
        papers = attached.map { paper in
            Paper(
                code: paper.code ?? "chưa gắn", name: paper.file.filename,
                words: Wording.day(paper.attached, office.zone), path: "/tep/\(receipt)/\(paper.file.sha256)")
        }
        // What was mailed after the workbook is there all the same.
        let codes = Set(attached.compactMap(\.code))
        missing = findings.filter { finding in
            finding.code == .evidenceMissing && !(finding.arguments["code"].map(codes.contains) ?? false)
        }.map { office.wording.found($0) }
        letters = try stored.notices(about: submission.id).map {
            "\(Wording.day($0.created, office.zone)): \($0.subject) (\(Wording.notice($0.state)))"
        }
        let held = try stored.assessments(of: submission.id)
        let asked = isNomination ? office.campaign.plan.standards.filter { $0.forms.contains(submission.key.form) } : []
        standards = asked.map { Self.standard($0, held[$0.id], findings, office) }
        hasStandards = !asked.isEmpty
        let said = try stored.opinions(of: submission.id)
        opinions = said.map {
            "\(Wording.day($0.at, office.zone)) \($0.who): \($0.agrees ? "đồng ý" : "không đồng ý"). \($0.words)"
        }
        let readiness = ProposalReadiness(
            standards: asked.map(\.id), assessments: held, newest: newest?.id, opinion: said.last)
        buttons = dossier.map { Self.buttons($0.state, visitor.role, readiness) } ?? []
        remarks = try stored.remarks(on: receipt.description).map {
            "\(Wording.moment($0.at, office.zone)) \($0.who): \($0.words)"
        }
        trail = try stored.audit(subject: receipt.description).reversed().map {
            "\(Wording.moment($0.at, office.zone)) \($0.who): \(Wording.action($0.action)) \(Wording.states(in: $0.detail))"
        }
        let reviews: Set<Role> = [.interior, .head]
        mayAssess = reviews.contains(visitor.role) && dossier?.state == .inReview
        mayOpine = visitor.role == .labour && dossier.map { ProposalReadiness.open.contains($0.state) } == true
        mayRemark = visitor.role != .reader
    }

    private static func words(_ finding: Finding, _ office: Office) -> String {
        let label = finding.label.isEmpty ? "" : "\(finding.label): "
        return "\(Wording.severity(finding.severity)): \(label)\(office.wording.found(finding))"
    }

    private static func standard(
        _ standard: Plan.Standard, _ held: Assessment?, _ findings: [Finding], _ office: Office
    ) -> Standard {
        Standard(
            id: standard.id, clause: standard.clause, name: standard.shortName, nature: Wording.nature(standard.nature),
            findings: findings.filter { $0.clauses.contains(standard.id) || $0.clauses.contains(standard.clause) }
                .map { words($0, office) },
            choices: Assessment.Verdict.allCases.map {
                Standard.Choice(value: $0.rawValue, label: Wording.verdict($0), isTaken: held?.verdict == $0)
            },
            note: held?.note ?? "",
            who: held.map { "\($0.who), \(Wording.day($0.at, office.zone))" } ?? "")
    }

    private static func buttons(_ state: DossierState, _ role: Role, _ readiness: ProposalReadiness) -> [Button] {
        guard role == .interior || role == .head else { return [] }
        return DossierMove.possible(from: state).map { move in
            let (label, effect) = Wording.move(move)
            let closed = move == .proposeToDistrict ? readiness.reasons.map(Wording.reason) : []
            return Button(
                move: move.rawValue, label: label, effect: effect, needsReason: move.needsReason,
                closed: closed.isEmpty ? nil : closed.joined(separator: "; "))
        }
    }

    static let template = """
        <h1>{{receipt}} {{heading}}</h1>
        <p class="facts">{{unit}} · {{form}} · {{when}}</p>
        {{#state}}<p>Trạng thái: <strong>{{.}}</strong>{{#officer}} · người thẩm định: {{.}}{{/officer}}</p>{{/state}}
        {{#flag}}<p class="flag" role="status">Cần xem lại: {{.}}</p>{{/flag}}
        <div class="columns"><section aria-label="Hồ sơ">
        <h2>Giấy tờ</h2>
        <table><tbody>{{#papers}}<tr><th scope="row">{{code}}</th><td><a href="{{path}}">{{name}}</a></td><td>{{words}}</td></tr>{{/papers}}
        {{#missing}}<tr><th scope="row">Thiếu</th><td colspan="2">{{.}}</td></tr>{{/missing}}</tbody></table>
        <h2>Các bản đã gửi</h2>
        <ol class="plain">{{#versions}}<li>Bản {{number}}: {{words}}. <a href="{{path}}">{{file}}</a></li>{{/versions}}</ol>
        {{#pictures}}\(ShownPicture.template){{/pictures}}
        {{#general}}<p class="finding">{{.}}</p>{{/general}}
        {{#blocks}}<details><summary>{{heading}}</summary>
        {{#table}}<div class="wide"><table><thead><tr>{{#heads}}<th scope="col">{{.}}</th>{{/heads}}</tr></thead>
        <tbody>{{#rows}}<tr>{{#.}}<td>{{.}}</td>{{/.}}</tr>{{/rows}}</tbody></table></div>{{/table}}
        <dl>{{#fields}}<dt>{{label}}</dt><dd>{{words}}{{#before}} <span class="before">(bản trước: {{.}})</span>{{/before}}{{#findings}}<p class="finding">{{.}}</p>{{/findings}}</dd>{{/fields}}</dl>
        </details>{{/blocks}}
        </section>
        {{#hasStandards}}<section aria-label="Tiêu chuẩn"><h2>Tiêu chuẩn</h2>
        <form method="post" action="/ho-so/{{receipt}}/tieu-chuan"><input type="hidden" name="_csrf" value="{{csrf}}">
        {{#standards}}<fieldset class="standard"><legend>{{clause}} {{name}} <small>({{nature}})</small></legend>
        {{#findings}}<p class="finding">{{.}}</p>{{/findings}}
        {{#choices}}<label><input type="radio" name="xet-{{id}}" value="{{value}}"{{#isTaken}} checked{{/isTaken}}{{^mayAssess}} disabled{{/mayAssess}}> {{label}}</label> {{/choices}}
        <label class="note">Ghi chú <input name="ghi-{{id}}" value="{{note}}"{{^mayAssess}} disabled{{/mayAssess}}></label>
        <small>{{who}}</small></fieldset>{{/standards}}
        {{#mayAssess}}<button class="main">Lưu</button> <span class="hint">Chỉ ghi nhận xét của người thẩm định; không có thư nào gửi đi.</span>{{/mayAssess}}
        {{^mayAssess}}<p class="hint">Ghi nhận xét được khi hồ sơ đang thẩm định, với tài khoản của Phòng Nội vụ.</p>{{/mayAssess}}
        </form></section>{{/hasStandards}}
        </div>
        {{#report}}\(ReportPresses.template){{/report}}
        {{^report}}<section aria-label="Ý kiến"><h2>Ý kiến Phòng Lao động - TB&amp;XH</h2>
        <ul>{{#opinions}}<li>{{.}}</li>{{/opinions}}{{^opinions}}<li>chưa có</li>{{/opinions}}</ul>
        {{#mayOpine}}<form method="post" action="/ho-so/{{receipt}}/y-kien"><input type="hidden" name="_csrf" value="{{csrf}}">
        <label><input type="radio" name="dong_y" value="1" required> Đồng ý</label> <label><input type="radio" name="dong_y" value="0"> Không đồng ý</label>
        <label for="y_kien">Ý kiến</label><textarea id="y_kien" name="y_kien" rows="3"></textarea>
        <button class="main">Gửi ý kiến</button></form>{{/mayOpine}}</section>{{/report}}
        <section aria-label="Quyết định" class="presses">
        {{#buttons}}<form method="post" action="/ho-so/{{receipt}}/chuyen"><input type="hidden" name="_csrf" value="{{csrf}}">
        <input type="hidden" name="viec" value="{{move}}">
        {{#closed}}<button disabled>{{label}}</button> <span class="hint">Chưa bấm được: {{.}}</span>{{/closed}}
        {{^closed}}{{#needsReason}}<label>Lý do <textarea name="ly_do" rows="2" required></textarea></label>{{/needsReason}}
        <button>{{label}}</button> <span class="hint">{{effect}}</span>{{/closed}}</form>{{/buttons}}
        </section>
        <section aria-label="Ghi chú nội bộ"><h2>Ghi chú nội bộ</h2><ul>{{#remarks}}<li>{{.}}</li>{{/remarks}}</ul>
        {{#mayRemark}}<form method="post" action="/ho-so/{{receipt}}/ghi-chu"><input type="hidden" name="_csrf" value="{{csrf}}">
        <label for="ghi_chu">Ghi chú (đơn vị không thấy)</label><textarea id="ghi_chu" name="ghi_chu" rows="2" required></textarea>
        <button>Thêm ghi chú</button></form>{{/mayRemark}}</section>
        <section aria-label="Thư"><h2>Thư đã viết</h2><ul>{{#letters}}<li>{{.}}</li>{{/letters}}</ul></section>
        <section aria-label="Lịch sử"><h2>Lịch sử</h2><ul class="trail">{{#trail}}<li>{{.}}</li>{{/trail}}</ul></section>
        """
}

/// The answers of a workbook by the sections of its form.
struct AnswerBlocks {
    let form: FormDefinition
    let answers: [Answer]
    /// Of the version before; nil when there was none.
    let before: [Answer]?
    let findings: [Finding]
    let wording: FindingWording

    var blocks: [SubmissionPage.Block] {
        let loose = form.items.compactMap { item -> Question? in
            if case .question(let question) = item { question } else { nil }
        }
        let first = block(form.settings.title, loose)
        return (first.fields.isEmpty ? [] : [first]) + form.items.flatMap(blocks(of:))
    }

    private func blocks(of item: FormItem) -> [SubmissionPage.Block] {
        guard case .section(let section) = item else { return [] }
        let own = section.items.compactMap { item -> Question? in
            if case .question(let question) = item { question } else { nil }
        }
        let heading = form.settings.text(section.label)
        let here = section.repeating == nil ? block(heading, own) : table(heading, own)
        let isEmpty = here.fields.isEmpty && here.table == nil
        return (isEmpty ? [] : [here]) + section.items.flatMap(blocks(of:))
    }

    private func block(_ heading: String, _ questions: [Question]) -> SubmissionPage.Block {
        let fields = questions.compactMap { question -> SubmissionPage.Field? in
            guard let answer = answers.first(where: { $0.question == question.name }) else { return nil }
            let words = form.shown(question.name, in: answers)
            let old = before.map { form.shown(question.name, in: $0) }
            let own = findings.filter { $0.question == question.name }
            guard answer.value != nil || !words.isEmpty || !own.isEmpty else { return nil }
            return SubmissionPage.Field(
                label: label(question), words: words.isEmpty ? "(để trống)" : words,
                before: old == words ? nil : old.map { $0.isEmpty ? "để trống" : $0 },
                findings: own.map { "\(Wording.severity($0.severity)): \(wording.found($0))" })
        }
        return SubmissionPage.Block(heading: heading, fields: fields, table: nil)
    }

    /// Rows on screen: a list of households is opened as its file.
    private static let mostRows = 200

    private func table(_ heading: String, _ questions: [Question]) -> SubmissionPage.Block {
        let byRow = Dictionary(grouping: answers.filter { $0.row != nil }, by: { $0.row ?? 0 })
        let names = Set(questions.map(\.name))
        let rows = byRow.filter { $0.value.contains { names.contains($0.question) && $0.value != nil } }
        guard !rows.isEmpty else { return SubmissionPage.Block(heading: heading, fields: [], table: nil) }
        let lines = rows.keys.sorted().prefix(Self.mostRows).map { row in
            questions.map { form.shown($0.name, in: byRow[row] ?? []) }
        }
        let more = rows.count > Self.mostRows ? ", \(Self.mostRows) dòng đầu" : ""
        return SubmissionPage.Block(
            heading: "\(heading) (\(rows.count) dòng\(more))", fields: [],
            table: .init(heads: questions.map(label), rows: Array(lines)))
    }

    private func label(_ question: Question) -> String {
        let label = form.settings.text(question.label)
        return label.isEmpty ? question.name : label
    }
}
