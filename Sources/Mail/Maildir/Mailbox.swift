package import Foundation
package import Records

/// A folder from which mail is taken, on a server or on this machine's disk.
///
/// Calls come one after another, `open` first. After an error of `lost` the mailbox may be opened again.
package protocol Mailbox: Sendable {
    /// The name of the account, as the ledger knows it.
    var account: String { get }
    /// The folder that is read, e.g. `INBOX`.
    var folder: String { get }

    /// Connects, signs in, makes the folders `processed` and `quarantine` where they are missing, and selects the
    /// folder.
    func open() async throws(MailboxError) -> MailboxStatus

    /// What lies in the folder from this UID on, in the order of UIDs.
    func list(from first: UID) async throws(MailboxError) -> [MailboxEntry]

    /// What arrived on this day or later (the server's own zone), in the order of UIDs.
    func list(since day: CivilDate) async throws(MailboxError) -> [MailboxEntry]

    /// The messages, in the order of UIDs. Whatever is gone meanwhile or longer than `maximumBytes` is missing from the
    /// answer: callers know the sizes from `list` and bound their batches by them.
    func fetch(_ uids: [UID], maximumBytes: Int) async throws(MailboxError) -> [FetchedMessage]

    /// Moves messages out of the folder. A UID that is gone is no error.
    func move(_ uids: [UID], to folder: MailboxFolder) async throws(MailboxError)

    /// Moves one message out of `quarantine` to another folder. It is known by its bytes, as UIDs change with the folder.
    /// - Returns: whether it was there.
    func release(_ bytes: [UInt8], to folder: MailboxFolder) async throws(MailboxError) -> Bool

    /// Returns when something may have arrived, or after the given time; the caller lists in any case.
    func waitForNews(upTo limit: Duration) async throws(MailboxError)

    func close() async
}

extension Mailbox {
    package func waitForNews(upTo limit: Duration) async throws(MailboxError) {
        do {
            try await Task.sleep(for: limit)
        } catch {
            throw .cancelled
        }
    }
}

/// What opening a folder tells (RFC 9051, 6.3.2).
package struct MailboxStatus: Hashable, Sendable, Codable {
    package let uidValidity: UIDValidity
    /// The UID that the next message will get.
    package let uidNext: UID
    /// How many messages there are.
    package let exists: Int

    package init(uidValidity: UIDValidity, uidNext: UID, exists: Int) {
        self.uidValidity = uidValidity
        self.uidNext = uidNext
        self.exists = exists
    }
}

/// A message as the folder's list names it.
package struct MailboxEntry: Hashable, Sendable, Codable {
    package let uid: UID
    /// Bytes of the whole message.
    package let size: Int

    package init(uid: UID, size: Int) {
        self.uid = uid
        self.size = size
    }
}

/// A message's bytes, with the time of receipt that counts for its sender.
package struct FetchedMessage: Hashable, Sendable {
    package let uid: UID
    /// The server's INTERNALDATE; of a Maildir, the seconds at the start of the file name.
    package let received: Date
    package let bytes: [UInt8]

    package init(uid: UID, received: Date, bytes: [UInt8]) {
        self.uid = uid
        self.received = received
        self.bytes = bytes
    }
}

/// Where mail goes when it has been dealt with. The raw value is the folder's name.
package enum MailboxFolder: String, Sendable, Codable, CaseIterable {
    case processed = "Processed"
    case quarantine = "Quarantine"
}

/// Why a mailbox could not be used. All of it concerns the surroundings, never one message.
package enum MailboxError: Error, Hashable, Sendable, CustomStringConvertible {
    /// No connection: name, network, port, or file system.
    case unreachable(String)
    /// The server's certificate was not accepted; nothing was sent to it.
    case certificate(String)
    /// The server refused the user or the password.
    case signInRefused(String)
    /// The server answered `NO` or `BAD` to a command, or there is no such folder.
    case refused(String)
    /// The server answered what could not be understood; the connection was dropped.
    case protocolViolation(String)
    /// The connection broke, or its deadline passed.
    case lost(String)
    /// The task was cancelled.
    case cancelled

    package var description: String {
        switch self {
        case .unreachable(let detail): "unreachable: \(detail)"
        case .certificate(let detail): "certificate not accepted: \(detail)"
        case .signInRefused(let detail): "sign-in refused: \(detail)"
        case .refused(let detail): "refused: \(detail)"
        case .protocolViolation(let detail): "not understood: \(detail)"
        case .lost(let detail): "connection lost: \(detail)"
        case .cancelled: "cancelled"
        }
    }
}
