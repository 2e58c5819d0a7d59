/// Which sheets the references of formulas lead to, by number.
struct BinaryLinks {
    /// Sheets that stand side by side, both included, as indexes into the workbook's list; one that is not there was
    /// deleted.
    typealias Span = (first: Int, last: Int)

    /// Of each SupBook record: whether it stands for the workbook itself.
    private var books: [Bool] = []
    /// By the index that a token gives, the book and its sheets.
    private var entries: [(book: Int, span: Span)] = []
    /// Other workbooks are referred to.
    private(set) var hasExternal = false

    /// Entries of the table.
    var count: Int { entries.count }

    /// What the index of a BIFF8 token leads to; nil for other workbooks.
    subscript(index: Int) -> Span? {
        guard entries.indices.contains(index), books.indices.contains(entries[index].book), books[entries[index].book]
        else { return nil }
        return entries[index].span
    }

    /// A SupBook record ([MS-XLS] 2.4.271).
    mutating func addBook(_ body: ByteView) throws(WorkbookError) {
        let length = try body.short(2)
        let isOwn = length == 0x0401
        books.append(isOwn)
        // 0x3A01 stands for functions of add-ins; a name of one character for a book that is not used.
        if !isOwn, length != 0x3A01, length > 1 { hasExternal = true }
    }

    /// An ExternSheet record ([MS-XLS] 2.4.105); in BIFF5 the name of one sheet, which tokens do not need.
    mutating func addSheets(_ record: ContinuedBytes, _ encoding: BinaryEncoding) throws(WorkbookError) {
        var bytes = record
        guard case .unicode = encoding else {
            // The name's first character is 1 for sheets of other workbooks.
            if try bytes.byte() > 1, try bytes.byte() == 1 { hasExternal = true }
            return
        }
        for _ in 0..<(try bytes.short()) {
            entries.append((book: try bytes.short(), span: (first: try bytes.short(), last: try bytes.short())))
        }
    }
}
