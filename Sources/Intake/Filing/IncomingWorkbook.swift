import Digest
import Ledger
import Mail
import Records
import XLSForm

/// A bound workbook of a mail, judged for the first time: enough to know which submission it is.
struct IncomingWorkbook {
    let bound: BoundWorkbook
    let file: ReadFile
    let form: CompiledForm
    let judgement: Judgement
    /// Equal for two workbooks with the same answers to the same form.
    let contentHash: String

    init(_ bound: BoundWorkbook, file: ReadFile, filing: Filing, names: [EvidenceName]) throws {
        guard let form = filing.office.forms[bound.form] else {
            throw LedgerError(.damaged, "a workbook was bound to the unknown form \(bound.form)")
        }
        self.bound = bound
        self.file = file
        self.form = form
        judgement = Judge.judge(bound, by: form, in: try filing.judgingContext(form, evidence: names))
        contentHash = Self.hash(bound)
    }

    /// When it is filed among the workbooks of one mail: reports before lists that are compared with them, nominations
    /// before the cover letter that counts them.
    var turn: Int {
        switch form.definition.settings.kind {
        case .report, .registration, .contact, nil: 0
        case .list, .nomination: 1
        case .cover: 2
        }
    }

    var unit: UnitCode? { judgement.identity.unit }
    var key: SubmissionKey? { judgement.identity.key }

    /// The form and the answers as shown, with their place in the form but not in the sheet: an inserted row changes
    /// nothing, a filled explanation does.
    private static func hash(_ bound: BoundWorkbook) -> String {
        var text = bound.form.id
        for answer in bound.answers where !answer.shown.isEmpty {
            text += "\u{1E}\(answer.question)\u{1F}\(answer.row ?? 0)\u{1F}\(answer.shown)"
        }
        for explanation in bound.explanations {
            text += "\u{1D}\(explanation.question ?? "")\u{1F}\(explanation.text)"
        }
        return Digest.hex(.sha256, of: Array(text.utf8))
    }
}
