package import Foundation
package import Records

/// A Maildir (with the subfolders of Maildir++) on this machine's disk, with the face of a mailbox on a server.
///
/// The seconds at the start of a file's name are its time of receipt. UIDs are handed out in the order of those names
/// and kept in a file of their own, so that a message keeps its UID for as long as it lies in the folder.
package actor Maildir: PreviewableMailbox {
    package nonisolated let account: String
    package nonisolated let folder = "INBOX"
    private nonisolated let root: URL
    /// Where each message lay when the folder was last looked at.
    private var files: [UID: File] = [:]
    private var register: UIDRegister
    private let now: @Sendable () -> Date

    /// - Parameter now: the clock that numbers the folder (UIDVALIDITY) when it is first used.
    package init(account: String, directory: URL, now: @escaping @Sendable () -> Date = { Date() }) {
        self.account = account
        self.now = now
        root = directory
        register = UIDRegister(now: now())
    }

    /// Makes the folders where they are missing.
    package func open() throws(MailboxError) -> MailboxStatus {
        do {
            for folder in [root] + MailboxFolder.allCases.map({ directory($0) }) { try Self.make(folder) }
        } catch {
            throw .unreachable("\(root.path): \(error)")
        }
        let entries = try look()
        return MailboxStatus(uidValidity: register.uidValidity, uidNext: register.uidNext, exists: entries.count)
    }

    package func list(from first: UID) throws(MailboxError) -> [MailboxEntry] {
        try look().filter { $0.uid >= first }
    }

    /// Days are those of GMT: files carry no zone.
    package func list(since day: CivilDate) throws(MailboxError) -> [MailboxEntry] {
        let start = TimeInterval(day.daysSince1970) * 86_400
        return try look().filter { entry in
            files[entry.uid].map { $0.received.timeIntervalSince1970 >= start } ?? false
        }
    }

    package func fetch(_ uids: [UID], maximumBytes: Int) throws(MailboxError) -> [FetchedMessage] {
        var messages: [FetchedMessage] = []
        try forEach(uids) { (uid, file) throws(MailboxError) in
            guard let size = File.size(file.path) else { return false }
            guard size <= maximumBytes else { return true }
            guard let content = FileManager.default.contents(atPath: file.path) else { return false }
            messages.append(FetchedMessage(uid: uid, received: file.received, bytes: [UInt8](content)))
            return true
        }
        return messages
    }

    package func newestHeaders(_ count: Int) throws(MailboxError) -> [MailPreview] {
        do {
            let folders = [root] + MailboxFolder.allCases.map { directory($0) }
            let found = try folders.flatMap { try Self.files(in: $0).sorted().suffix(count) }
            let previews = found.compactMap { file in
                file.beginning(MailPreview.limit).map { MailPreview(received: file.received, bytes: $0) }
            }
            return MailPreview.newest(count, of: previews)
        } catch {
            throw .unreachable("\(root.path): \(error)")
        }
    }

    package func move(_ uids: [UID], to folder: MailboxFolder) throws(MailboxError) {
        let target = directory(folder).appending(path: "cur")
        try forEach(uids) { (uid, file) throws(MailboxError) in
            let place = target.appending(path: file.name + ":2,S")
            if rename(file.path, place.path) == 0 {
                files[uid] = nil
                return true
            }
            guard errno == ENOENT, !FileManager.default.fileExists(atPath: file.path) else {
                throw .refused("\(file.path) cannot be moved: \(String(cString: strerror(errno)))")
            }
            return false
        }
    }

    package func release(_ bytes: [UInt8], to folder: MailboxFolder) throws(MailboxError) -> Bool {
        let waiting: [File]
        do {
            waiting = try Self.files(in: directory(.quarantine))
        } catch {
            throw .unreachable("\(root.path): \(error)")
        }
        let file = waiting.first { file in
            File.size(file.path) == bytes.count
                && FileManager.default.contents(atPath: file.path)?.elementsEqual(bytes) == true
        }
        guard let file else { return false }
        let place = directory(folder).appending(path: "cur").appending(path: file.name + ":2,S")
        guard rename(file.path, place.path) == 0 else {
            throw .refused("\(file.path) cannot be moved: \(String(cString: strerror(errno)))")
        }
        return true
    }

    package func close() {}

    private nonisolated func directory(_ folder: MailboxFolder) -> URL { root.appending(path: "." + folder.rawValue) }

    /// Calls `work` for each message in the order of UIDs. When it answers false, the file is not where it lay, because
    /// another program moved it or changed its flags: the folder is looked at again, once, and then it counts as gone.
    private func forEach(
        _ uids: [UID], _ work: (UID, File) throws(MailboxError) -> Bool
    ) throws(MailboxError) {
        var hasLooked = false
        for uid in uids.sorted() {
            if let file = files[uid], try work(uid, file) { continue }
            if !hasLooked { _ = try look() }
            hasLooked = true
            if let file = files[uid] { _ = try work(uid, file) }
        }
    }

    /// Everything in `new` and `cur` by UID; what has no UID yet gets one.
    private func look() throws(MailboxError) -> [MailboxEntry] {
        let store = root.appending(path: UIDRegister.fileName)
        do {
            let found = Dictionary(try Self.files(in: root).map { ($0.name, $0) }, uniquingKeysWith: { $1 })
            register = try UIDRegister.load(store, now: now())
            let hasChanged = register.admit(found.values.sorted().map(\.name))
            // An empty folder's register is kept too: its number is what the next look is compared with.
            if hasChanged || !FileManager.default.fileExists(atPath: store.path) { try register.save(store) }
            files = [:]
            for (name, file) in found {
                if let uid = register.uids[name] { files[uid] = file }
            }
        } catch {
            throw .unreachable("\(root.path): \(error)")
        }
        // A file that is gone meanwhile is not listed.
        return files.compactMap { uid, file in File.size(file.path).map { MailboxEntry(uid: uid, size: $0) } }
            .sorted { $0.uid < $1.uid }
    }

    private static func files(in folder: URL) throws -> [File] {
        try ["new", "cur"].flatMap { part in
            let directory = folder.appending(path: part).path
            return try FileManager.default.contentsOfDirectory(atPath: directory).filter { !$0.hasPrefix(".") }
                .map { File(path: directory + "/" + $0) }
        }
    }

    /// One message's file.
    private struct File: Comparable {
        let path: String
        /// The file's name without its flags.
        let name: String
        /// The seconds before the first dot; 0 for a name that has none.
        let seconds: Int

        init(path: String) {
            self.path = path
            let last = path.split(separator: "/").last ?? ""
            name = last.split(separator: ":", maxSplits: 1).first.map(String.init) ?? ""
            seconds = Int(last.prefix { $0 != "." }) ?? 0
        }

        var received: Date { Date(timeIntervalSince1970: TimeInterval(seconds)) }

        static func < (left: Self, right: Self) -> Bool { (left.seconds, left.name) < (right.seconds, right.name) }

        /// The first bytes; nil when there is no such file.
        func beginning(_ count: Int) -> [UInt8]? {
            guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
            defer { try? handle.close() }
            return (try? handle.read(upToCount: count)).flatMap { $0.map { [UInt8]($0) } }
        }

        /// Bytes; nil when there is no such file.
        static func size(_ path: String) -> Int? {
            var status = stat()
            return stat(path, &status) == 0 ? Int(status.st_size) : nil
        }
    }

    private static func make(_ folder: URL) throws {
        for part in ["tmp", "new", "cur"] {
            try FileManager.default.createDirectory(at: folder.appending(path: part), withIntermediateDirectories: true)
        }
    }
}

