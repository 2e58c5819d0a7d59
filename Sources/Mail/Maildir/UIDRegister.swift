import Foundation
import Records

/// The UIDs of a Maildir's files, as text: a line with UIDVALIDITY and the next UID, then one line a file, `UID name`.
struct UIDRegister {
    static let fileName = "formpost-uidlist"
    private static let title = "formpost 1"

    let uidValidity: UIDValidity
    private(set) var uidNext: UID
    /// By file name without flags.
    private(set) var uids: [String: UID] = [:]

    /// An empty register; its UIDVALIDITY is the second in which it began, so that a lost register is noticed.
    init(now: Date) {
        let seconds = UInt32(clamping: Int(now.timeIntervalSince1970))
        uidValidity = UIDValidity(max(1, seconds)) ?? .lowest
        uidNext = .lowest
    }

    /// Reads a register; an empty one where there is no file, or where it cannot be understood.
    static func load(_ file: URL, now: Date) throws -> UIDRegister {
        guard FileManager.default.fileExists(atPath: file.path) else { return UIDRegister(now: now) }
        let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        return UIDRegister(text: text) ?? UIDRegister(now: now)
    }

    init?(text: String) {
        let lines = text.split(separator: "\n")
        guard lines.count >= 2, lines[0] == Self.title else { return nil }
        let head = lines[1].split(separator: " ").compactMap { UInt32($0) }
        guard head.count == 2, let validity = UIDValidity(head[0]), let next = UID(head[1]) else { return nil }
        uidValidity = validity
        uidNext = next
        for line in lines.dropFirst(2) {
            let fields = line.split(separator: " ", maxSplits: 1)
            guard fields.count == 2, let number = UInt32(fields[0]), let uid = UID(number), uid < next else {
                return nil
            }
            uids[String(fields[1])] = uid
        }
    }

    var text: String {
        let lines = uids.sorted { $0.value < $1.value }.map { "\($0.value.rawValue) \($0.key)" }
        return ([Self.title, "\(uidValidity.rawValue) \(uidNext.rawValue)"] + lines).joined(separator: "\n") + "\n"
    }

    /// Gives UIDs to names that have none, in the order given, and forgets names that are gone.
    /// - Returns: whether anything changed.
    mutating func admit(_ names: [String]) -> Bool {
        let present = Set(names)
        let known = uids.count
        uids = uids.filter { present.contains($0.key) }
        var changed = uids.count != known
        for name in names where uids[name] == nil {
            guard let next = UID(uidNext.rawValue &+ 1) else { return changed }
            uids[name] = uidNext
            uidNext = next
            changed = true
        }
        return changed
    }

    /// Replaces the file in one step: a crash leaves the old one or the new one.
    func save(_ file: URL) throws {
        let draft = file.appendingPathExtension("new")
        try Data(text.utf8).write(to: draft)
        try Maildir.synchronise(draft)
        guard rename(draft.path, file.path) == 0 else {
            throw MailboxError.unreachable(String(cString: strerror(errno)))
        }
        try Maildir.synchronise(file.deletingLastPathComponent())
    }
}

extension UID {
    static let lowest = UID(1)!
}

extension UIDValidity {
    static let lowest = UIDValidity(1)!
}
