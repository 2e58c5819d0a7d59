package import Foundation
import Mail
import Records

/// Small files of the data folder that say when something was done last: the time is the file's own, its words say how it
/// went. Nothing depends on them; the console shows them to the administrator.
package struct DataMarks: Sendable {
    package struct Mark: Hashable, Sendable {
        package let at: Date
        package let words: String
    }

    private let folder: String

    /// - Parameter data: the data folder.
    package init(data: String) {
        folder = data + "/marks"
    }

    package static let backup = "backup"
    package static func mailbox(_ account: String) -> String { "mailbox-\(account)" }

    /// A mark that cannot be left is done without.
    package func leave(_ name: String, _ words: String) {
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try? Data(words.utf8).write(to: file(name), options: .atomic)
    }

    /// A mailbox was looked into and nothing was wrong.
    package func leaveGood(_ intake: MailIntake) async {
        let ends = await (intake.mailbox as? IMAPSession)?.certificateEnds
        leave(
            Self.mailbox(intake.mailbox.account),
            (["ok"] + [ends.map { CivilDate(daysSince1970: $0 / 86_400).description }].compactMap(\.self)).joined(
                separator: "\n"))
    }

    package func read(_ name: String) -> Mark? {
        guard let words = try? String(contentsOf: file(name), encoding: .utf8),
            let attributes = try? FileManager.default.attributesOfItem(atPath: file(name).path),
            let at = attributes[.modificationDate] as? Date
        else { return nil }
        return Mark(at: at, words: words)
    }

    /// All marks of mailboxes, by account.
    package var mailboxes: [String: Mark] {
        let prefix = Self.mailbox("")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let marks = names.filter { $0.hasPrefix(prefix) }.compactMap { name in
            read(name).map { (String(name.dropFirst(prefix.count)), $0) }
        }
        return Dictionary(marks, uniquingKeysWith: { one, _ in one })
    }

    /// Accounts are named by people: no name leads out of the folder.
    private func file(_ name: String) -> URL {
        let plain = String(name.map { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == "." ? $0 : "_" })
        return URL(fileURLWithPath: folder + "/" + plain)
    }
}
