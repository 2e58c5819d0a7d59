import Campaign
import Intake
import Ledger
import Records
import Review
import XLSForm

/// The points of a letter to the unit, to be edited before it is written.
struct ReviewDraftPage: Page {
    enum Kind: String, CaseIterable, Sendable {
        /// What is still to be sent.
        case more = "bo-sung"
        /// Why the file is not put forward.
        case decline = "khong-trinh"

        var move: DossierMove { self == .more ? .return : .decline }
    }

    let receipt: String
    let heading: String
    let move: String
    let label: String
    let effect: String
    let words: String
    let rows: Int
    /// Reasons to choose from; none where the points are known.
    let reasons: [String]
    let hasReasons: Bool

    var title: String { "\(receipt): \(label)" }
    static let place: Place? = .dossiers

    init(_ kind: Kind, _ receipt: Receipt, _ stored: LedgerView, _ office: Office) throws {
        guard let submission = try stored.submission(receipt: receipt),
            let dossier = try stored.dossier(of: submission.id)
        else { throw Turned.notFound }
        guard kind.move.from.contains(dossier.state) else {
            throw Turned.back("Hồ sơ nay là \"\(Wording.state(dossier.state))\".")
        }
        self.receipt = receipt.description
        heading = submission.name
        move = kind.move.rawValue
        (label, effect) = Wording.move(kind.move)
        let points = kind == .more ? try Self.points(submission, stored, office) : []
        words = points.joined(separator: "\n")
        rows = max(4, points.count + 2)
        reasons = kind == .decline ? Wording.declineReasons : []
        hasReasons = !reasons.isEmpty
    }

    /// One line for each standard that is marked so, with the reviewer's note, and for each paper that is missing.
    private static func points(
        _ submission: SubmissionRecord, _ stored: LedgerView, _ office: Office
    ) throws -> [String] {
        let held = try stored.assessments(of: submission.id)
        let marked = office.standards(of: submission).compactMap { standard -> String? in
            guard let own = held[standard.id], own.verdict == .incomplete else { return nil }
            return own.note.isEmpty
                ? "\(standard.shortName) (mục \(standard.clause))" : "\(standard.shortName): \(own.note)"
        }
        let form = office.definition(of: try ReviewedFile(submission, stored).reviewed, submission)
        let missing = try form.map { try DossierPapers(of: submission, form: $0, stored).missing } ?? []
        return marked + missing.map { "Gửi " + Wording.paper($0.id) }
    }

    static let template = """
        <h1>{{label}}: <a href="/ho-so/{{receipt}}">{{receipt}}</a> {{heading}}</h1>
        <form method="post" action="/ho-so/{{receipt}}/chuyen" class="presses"><input type="hidden" name="_csrf" value="{{csrf}}">
        <input type="hidden" name="viec" value="{{move}}">
        {{#hasReasons}}<label for="chon">Lý do</label><select id="chon" name="chon">{{#reasons}}<option>{{.}}</option>{{/reasons}}<option value="">ghi ở ô dưới</option></select>{{/hasReasons}}
        <label for="ly_do">{{#hasReasons}}Ghi thêm, hoặc thay lý do ở trên (không ghi tên đối tượng khác){{/hasReasons}}{{^hasReasons}}Mỗi dòng là một mục trong thư; sửa lời ở đây trước khi gửi{{/hasReasons}}</label>
        <textarea id="ly_do" name="ly_do" rows="{{rows}}"{{^hasReasons}} required{{/hasReasons}}>{{words}}</textarea>
        <button class="main">{{label}}</button> <span class="hint">{{effect}}</span></form>
        """
}
