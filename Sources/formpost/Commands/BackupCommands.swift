import ArgumentParser
import Foundation
import Intake
import Ledger

struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copies ledger and archive, consistent while the worker runs.",
        discussion: """
            Run again into the same folder it copies only the mails that came since, and a fresh ledger. The forms folder and \
            the settings are the office's own files: copy them as you copy others.

            Example:
              formpost backup /mnt/backup/formpost
            """)

    @Argument(help: "The folder of the backup; it is made where needed.", completion: .directory)
    var folder: String

    @OptionGroup var options: SettingsOption

    func run() throws {
        let settings = try options.settings()
        let ledger = try LedgerFile.open(settings, .read)
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            // The ledger first: a mail is in the archive before the ledger speaks of it.
            let mails = try DataCopy(from: settings.data, to: folder).copy {
                try ledger.backup(to: $0)
            }
            DataMarks(data: settings.data).leave(DataMarks.backup, URL(fileURLWithPath: folder).path)
            CommandFailure.say("\(folder): ledger copied, \(mails) new files of the archive")
            note(settings)
        } catch {
            CommandFailure.say("\(folder): \(error)")
            throw ExitStatus.unwritable
        }
    }
}

extension BackupCommand {
    /// The worker warns when the last backup is older than a day. That it cannot be told makes the backup no worse.
    private func note(_ settings: Settings) {
        do {
            let ledger = try LedgerFile.open(settings, .edit)
            try ledger.write { try $0.noteCheck(.backup, at: Date()) }
            try ledger.close()
        } catch {
            CommandFailure.say("the worker cannot be told of this backup: \(error)")
        }
    }
}

struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Puts a backup into the data folder of the settings, which must be empty.",
        discussion: """
            The worker goes on where the backup ends: mail that came afterwards and is still in the mailbox's folder is \
            taken in again; mail that was moved to Processed since must be moved back by hand.

            Example:
              formpost restore /mnt/backup/formpost
            """)

    @Argument(help: "The folder of the backup.", completion: .directory)
    var folder: String

    @OptionGroup var options: SettingsOption

    func run() throws {
        let settings = try options.settings()
        let ledger = folder + "/ledger.sqlite"
        guard FileManager.default.fileExists(atPath: ledger) else {
            throw CommandFailure.unreadable(
                folder, "file.missing: there is no ledger.sqlite; name the folder of a backup")
        }
        guard !FileManager.default.fileExists(atPath: settings.data + "/ledger.sqlite") else {
            throw CommandFailure.usage(
                "\(settings.data): there is a ledger already; name an empty folder as `data:` in the settings")
        }
        do {
            try FileManager.default.createDirectory(
                atPath: settings.data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let files = try DataCopy(from: folder, to: settings.data).copy { target in
                try FileManager.default.copyItem(atPath: ledger, toPath: target + "/ledger.sqlite")
            }
            CommandFailure.say("\(settings.data): ledger and \(files) files of the archive restored")
        } catch {
            CommandFailure.say("\(settings.data): \(error)")
            throw ExitStatus.unwritable
        }
    }
}

/// Copies ledger and archive from one folder to another. Files of the archive are named by their content: what is there
/// already, whole, is the same.
private struct DataCopy {
    let from: String
    let to: String

    /// - Parameter ledger: writes `ledger.sqlite` into the folder that it is given.
    /// - Returns: how many files of the archive were copied.
    func copy(ledger: (String) throws -> Void) throws -> Int {
        let files = FileManager.default
        let fresh = to + "/.fresh"
        try? files.removeItem(atPath: fresh)
        try files.createDirectory(atPath: fresh, withIntermediateDirectories: true)
        defer { try? files.removeItem(atPath: fresh) }
        try ledger(fresh)
        let copied = try copyArchive(through: fresh)
        // Last: what is found under this name has its mails beside it.
        let target = to + "/ledger.sqlite"
        guard rename(fresh + "/ledger.sqlite", target) == 0 else { throw CocoaError(.fileWriteUnknown) }
        return copied
    }

    private func copyArchive(through fresh: String) throws -> Int {
        let files = FileManager.default
        guard let paths = files.enumerator(atPath: from + "/archive") else { return 0 }
        var copied = 0
        for case let path as String in paths {
            let (source, target) = (from + "/archive/" + path, to + "/archive/" + path)
            var isFolder: ObjCBool = false
            guard files.fileExists(atPath: source, isDirectory: &isFolder), !files.fileExists(atPath: target) else {
                continue
            }
            if isFolder.boolValue {
                try files.createDirectory(atPath: target, withIntermediateDirectories: true)
                continue
            }
            // Named by a digest; anything else is still being written.
            guard URL(fileURLWithPath: path).lastPathComponent.count == 64 else { continue }
            // Under its own name only once it is whole.
            let part = fresh + "/part"
            try files.copyItem(atPath: source, toPath: part)
            guard rename(part, target) == 0 else { throw CocoaError(.fileWriteUnknown) }
            copied += 1
        }
        return copied
    }
}
