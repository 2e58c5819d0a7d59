import Digest
import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Raw mail and extracted parts, kept by content: a file's name is its SHA-256 in hexadecimal.
///
/// A raw mail is on the disk when `store` returns (temporary file, fsync, rename, fsync of the folder). Parts are not
/// synced: they can be made again from the raw mail. Nothing in the archive is ever changed.
package struct Archive: Sendable {
    private let mails: String
    private let parts: String

    /// - Parameter folder: the data folder; the archive is `archive/` in it.
    package init(folder: String) throws(LedgerError) {
        mails = folder + "/archive/mail"
        parts = folder + "/archive/parts"
        for path in [mails, parts] {
            do {
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            } catch {
                throw LedgerError(.surroundings, "cannot create \(path): \(error.localizedDescription)")
            }
        }
    }

    /// Stores raw mails so that they survive the loss of power; what is there already is not written again.
    /// - Returns: the SHA-256 of each, in hexadecimal and in order.
    package func store(_ batch: [[UInt8]]) throws(LedgerError) -> [String] {
        let names = batch.map { Digest.hex(.sha256, of: $0) }
        let fresh = try missing(names, of: batch, in: mails)
        for index in fresh { try write(batch[index], to: temporary(names[index], in: mails)) }
        for index in fresh { try synchronize(temporary(names[index], in: mails), O_RDONLY) }
        for index in fresh { try rename(names[index], in: mails) }
        // Even when nothing was new: a worker that was stopped may have renamed and not come to this line.
        if !batch.isEmpty { try synchronize(mails, O_RDONLY | O_DIRECTORY) }
        return names
    }

    /// Stores extracted parts, which can be made again from their mail, and hence without waiting for the disk.
    /// - Returns: the SHA-256 of each, in hexadecimal and in order.
    package func storeParts(_ batch: [[UInt8]]) throws(LedgerError) -> [String] {
        let names = batch.map { Digest.hex(.sha256, of: $0) }
        for index in try missing(names, of: batch, in: parts) {
            try write(batch[index], to: temporary(names[index], in: parts))
            try rename(names[index], in: parts)
        }
        return names
    }

    /// The content of the given SHA-256, a raw mail or a part; checked against its name.
    /// - Throws: `missing`; `damaged` when the bytes are not what they were.
    package func read(_ sha256: String) throws(LedgerError) -> [UInt8] {
        // The name becomes a path, so that it must be nothing but a digest.
        guard sha256.utf8.count == 64, sha256.utf8.allSatisfy(Self.isHexadecimal) else {
            throw LedgerError(.missing, "not a SHA-256")
        }
        for folder in [mails, parts] {
            guard let content = FileManager.default.contents(atPath: folder + "/" + sha256) else { continue }
            let bytes = Array(content)
            guard Digest.hex(.sha256, of: bytes) == sha256 else {
                throw LedgerError(.damaged, "\(folder)/\(sha256) is not what was stored")
            }
            return bytes
        }
        throw LedgerError(.missing, "the archive has no \(sha256)")
    }

    /// The first of each content that is not in the folder in its full length.
    private func missing(_ names: [String], of batch: [[UInt8]], in folder: String) throws(LedgerError) -> [Int] {
        var seen = Set<String>()
        var missing: [Int] = []
        for (index, name) in names.enumerated() where seen.insert(name).inserted {
            var status = stat()
            let isThere = stat(folder + "/" + name, &status) == 0
            guard isThere || errno == ENOENT else { throw LedgerError.system("look at", folder + "/" + name) }
            if !isThere || status.st_size != batch[index].count { missing.append(index) }
        }
        return missing
    }

    /// What is left of an interrupted write is overwritten by the next attempt at the same content.
    private func temporary(_ name: String, in folder: String) -> String { folder + "/" + name + ".part" }

    private func write(_ bytes: [UInt8], to path: String) throws(LedgerError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw LedgerError.system("create", path) }
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw LedgerError.system("write", path) }
            written += count
        }
    }

    private func synchronize(_ path: String, _ flags: Int32) throws(LedgerError) {
        let descriptor = open(path, flags | O_CLOEXEC)
        guard descriptor >= 0 else { throw LedgerError.system("open", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw LedgerError.system("sync", path) }
    }

    private func rename(_ name: String, in folder: String) throws(LedgerError) {
        guard Glibc.rename(temporary(name, in: folder), folder + "/" + name) == 0 else {
            throw LedgerError.system("rename", temporary(name, in: folder))
        }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}
