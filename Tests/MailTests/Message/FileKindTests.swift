import Mail
import Support
import Testing

@Suite struct FileKindTests {
    private static func ascii(_ text: String) -> [UInt8] { Array(text.utf8) }

    private static let samples: [(bytes: [UInt8], kind: FileKind)] = [
        (SampleFiles.xlsx, .xlsx),
        (SampleFiles.archive(["[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"]), .xlsm),
        (SampleFiles.archive(["[Content_Types].xml", "xl/workbook.bin"]), .xlsb),
        (SampleFiles.archive(["[Content_Types].xml", "xl\\workbook.xml"]), .xlsx),
        (SampleFiles.docx, .docx),
        (SampleFiles.openDocument("spreadsheet"), .ods),
        (SampleFiles.openDocument("text"), .odt),
        (SampleFiles.archive(["a/xl/workbook.xml", "b.xlsx"]), .zip),
        (SampleFiles.compoundFile(["Root", "Workbook"]), .xls),
        (SampleFiles.compoundFile(["Book"]), .xls),
        (SampleFiles.compoundFile(["EncryptionInfo", "EncryptedPackage"]), .encryptedWorkbook),
        (SampleFiles.compoundFile(["WordDocument"]), .doc),
        (SampleFiles.compoundFile(["__properties_version1.0"]), .msg),
        (SampleFiles.compoundFile(["Nothing"]), .other),
        ([0x09, 0x04, 0x06, 0x00, 0, 0, 0x10, 0], .xls),
        (SampleFiles.png, .image),
        ([0xFF, 0xD8, 0xFF, 0xE0], .image),
        (ascii("\0\0\0\u{18}ftypheic"), .image),
        (ascii("\0\0\0\u{18}ftypisom"), .other),
        (SampleFiles.pdf, .pdf),
        (ascii("\0\u{1}%PDF-1.7"), .pdf),
        (ascii("Rar!\u{1A}\u{07}\u{01}"), .rar),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4], .sevenZip),
        ([0x78, 0x9F, 0x3E, 0x22, 1, 0], .tnef),
        ([0x4D, 0x5A, 0x90, 0, 3, 0, 0, 0], .executable),
        (ascii("{\\rtf1 }"), .rtf),
        ([0x30, 0x82, 1, 0, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02, 0xA0], .pkcs7),
        (
            ascii("<?xml version=\"1.0\"?><office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns\">"),
            .fods
        ),
        (ascii("  <HTML><table>"), .html),
        (ascii("MZ là hai chữ"), .text),
        ([0xB5, 0xB6, 0xB7, 0x41, 0x0A], .text),
        ([0xFF, 0xFE, 0x41, 0, 0x0A, 0], .text),
        ([0x41, 0, 0x42, 1], .other),
    ]

    @Test(arguments: samples)
    func contentAloneDecides(bytes: [UInt8], kind: FileKind) {
        #expect(FileKind.of(bytes) == kind)
        #expect(FileKind.of(bytes, name: "a.pdf", contentType: "image/png") == kind)
    }

    private static let spreadsheet = "application/vnd.oasis.opendocument.spreadsheet"
    private static func manifest(_ type: String, quote: String = "\"") -> [UInt8] {
        let object =
            "<m:file-entry m:full-path=\"Object 1/\" m:media-type=\"application/vnd.oasis.opendocument.chart\"/>"
        let root = "<m:file-entry m:media-type=\(quote)\(type)\(quote) m:full-path=\(quote)/\(quote)/>"
        return ascii("<m:manifest>\(object)\(root)</m:manifest>")
    }

    private static let repackedDocuments: [(entries: [(name: String, bytes: [UInt8])], kind: FileKind)] = [
        ([("content.xml", []), ("mimetype", ascii(spreadsheet))], .ods),
        ([("content.xml", []), ("mimetype", ascii("application/vnd.oasis.opendocument.text"))], .odt),
        ([("content.xml", []), ("META-INF/manifest.xml", manifest(spreadsheet))], .ods),
        ([("META-INF/manifest.xml", manifest(spreadsheet, quote: "'"))], .ods),
        ([("META-INF/manifest.xml", manifest("application/vnd.oasis.opendocument.presentation"))], .other),
        ([("META-INF/manifest.xml", manifest(""))], .zip),
        ([("a.pdf", []), ("mimetype", ascii("application/epub+zip"))], .zip),
        ([("thu/mimetype", ascii(spreadsheet)), ("thu/META-INF/manifest.xml", manifest(spreadsheet))], .zip),
    ]

    /// Entries stand in any order and may be compressed.
    @Test(arguments: repackedDocuments)
    func documentsThatWerePackedAnew(entries: [(name: String, bytes: [UInt8])], kind: FileKind) {
        #expect(FileKind.of(SampleFiles.archive(entries)) == kind)
    }

    @Test func aStatementBeyondTheLimitsIsNotRead() {
        let long = [UInt8](repeating: 0x20, count: 2 << 20) + Self.manifest(Self.spreadsheet)
        #expect(FileKind.of(SampleFiles.archive([("META-INF/manifest.xml", long)])) == .zip)
    }

    private static let named: [(name: String?, contentType: String?, kind: FileKind)] = [
        ("so-lieu.csv", nil, .csv), ("SO.TSV", nil, .csv), (nil, "text/csv", .csv),
        ("thu.eml", nil, .message), (nil, "text/html", .html), ("hoadon.pdf.js", nil, .executable),
        ("thu.txt", nil, .text), (nil, nil, .text),
    ]

    @Test(arguments: named)
    func textIsAskedForItsName(name: String?, contentType: String?, kind: FileKind) {
        #expect(FileKind.of(Array("a,b\n1,2\n".utf8), name: name, contentType: contentType) == kind)
    }

    /// Every office file cut anywhere is still told apart or called an archive, and nothing reads beyond its end.
    @Test func truncatedFilesAreReadSafely() {
        let whole = SampleFiles.xlsx
        for count in 0..<whole.count {
            let kind = FileKind.of(Array(whole.prefix(count)))
            #expect([.xlsx, .zip, .other, .text].contains(kind))
        }
        #expect(FileKind.of(whole.dropLast(30)) == .xlsx)
        let old = SampleFiles.compoundFile(["Workbook"])
        for count in stride(from: 8, to: old.count, by: 7) {
            #expect([.other, .xls].contains(FileKind.of(Array(old.prefix(count)))))
        }
    }
}

extension FileKind {
    fileprivate static func of(_ bytes: ArraySlice<UInt8>) -> FileKind { of(Array(bytes)) }
}
