import Foundation
import XLSForm

/// Papers as they would be attached to the mail: their names are what a form asks for.
enum PapersAlong {
    /// - Parameter path: a file, or a folder whose files are meant.
    /// - Throws: exit status 65 when there is nothing, or it cannot be read.
    static func names(at path: String) throws -> [EvidenceName] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw CommandFailure.unreadable(path, "file.missing: there is no such file or folder")
        }
        guard isFolder.boolValue else {
            return [EvidenceName(filename: URL(fileURLWithPath: path).lastPathComponent)]
        }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw CommandFailure.unreadable(path, "file.unreadable: a folder that you may not read")
        }
        return names.filter { !$0.hasPrefix(".") }.sorted().map { EvidenceName(filename: $0) }
    }
}
