import Sheets

/// Words that the entry workbook itself put into a cell: they end tables, and answer nothing.
extension Cell {
    /// The line of signatures at the foot of a sheet.
    var isSignature: Bool {
        guard case .text(let text) = value, let key = LabelKey(text) else { return false }
        return Self.signatures.contains(key)
    }

    /// The words in place of a value that the product computes.
    var isComputedMark: Bool { value == .text(EntryWording.computed) }

    private static let signatures = Set(
        [EntryWording.preparedBy, EntryWording.headOfUnit, EntryWording.dateLine].compactMap { LabelKey($0) })
}
