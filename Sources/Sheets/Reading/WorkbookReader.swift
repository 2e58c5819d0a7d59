/// Reads workbooks from bytes, by content and never by name.
package struct WorkbookReader {
    /// What the bytes are; nil when they are no workbook known here, or one that is damaged or encrypted.
    package static func format(of bytes: [UInt8]) -> WorkbookFormat? {
        try? WorkbookSignature(bytes, limits: .standard).format
    }

    /// Reads a workbook.
    ///
    /// Throws one of the codes of `WorkbookError`; hostile bytes end in a code, in bounded time and memory.
    package static func read(
        _ bytes: [UInt8], limits: WorkbookLimits = .standard
    ) throws(WorkbookError) -> Workbook {
        guard bytes.count <= limits.fileBytes else {
            throw WorkbookError(.tooLargeInflated, "the file has more than \(limits.fileBytes) bytes")
        }
        switch try WorkbookSignature(bytes, limits: limits) {
        case .package(let parts, let workbookPart, let format):
            return try XLSXReader(parts, workbookPart: workbookPart, format: format, limits: limits).read()
        case .delimited(let text):
            return try CSVReader(text: text, limits: limits).read()
        case .openDocument(let archive):
            var reader = OpenDocumentReader(limits: limits)
            return try reader.read(archive)
        case .flatOpenDocument:
            var reader = OpenDocumentReader(limits: limits)
            return try reader.read(flat: bytes)
        case .binary(let file):
            return try XLSReader(file, limits: limits).read()
        }
    }
}