extension Maildir {
    /// Puts a message into a Maildir as a delivery agent does: written to `tmp`, synchronised, then moved to `new`.
    /// - Parameters:
    ///   - instant: the time of receipt, kept in whole seconds.
    ///   - name: what makes the file's name unique within its second; random when nil. Without `/` and `:`.
    /// - Returns: the file.
    @discardableResult
    package static func deliver(
        _ bytes: [UInt8], into directory: URL, at instant: Date, name: String? = nil
    ) throws -> URL {
        try make(directory)
        let unique = (name ?? UUID().uuidString).map { "/:".contains($0) || $0.isNewline ? "_" : String($0) }.joined()
        let file = "\(Int(instant.timeIntervalSince1970.rounded(.down))).\(unique)"
        let draft = directory.appending(path: "tmp").appending(path: file)
        let target = directory.appending(path: "new").appending(path: file)
        try Data(bytes).write(to: draft)
        try synchronise(draft)
        guard rename(draft.path, target.path) == 0 else { throw MailboxError.refused(String(cString: strerror(errno))) }
        try synchronise(directory.appending(path: "new"))
        return target
    }

    static func synchronise(_ file: URL) throws {
        let descriptor = Foundation.open(file.path, O_RDONLY)
        guard descriptor >= 0 else { throw MailboxError.unreachable(String(cString: strerror(errno))) }
        defer { Foundation.close(descriptor) }
        guard fsync(descriptor) == 0 else { throw MailboxError.unreachable(String(cString: strerror(errno))) }
    }
}
