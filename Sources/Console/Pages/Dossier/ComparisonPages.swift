import Campaign
import Foundation
import Intake
import Ledger
import Records
import Review
import XLSForm

/// Two files side by side.
struct ComparisonPage: Page {
    struct Head: Sendable {
        let receipt: String
        let name: String
        let facts: String
        let state: String
    }

    struct Row: Sendable {
        let label: String
        let first: String
        let second: String
        let differs: Bool
    }

    let first: Head
    let second: Head
    let rows: [Row]
    let mayReview: Bool
    /// What was said of the two; nil while nothing was.
    let said: String?

    var title: String { "So sánh \(first.receipt) và \(second.receipt)" }
    static let place: Place? = .dossiers

    /// - Parameter asked: two receipts.
    init(_ asked: [String], _ stored: LedgerView, _ office: Office, _ role: Role) throws {
        let receipts = asked.compactMap { Receipt.mentioned(in: $0).first }
        guard receipts.count == 2, receipts[0] != receipts[1] else {
            throw Turned.back("Chọn đúng hai hồ sơ để so sánh.")
        }
        let files = try receipts.map { receipt -> SubmissionRecord in
            guard let file = try stored.submission(receipt: receipt), file.kind == .nomination else {
                throw Turned.notFound
            }
            return file
        }
        let reviewed = try files.map { try ReviewedFile($0, stored) }
        let forms = zip(files, reviewed).map { office.definition(of: $1.reviewed, $0) }
        let heads = try files.indices.map { index in
            let view = DossierView(files[index], reviewed[index], forms[index], stored, office)
            return Head(
                receipt: files[index].receipt.description, name: files[index].name, facts: view.facts,
                state: try stored.dossier(of: files[index].id).map { Wording.state($0.state) } ?? "")
        }
        (first, second) = (heads[0], heads[1])
        let answers = zip(forms, reviewed).map { Self.answers($0, $1.reviewed) }
        let keys = answers.flatMap(\.keys)
        var seen = Set<String>()
        rows = keys.filter { seen.insert($0).inserted }.map { key in
            let (one, other) = (answers[0].words[key] ?? "", answers[1].words[key] ?? "")
            return Row(label: key, first: one, second: other, differs: one != other)
        }
        mayReview = role.reviews
        said = try stored.nomineePairs(of: files[0].id)
            .first { $0.first == files[1].id || $0.second == files[1].id }
            .map { "\($0.isSame ? "Là cùng một đối tượng" : "Không phải cùng một đối tượng"): \($0.who)" }
    }

    private struct Answers {
        /// Labels in the form's order.
        var keys: [String] = []
        var words: [String: String] = [:]
    }

    /// By label, because two forms ask the same under other names. Rows of tables stand in one field.
    private static func answers(_ form: FormDefinition?, _ revision: RevisionRecord?) -> Answers {
        guard let form, let revision else { return Answers() }
        let given = Dictionary(grouping: revision.workbook.answers, by: \.question)
        return form.questions.reduce(into: Answers()) { found, question in
            let words = (given[question.name] ?? []).map { form.shown(question.name, in: [$0]) }
                .filter { !$0.isEmpty }.prefix(mostRows).joined(separator: "; ")
            let label = form.text(question.label)
            guard !words.isEmpty, !label.isEmpty else { return }
            if found.words[label] == nil { found.keys.append(label) }
            found.words[label] = [found.words[label], words].compactMap(\.self).joined(separator: "; ")
        }
    }

    private static let mostRows = 40

    static let template = """
        <h1>So sánh hai hồ sơ</h1>
        {{#said}}<p class="flag">{{.}}</p>{{/said}}
        {{#mayReview}}<form method="post" action="/ho-so/{{first.receipt}}/doi-tuong" class="line"><input type="hidden" name="_csrf" value="{{csrf}}">
        <input type="hidden" name="voi" value="{{second.receipt}}"><button name="la" value="1">Là cùng một đối tượng</button> <button name="la" value="0">Không phải</button>
        <span class="hint">Hai hồ sơ được nối với nhau; không có thư nào gửi đi.</span></form>{{/mayReview}}
        <div class="wide"><table class="compare"><thead><tr><th scope="col"></th>
        <th scope="col"><a href="/ho-so/{{first.receipt}}">{{first.receipt}}</a><br>{{first.name}}<br><small>{{first.facts}} · {{first.state}}</small></th>
        <th scope="col"><a href="/ho-so/{{second.receipt}}">{{second.receipt}}</a><br>{{second.name}}<br><small>{{second.facts}} · {{second.state}}</small></th></tr></thead>
        <tbody>{{#rows}}<tr{{#differs}} class="differs"{{/differs}}><th scope="row">{{label}}</th><td>{{first}}</td><td>{{second}}</td></tr>
        {{/rows}}</tbody></table></div>
        """
}

