import Glibc
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
        var status = stat()
        guard stat(path, &status) == 0 else {
            self = errno == EACCES ? .unreadable : .missing
            return
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            self = .notFolder
            return
        }
        guard access(path, R_OK | X_OK) == 0, let names = try? FileManager.default.contentsOfDirectory(atPath: path)
        else {
            self = .unreadable
            return
        }
        self = names.contains { !$0.hasPrefix(".") } ? .filled : .empty
    }
}
