import Zip

extension XMLStream {
    /// Reads an archive's entry while it is inflated.
    func parse(
        _ entry: ZipEntry, of archive: ZipArchive, visitor: inout some XMLVisitor
    ) throws(WorkbookError) {
        let content: ZipEntryStream
        do throws(ZipError) { content = try archive.open(entry) } catch { throw WorkbookError(error) }
        try parse(
            { (buffer) throws(WorkbookError) in
                do throws(ZipError) { return try content.read(into: buffer) } catch { throw WorkbookError(error) }
            }, visitor: &visitor)
    }
}

extension XMLStream {
    /// Reads bytes that are there already.
    func parse(_ bytes: [UInt8], visitor: inout some XMLVisitor) throws(WorkbookError) {
        var rest = bytes[...]
        try parse(
            { (buffer) throws(WorkbookError) in
                let count = min(buffer.count, rest.count)
                buffer.copyBytes(from: rest.prefix(count))
                rest = rest.dropFirst(count)
                return count
            }, visitor: &visitor)
    }
}

extension WorkbookError {
    /// What an archive's trouble means for a workbook.
    init(_ error: ZipError) {
        let code: Code =
            switch error.code {
            case .encrypted: .password
            case .tooManyEntries: .tooManyParts
            case .tooLarge: .tooLargeInflated
            case .notArchive, .damaged, .unsupportedMethod, .noSuchEntry, .cannotWrite: .damaged
            }
        self.init(code, error.detail)
    }
}
