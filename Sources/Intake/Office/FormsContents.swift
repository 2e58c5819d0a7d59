import Digest
import Foundation

/// What lies in the forms folder, for telling whether the office has edited it.
package struct FormsContents: Sendable {
    /// By path, those of the folders too: they change when a file comes or goes.
    let stamps: [String: FileStamp]
    /// SHA-256 of the files, by path.
    let digests: [String: String]

    package init(of folder: FormsFolder) {
        stamps = Self.stamps(of: folder)
        let files = folder.files.compactMap { path in
            (try? Data(contentsOf: URL(fileURLWithPath: path))).map { (path, Digest.hex(.sha256, of: [UInt8]($0))) }
        }
        digests = Dictionary(files, uniquingKeysWith: { first, _ in first })
    }

    static func stamps(of folder: FormsFolder) -> [String: FileStamp] {
        let paths = folder.folders + folder.files
        return Dictionary(
            paths.compactMap { path in FileStamp(path).map { (path, $0) } }, uniquingKeysWith: { first, _ in first })
    }

    /// Names of the files that differ from those of another time.
    package func names(changedSince other: FormsContents) -> [String] {
        let paths = Set(digests.keys).union(other.digests.keys).filter { digests[$0] != other.digests[$0] }
        return Set(paths.map { URL(fileURLWithPath: $0).lastPathComponent }).sorted()
    }
}

/// What the file system tells of a file without reading it.
struct FileStamp: Hashable, Sendable {
    /// Bytes.
    let size: Int
    let seconds: Int
    let nanoseconds: Int

    /// Fails when there is no such file.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        size = Int(status.st_size)
        seconds = Int(status.st_mtim.tv_sec)
        nanoseconds = Int(status.st_mtim.tv_nsec)
    }
}

extension FormsFolder {
    fileprivate var folders: [String] {
        [path, path + "/earlier", path + "/notices"]
            + forms().map { FormFile.isFolder($0) ? $0 : FormFile.media(of: $0) }
    }

    fileprivate var files: [String] {
        let notices = (try? FileManager.default.contentsOfDirectory(atPath: path + "/notices")) ?? []
        return [units, plan] + forms().flatMap { FormFile($0).paths }
            + notices.filter { !$0.hasPrefix(".") }.map { path + "/notices/" + $0 }
    }
}
