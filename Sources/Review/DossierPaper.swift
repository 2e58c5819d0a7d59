import Intake
package import Ledger
import Records
package import XLSForm

/// A paper that belongs into a nominee's file, and how much of it is there.
package struct DossierPaper: Sendable {
    /// `TT` is the unit's letter with its list, else the paper's code: `MC1`.
    package let id: String
    /// In the form's words; empty for the unit's letter.
    package let label: String
    /// The form's question; nil for the unit's letter.
    package let question: String?
    /// The standards that it proves.
    package let standards: [String]
    package let scans: [EvidenceRecord]
    /// The unit's letter as a submission of its own.
    package let letter: SubmissionRecord?
    /// The original lies in the office.
    package let hasOriginal: Bool

    /// Of its code: `MC10` stands behind `MC9`.
    fileprivate var number: Int { Int(id.drop { !$0.isNumber }) ?? 0 }

    package static let coverLetter = "TT"
    private static let blocking: Set<String> = [coverLetter, "MC1", "MC2"]
    /// Whatever else the unit wants to show.
    private static let other = "MC9"

    /// Without it the file goes on no list. The ledger counts the same papers (`dossiers.missing`).
    package var isBlocking: Bool { Self.blocking.contains(id) }
    package var isThere: Bool { !scans.isEmpty || letter != nil || hasOriginal }
    /// What the unit may send is counted once it is there.
    package var isCounted: Bool { isThere || id != Self.other }
}

/// The papers of a nominee's file.
package struct DossierPapers: Sendable {
    /// The unit's letter first, then by code.
    package let papers: [DossierPaper]
    /// Scans of which nobody knows yet what they are.
    package let loose: [EvidenceRecord]

    package init(of submission: SubmissionRecord, form: FormDefinition, _ stored: LedgerView) throws {
        let scans = try stored.evidence(of: submission.id)
        let originals = try stored.originals(of: submission.id)
        let letter = try submission.key.stage.flatMap { try stored.coverLetter(of: submission.key.unit, stage: $0) }
        let cover = DossierPaper(
            id: DossierPaper.coverLetter, label: "", question: nil, standards: [], scans: [], letter: letter,
            hasOriginal: originals.contains(DossierPaper.coverLetter))
        let asked = form.questions.compactMap { question -> DossierPaper? in
            guard question.kind == .attachment, let code = EvidenceName.code(of: form.text(question.label)) else {
                return nil
            }
            return DossierPaper(
                id: code, label: form.text(question.label), question: question.name, standards: question.clauses,
                scans: scans.filter { $0.question == question.name }, letter: nil, hasOriginal: originals.contains(code)
            )
        }
        papers = [cover] + asked.sorted { $0.number < $1.number }
        let known = Set(asked.compactMap(\.question))
        loose = scans.filter { scan in scan.question.map { !known.contains($0) } ?? true }
    }

    /// What keeps the file from a list.
    package var missing: [DossierPaper] { papers.filter { $0.isBlocking && !$0.isThere } }
    package var countThere: Int { papers.count(where: \.isThere) }
    package var countAsked: Int { papers.count(where: \.isCounted) }

    package subscript(id: String) -> DossierPaper? { papers.first { $0.id == id } }
}
