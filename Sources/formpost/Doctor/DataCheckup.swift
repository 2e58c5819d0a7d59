import Foundation
import Ledger
import Records

/// Can the worker keep what it takes in?
enum DataCheckup {
    static func diagnoses(_ settings: Settings) -> [Diagnosis] {
        if let trouble = trouble(with: settings.data) {
            return [
                .bad(
                    "data", "\(settings.data) \(trouble)",
                    "give the worker's user the right to write there, or write another path after `data:`")
            ]
        }
        let space = DiskSpace(of: settings.data)
        return [.good("data", settings.data)] + (space.map { [$0.diagnosis(at: settings.data)] } ?? [])
            + [ledger(settings)]
    }

    /// Makes the folder where it is missing.
    private static func trouble(with folder: String) -> String? {
        let manager = FileManager.default
        if FolderState(folder) == .notFolder { return "is not a folder" }
        guard (try? manager.createDirectory(atPath: folder, withIntermediateDirectories: true)) != nil else {
            return "cannot be made"
        }
        guard access(folder, R_OK | W_OK | X_OK) == 0 else { return "cannot be written" }
        // Whoever ran the worker before may have been another user.
        let names = (try? manager.contentsOfDirectory(atPath: folder)) ?? []
        let locked = names.sorted().first { access(folder + "/" + $0, R_OK | W_OK) != 0 && errno == EACCES }
        return locked.map { "holds \($0), which cannot be written" }
    }

    private static func ledger(_ settings: Settings) -> Diagnosis {
        do {
            let ledger = try Ledger.open(folder: settings.data, mode: .read)
            let last = try ledger.read { try $0.messages(limit: 1).first }
            try ledger.close()
            let time = last.map { "last mail received \(CivilDate($0.message.received, in: settings.zone))" }
            return .good("ledger", time ?? "empty")
        } catch let error as LedgerError where error.code == .missing {
            return .good("ledger", "none yet; the first run makes it")
        } catch {
            return .bad("ledger", "\(settings.data)/ledger.sqlite: \(error)", "restore the data folder from a backup")
        }
    }
}

/// Room on the disk that a path lies on.
struct DiskSpace: Equatable {
    /// Bytes.
    let free: UInt64
    let size: UInt64
    /// How many more files there can be; nil where the file system does not count them.
    let freeFiles: UInt64?
    let files: UInt64

    /// Fails when the system does not tell.
    init?(of path: String) {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        let unit = UInt64(status.f_frsize)
        self.init(
            free: UInt64(status.f_bavail) * unit, size: UInt64(status.f_blocks) * unit,
            freeFiles: status.f_files > 0 ? UInt64(status.f_favail) : nil, files: UInt64(status.f_files))
    }

    init(free: UInt64, size: UInt64, freeFiles: UInt64? = nil, files: UInt64 = 0) {
        self.free = free
        self.size = size
        self.freeFiles = freeFiles
        self.files = files
    }

    /// A season's mail with its scans is some gigabytes.
    private static let little: UInt64 = 1 << 30
    private static let plenty: UInt64 = 10 << 30
    private static let lowPercentage = 10.0

    private static func percentage(_ part: UInt64, _ whole: UInt64) -> Double {
        whole == 0 ? 100 : Double(part) * 100 / Double(whole)
    }

    /// Less than a gigabyte free, or less than a tenth where that is not plenty.
    var isLow: Bool {
        free < Self.little || free < Self.plenty && Self.percentage(free, size) < Self.lowPercentage
    }

    var isLowOnFiles: Bool { freeFiles.map { Self.percentage($0, files) < Self.lowPercentage } ?? false }

    func diagnosis(at path: String) -> Diagnosis {
        let room = "\(free >> 20) MB free of \(size >> 20) at \(path)"
        if isLow { return .bad("disk", room, "make room: no mail is taken in while the disk is full") }
        if isLowOnFiles {
            return .bad(
                "disk", "\(freeFiles ?? 0) more files of \(files) at \(path)",
                "remove files: no mail is taken in when there can be no more")
        }
        return .good("disk", room)
    }
}
