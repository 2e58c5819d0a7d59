package import Records

/// What the office knows before a workbook goes out, printed or filled into it.
package struct EntryContext: Sendable {
    /// A code and the words that people read for it.
    package struct Labelled: Hashable, Sendable {
        package let code: String
        package let label: String

        package init(code: String, label: String) {
            self.code = code
            self.label = label
        }
    }

    package var unit: Labelled?
    /// The year of a report, as the form's period question holds it.
    package var period: String?
    package var stage: Labelled?
    package var receipt: Receipt?
    /// Answers filled in beforehand, by question; those of read-only questions are locked.
    package var prefilled: [String: AnswerValue] = [:]
    /// Rows filled in beforehand, by repeat: one dictionary of answers by question for each row.
    package var prefilledRows: [String: [[String: AnswerValue]]] = [:]
    /// Tables that drop-downs are made from: `don_vi`, `thon` and the like, with the columns `name` and `label` and
    /// whatever columns choice filters name.
    package var tables: ReferenceSnapshot = ReferenceSnapshot()

    package init() {}
}
