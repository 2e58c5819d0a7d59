import Zip

/// What bytes turn out to be, found by looking inside.
enum WorkbookSignature {
    /// An Office Open XML package, opened, and its main part.
    case package(PackageParts, workbookPart: String, WorkbookFormat)
    case openDocument(ZipArchive)
    case flatOpenDocument
    /// Excel 97 to 2003, 5 and 95.
    case binary(CompoundFile)
    case delimited(DelimitedText)

    var format: WorkbookFormat {
        switch self {
        case .package(_, _, let format): format
        case .openDocument: .ods
        case .flatOpenDocument: .fods
        case .binary: .xls
        case .delimited: .csv
        }
    }

    /// Throws `notWorkbook`, `unsupported`, `password`, or what opening the container throws.
    init(_ bytes: [UInt8], limits: WorkbookLimits) throws(WorkbookError) {
        if bytes.starts(with: Self.zipSignature) {
            self = try Self.inArchive(bytes, limits: limits)
        } else if bytes.starts(with: CompoundFile.signature) {
            self = try Self.inCompoundFile(bytes, limits: limits)
        } else if bytes.count > 1, bytes[0] == 0x09, Self.oldVersions.contains(bytes[1]) {
            throw WorkbookError(.unsupported, Self.olderThanExcel5)
        } else if Self.isFlatOpenDocument(bytes) {
            self = .flatOpenDocument
        } else if bytes.count <= limits.textFileBytes, let text = DelimitedText(bytes) {
            self = .delimited(text)
        } else if let renamed = RenamedText(bytes) {
            throw WorkbookError(.unsupported, renamed.detail)
        } else {
            throw WorkbookError(.notWorkbook, "no format known here begins like this")
        }
    }

    /// A local file header (APPNOTE.TXT 4.3.7).
    private static let zipSignature: [UInt8] = [0x50, 0x4B, 0x03, 0x04]

    private static func inArchive(
        _ bytes: [UInt8], limits: WorkbookLimits
    ) throws(WorkbookError) -> WorkbookSignature {
        let archive: ZipArchive
        let mediaType: String?
        do throws(ZipError) {
            archive = try ZipArchive(bytes, limits: limits.zip)
            mediaType = try Self.mediaType(of: archive)
        } catch { throw WorkbookError(error) }
        if let mediaType {
            guard mediaType.hasPrefix("application/vnd.oasis.opendocument.spreadsheet") else {
                throw WorkbookError(.notWorkbook, "an archive of type \(mediaType)")
            }
            return .openDocument(try openDocument(bytes, limits: limits))
        }
        // Some programs leave the type out; whether it is a spreadsheet shows inside.
        if archive["content.xml"] != nil, archive["META-INF/manifest.xml"] != nil {
            return .openDocument(try openDocument(bytes, limits: limits))
        }
        return try inPackage(PackageParts(archive, limits: limits), limits: limits)
    }

    /// The archive again, within the limits of OpenDocument.
    private static func openDocument(
        _ bytes: [UInt8], limits: WorkbookLimits
    ) throws(WorkbookError) -> ZipArchive {
        var zip = limits.zip
        zip.entryBytes = limits.openDocumentPartBytes
        do throws(ZipError) { return try ZipArchive(bytes, limits: zip) } catch { throw WorkbookError(error) }
    }

    /// The content of an OpenDocument package's first entry (OpenDocument 1.3 Part 2, 3.3).
    private static func mediaType(of archive: ZipArchive) throws(ZipError) -> String? {
        guard let entry = archive["mimetype"] else { return nil }
        let start = UnsafeMutableRawBufferPointer.allocate(byteCount: 128, alignment: 1)
        defer { start.deallocate() }
        let count = try archive.open(entry).read(into: start)
        return String(decoding: start[..<count], as: UTF8.self)
    }

    private static func inPackage(
        _ parts: PackageParts, limits: WorkbookLimits
    ) throws(WorkbookError) -> WorkbookSignature {
        let named = parts.relationships.first { $0.kind == "officeDocument" }?.target
        guard let part = named ?? ["xl/workbook.xml", "xl/workbook.bin"].first(where: parts.has) else {
            throw WorkbookError(.notWorkbook, "an archive without a workbook")
        }
        var types = ContentTypes(maximum: limits.zip.entries)
        try parts.visit("[Content_Types].xml", with: &types)
        let type = types[part] ?? ""
        if type.contains("sheet.binary") || part.lowercased().hasSuffix("workbook.bin") {
            throw WorkbookError(.unsupported, "an .xlsb workbook")
        }
        guard type.contains("spreadsheetml") || type.contains("ms-excel") || part.hasSuffix("workbook.xml") else {
            throw WorkbookError(.notWorkbook, "a package of type \(type)")
        }
        guard parts.has(part) else { throw WorkbookError(.damaged, "the part \(part) is missing") }
        return .package(parts, workbookPart: part, type.contains("macroenabled") ? .xlsm : .xlsx)
    }

    /// The second byte of the BOF record of a workbook stream without a compound file around it, which tells its version.
    private static let oldVersions: [UInt8] = [0x00, 0x02, 0x04, 0x08]
    static let olderThanExcel5 = "an .xls of an older kind than Excel 5: open it and save it as .xlsx"

    private static func inCompoundFile(
        _ bytes: [UInt8], limits: WorkbookLimits
    ) throws(WorkbookError) -> WorkbookSignature {
        let file = try CompoundFile(bytes, maximumEntries: limits.zip.entries)
        // [MS-OFFCRYPTO] 1.3.3: the package stands encrypted in this stream.
        if file.has("EncryptedPackage") {
            throw WorkbookError(.password, "a package encrypted with a password")
        }
        guard XLSReader.streamNames.contains(where: file.has) else {
            throw WorkbookError(.notWorkbook, "a compound file without a workbook")
        }
        return .binary(file)
    }

    /// XML that names OpenDocument near its start. Whether it is a spreadsheet shows inside.
    private static func isFlatOpenDocument(_ bytes: [UInt8]) -> Bool {
        let start = String(decoding: bytes.prefix(4096), as: UTF8.self)
        return start.contains("<?xml") && start.contains("opendocument:xmlns:office")
            || start.contains("office:document") && start.contains("opendocument.spreadsheet")
    }
}
