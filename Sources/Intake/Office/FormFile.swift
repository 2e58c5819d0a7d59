import Digest
import Foundation
import Records
import Sheets
import XLSForm
import Zip

/// A form as it lies in the forms folder: a workbook with the csv tables of the folder `…-media` beside it, as ODK and
/// KoboToolbox call that folder; or a folder with `survey.csv`, its other sheets and its tables as csv files.
struct FormFile: Sendable {
    /// As problems name it: `bao_cao_xa.xlsx`.
    let name: String
    /// Paths of all its files; more than one where it has tables.
    let paths: [String]

    /// - Parameter path: of the workbook or the folder.
    init(_ path: String) {
        name = URL(fileURLWithPath: path).lastPathComponent
        paths = Self.isFolder(path) ? Self.files(in: path) : [path] + Self.files(in: Self.media(of: path))
    }

    /// Whether what lies there is a form, by its name and kind; what is in it is for reading to tell.
    static func isForm(_ path: String) -> Bool {
        let name = URL(fileURLWithPath: path).lastPathComponent
        guard !name.hasPrefix("~$"), !name.hasPrefix(".") else { return false }
        if isFolder(path) { return files(in: path).contains { $0.hasSuffix("/survey.csv") } }
        return [".xlsx", ".ods", ".xls"].contains { name.lowercased().hasSuffix($0) }
    }

    /// The folder with the tables of a workbook.
    static func media(of workbook: String) -> String {
        URL(fileURLWithPath: workbook).deletingPathExtension().path + "-media"
    }

    private static func files(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.lowercased().hasSuffix(".csv") && !$0.hasPrefix(".") }.sorted()
            .map { folder + "/" + $0 }
    }

    static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }
}

/// What the files of a form say, as the ledger keeps it.
struct FormContent: Sendable {
    let workbook: Workbook
    /// The csv tables that come along.
    let tables: [String: ReferenceTable]
    /// The workbook as it is; a zip of all its files where there are several.
    let bytes: [UInt8]
    /// Of `bytes`, in hexadecimal.
    let sha256: String

    /// - Parameter files: at least one, by name.
    /// - Throws: `WorkbookError` of the first that cannot be read, with its name.
    init(_ files: [String: [UInt8]]) throws(NamedWorkbookError) {
        var read: [String: Workbook] = [:]
        for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
            do {
                read[name] = try WorkbookReader.read(bytes)
            } catch {
                throw NamedWorkbookError(file: name, error: error)
            }
        }
        if let only = read.first, read.count == 1, let own = files[only.key] {
            workbook = only.value
            tables = [:]
            bytes = own
        } else {
            let folder = FormFolder(files: read)
            workbook = folder.workbook ?? Workbook(format: .csv, sheets: [])
            tables = folder.tables
            bytes = Self.joined(files)
        }
        sha256 = Digest.hex(.sha256, of: bytes)
    }

    /// Reads what the ledger kept.
    init(kept: [UInt8]) throws(NamedWorkbookError) {
        try self.init(Self.parted(kept) ?? ["": kept])
    }

    private static func joined(_ files: [String: [UInt8]]) -> [UInt8] {
        var zip = ZipWriter()
        for (name, bytes) in files.sorted(by: { $0.key < $1.key }) { zip.add(name, bytes) }
        return (try? zip.finish()) ?? []
    }

    /// nil when the bytes are one workbook. Those are zip archives too, with their parts in folders.
    private static func parted(_ bytes: [UInt8]) -> [String: [UInt8]]? {
        guard WorkbookReader.format(of: bytes) == nil, let zip = try? ZipArchive(bytes) else { return nil }
        let files = zip.entries.compactMap { entry in (try? zip.read(entry)).map { (entry.name, $0) } }
        return Dictionary(files, uniquingKeysWith: { first, _ in first })
    }
}

struct NamedWorkbookError: Error {
    let file: String
    let error: WorkbookError
}
