import Campaign
import Foundation
import Intake
import Ledger
import Notices
import Records
import XLSForm

/// One report, list or letter of a unit: its answers and findings, its versions, papers and letters. A nominee's file has a
/// page of its own (`DossierPage`).
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

    let receipt: String
    let heading: String
    let unit: String
    let form: String
    let when: String
    let blocks: [Block]
    let report: ReportPresses?
    let general: [String]
    let versions: [Version]
    let papers: [Paper]
    let missing: [String]
    let letters: [String]
    let remarks: [String]
    let trail: [String]
    let mayRemark: Bool

    var title: String { "\(receipt) \(heading)" }
    static let place: Place? = .reports

    /// - Throws: `Turned.notFound`.
    init(_ receipt: Receipt, _ stored: LedgerView, _ office: Office, _ visitor: Visitor) throws {
        guard let submission = try stored.submission(receipt: receipt) else { throw Turned.notFound }
        let revisions = try stored.revisions(of: submission.id)
        let newest = revisions.last
        let definition = newest.flatMap {
            (office.forms[$0.workbook.verdict.form] ?? office.forms.current(submission.key.form))?.definition
        }
        self.receipt = receipt.description
        heading = submission.name
        unit = office.campaign.units.label(
            of: submission.key.unit, on: CivilDate(submission.opened, in: office.zone))
        form = definition?.settings.title ?? submission.key.form
        when = submission.key.stage.map { office.campaign.plan.stage($0)?.label ?? $0 } ?? submission.key.period ?? ""
        let findings = newest?.workbook.verdict.findings ?? []
        blocks =
            definition.map {
                AnswerBlocks(
                    form: $0, answers: newest?.workbook.answers ?? [],
                    before: revisions.dropLast().last?.workbook.answers, findings: findings, wording: office.wording
                ).blocks
            } ?? []
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
        remarks = try stored.remarks(on: receipt.description).map {
            "\(Wording.moment($0.at, office.zone)) \($0.who): \($0.words)"
        }
        trail = try stored.audit(subject: receipt.description).reversed().map {
            "\(Wording.moment($0.at, office.zone)) \($0.who): \(Wording.action($0.action)) \(Wording.states(in: $0.detail))"
        }
        mayRemark = visitor.role != .reader
    }

    private static func words(_ finding: Finding, _ office: Office) -> String {
        let label = finding.label.isEmpty ? "" : "\(finding.label): "
        return "\(Wording.severity(finding.severity)): \(label)\(office.wording.found(finding))"
    }

    static let template = """
        <h1>{{receipt}} {{heading}}</h1>
        <p class="facts">{{unit}} · {{form}} · {{when}}</p>
        <section aria-label="Báo cáo">
        <h2>Giấy tờ</h2>
        <table><tbody>{{#papers}}<tr><th scope="row">{{code}}</th><td><a href="{{path}}">{{name}}</a></td><td>{{words}}</td></tr>{{/papers}}
        {{#missing}}<tr><th scope="row">Thiếu</th><td colspan="2">{{.}}</td></tr>{{/missing}}</tbody></table>
        <h2>Các bản đã gửi</h2>
        <ol class="plain">{{#versions}}<li>Bản {{number}}: {{words}}. <a href="{{path}}">{{file}}</a></li>{{/versions}}</ol>
        {{#general}}<p class="finding">{{.}}</p>{{/general}}
        {{#blocks}}<details><summary>{{heading}}</summary>
        {{#table}}<div class="wide"><table><thead><tr>{{#heads}}<th scope="col">{{.}}</th>{{/heads}}</tr></thead>
        <tbody>{{#rows}}<tr>{{#.}}<td>{{.}}</td>{{/.}}</tr>{{/rows}}</tbody></table></div>{{/table}}
        <dl>{{#fields}}<dt>{{label}}</dt><dd>{{words}}{{#before}} <span class="before">(bản trước: {{.}})</span>{{/before}}{{#findings}}<p class="finding">{{.}}</p>{{/findings}}</dd>{{/fields}}</dl>
        </details>{{/blocks}}
        </section>
        {{#report}}\(ReportPresses.template){{/report}}
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
