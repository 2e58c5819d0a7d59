package import Records
package import Sheets

/// Finds out which form a workbook is, and which of its cells answers which question.
package struct Binder {
    /// No cell of Excel holds more than 32,767 characters; what comes near was not typed.
    static let longestText = 32_000

    /// The forms and versions that the workbook's marks name, the best supported first. Empty for a workbook that carries
    /// no marks at all, as one made by hand.
    package static func claimedForms(in workbook: Workbook) -> [FormClaim] { [] }

    /// Binds every form that the workbook holds.
    /// - Parameters:
    ///   - forms: all forms in all versions that may be meant; of a version that is not among them the nearest one judges.
    ///   - tables: what `select_one_from_file` chooses from (`don_vi`, `thon`), with the columns `name` and `label`.
    package static func bind(
        _ workbook: Workbook, forms: [FormDefinition], tables: ReferenceSnapshot
    ) -> BindingResult { .unknown }
}

package enum BindingResult: Sendable, Codable {
    /// Mostly one; several when sheets of several forms were gathered in one file.
    case bound([BoundWorkbook])
    /// No mark and no labels of any form.
    case unknown
}

/// A form that a workbook says it is.
package struct FormClaim: Hashable, Sendable, Codable {
    package let form: FormIdentity
    /// How many of the marks say so: the name, the sheets' tags, `_meta`, the document property.
    package let score: Int

    package init(form: FormIdentity, score: Int) {
        self.form = form
        self.score = score
    }
}
