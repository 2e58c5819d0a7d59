/// The formats of marked cells: a copy of the cell's own in the colour of marks, and the way back.
///
/// The sheet that lists the marks keeps a sample of each format beside its marked copy. Programs that save the workbook
/// anew number formats as they please, but keep both samples' looks: the samples tell then which is whose.
final class MarkFormats {
    private(set) var styles: StylesEditor
    /// By the number of a marked format: the one before it was marked.
    private let samples: [Int: Int]
    private let isKnownToBeMarked: Bool
    private var restored: [Int: Int] = [:]
    /// The first error; the formats are then as they were.
    private(set) var failure: WorkbookError?

    /// - Parameter samples: of former marks; nil when the workbook has no sheet of them.
    init(_ styles: StylesEditor, samples: [(original: Int, marked: Int)]?) {
        self.styles = styles
        isKnownToBeMarked = samples != nil
        self.samples = Dictionary((samples ?? []).map { ($0.marked, $0.original) }) { first, _ in first }
    }

    /// Whether cells may bear a former mark's colour.
    var hasFormer: Bool { isKnownToBeMarked }

    /// The format without a former mark.
    /// - Parameter wasMarked: the cell bore a mark's comment.
    func restored(_ format: Int, wasMarked: Bool) -> Int {
        guard isKnownToBeMarked || wasMarked else { return format }
        if let known = restored[format] { return known }
        var result = format
        if styles.isMarked(format) {
            if let original = samples[format] {
                result = original
            } else {
                // Whoever typed a date into a marked cell has given it another format.
                let alike =
                    samples.sorted { $0.key < $1.key }.first { styles.areAlike($0.key, format) }
                    ?? samples.min {
                        $0.key < $1.key
                    }
                result = attempt(format) { (styles) throws(WorkbookError) in
                    try styles.unmarked(format, like: alike?.value)
                }
            }
        }
        restored[format] = result
        return result
    }

    func marked(_ format: Int) -> Int {
        attempt(format) { (styles) throws(WorkbookError) in try styles.marked(format) }
    }

    func format(_ style: CellStyle) -> Int {
        attempt(0) { (styles) throws(WorkbookError) in try styles.format(style) }
    }

    private func attempt(_ fallback: Int, _ body: (inout StylesEditor) throws(WorkbookError) -> Int) -> Int {
        do throws(WorkbookError) { return try body(&styles) } catch {
            if failure == nil { failure = error }
            return fallback
        }
    }
}