/// What changed from one version of a file to another.
struct DifferencePage: Page {
    struct Line: Sendable {
        let label: String
        let before: String
        let after: String
    }

    let receipt: String
    let from: String
    let to: String
    let lines: [Line]

    var title: String { "\(receipt): khác biệt" }
    static let place: Place? = .dossiers

    init(_ receipt: Receipt, from: Int, to: Int, _ stored: LedgerView, _ office: Office) throws {
        guard let submission = try stored.submission(receipt: receipt) else { throw Turned.notFound }
        let revisions = try stored.revisions(of: submission.id)
        guard let old = revisions.first(where: { $0.number == from }),
            let new = revisions.first(where: { $0.number == to }), let form = office.definition(of: new, submission)
        else { throw Turned.notFound }
        func words(_ revision: RevisionRecord) -> String {
            "bản \(revision.number), đến \(Wording.moment(revision.workbook.received, office.zone)), "
                + Wording.standing(revision.standing)
        }
        self.receipt = receipt.description
        self.from = words(old)
        self.to = words(new)
        lines = RevisionDifference(from: old, to: new, form: form).lines.map { line in
            Line(
                label: line.label + (line.row.map { " (dòng \($0))" } ?? ""),
                before: line.before.isEmpty ? "để trống" : line.before,
                after: line.after.isEmpty ? "để trống" : line.after)
        }
    }

    static let template = """
        <h1><a href="/ho-so/{{receipt}}">{{receipt}}</a>: khác biệt giữa hai bản</h1>
        <div class="wide"><table class="compare"><thead><tr><th scope="col">Ô</th><th scope="col">{{from}}</th><th scope="col">{{to}}</th></tr></thead>
        <tbody>{{#lines}}<tr><th scope="row">{{label}}</th><td class="before">{{before}}</td><td>{{after}}</td></tr>
        {{/lines}}</tbody></table></div>
        {{^lines}}<p>Hai bản giống nhau.</p>{{/lines}}
        """
}

/// Pairs of files that may be about one nominee.
struct DoublesPage: Page {
    struct Side: Sendable {
        let receipt: String
        let words: String
    }

    struct Line: Sendable {
        let first: Side
        let second: Side
    }

    let lines: [Line]
    let next: String?
    let mayReview: Bool

    var title: String { "Có thể trùng" }
    static let place: Place? = .dossiers

    init(_ after: Int64?, _ stored: LedgerView, _ office: Office, _ role: Role) throws {
        let found = try stored.suspectedPairs(
            after: after.map { RowID(rawValue: $0) }, limit: QueuePage.pageLength + 1)
        func side(_ file: SubmissionRecord) throws -> Side {
            let form = office.forms.current(file.key.form)?.definition
            let unit = office.campaign.units.label(of: file.key.unit, on: CivilDate(file.opened, in: office.zone))
            let state = try stored.dossier(of: file.id).map { Wording.state($0.state) } ?? ""
            return Side(
                receipt: file.receipt.description,
                words: [file.name, unit, form?.settings.title ?? "", state].filter { !$0.isEmpty }
                    .joined(separator: " · "))
        }
        lines = try found.prefix(QueuePage.pageLength).map {
            Line(first: try side($0.first), second: try side($0.second))
        }
        // The pairs of one file stay together: the next page begins behind it.
        let last = found.dropLast().last?.first.id.rawValue
        next = found.count > QueuePage.pageLength ? last.map { "/ho-so/trung?sau=\($0)" } : nil
        mayReview = role.reviews
    }

    static let template = """
        <h1>Hồ sơ có thể trùng</h1>
        <p class="hint">Cùng đợt, cùng tên đối tượng, do hai đơn vị hoặc bằng hai biểu đề nghị. Người xem quyết định; chưa bấm thì không có gì đổi.</p>
        {{#lines}}<form method="post" action="/ho-so/{{first.receipt}}/doi-tuong" class="pair"><input type="hidden" name="_csrf" value="{{csrf}}">
        <input type="hidden" name="voi" value="{{second.receipt}}">
        <p><a href="/ho-so/{{first.receipt}}">{{first.receipt}}</a> {{first.words}}<br><a href="/ho-so/{{second.receipt}}">{{second.receipt}}</a> {{second.words}}</p>
        <a class="button" href="/ho-so/so-sanh?ma={{first.receipt}}&amp;ma={{second.receipt}}">So sánh</a>
        {{#page.mayReview}}<button name="la" value="1">Là cùng một đối tượng</button> <button name="la" value="0">Không phải</button>{{/page.mayReview}}</form>{{/lines}}
        {{^lines}}<p>Không có cặp nào.</p>{{/lines}}
        {{#next}}<p><a class="button" href="{{.}}">Trang sau</a></p>{{/next}}
        """
}
