/// One nomination of a unit, as a list of them shows it.
package struct NominationLine: Hashable, Sendable {
    package let submission: SubmissionRecord
    /// nil while there is no dossier.
    package let state: DossierState?
    /// What its newest revision answers outside repeats, by question.
    package let figures: [String: String]
}
