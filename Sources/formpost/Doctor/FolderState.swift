import Foundation

/// What stands at a path where a folder is expected.
enum FolderState: Equatable {
    case missing
    /// Something else bears the name.
    case notFolder
    /// It may not be listed, or what is in it not be opened.
    case unreadable
    case empty
    case filled

    init(_ path: String) {
        let folder = open(path, O_RDONLY | O_DIRECTORY)
        guard folder >= 0 || errno == EACCES else {
            self = FileManager.default.fileExists(atPath: path) ? .notFolder : .missing
            return
        }
        if folder >= 0 { close(folder) }
        guard access(path, R_OK | X_OK) == 0, let names = try? FileManager.default.contentsOfDirectory(atPath: path)
        else {
            self = .unreadable
            return
        }
        self = names.contains { !$0.hasPrefix(".") } ? .filled : .empty
    }
}
