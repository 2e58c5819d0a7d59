import Foundation
import Ledger
package import Logging
package import Mail
package import Records

/// Takes mail out of one mailbox into the ledger, in batches: archive, one transaction, and only then the mailbox.
///
/// Trouble with the surroundings (disk, lock, network) is thrown and counts against no message; trouble with one message
/// counts against that message, before each attempt, and after a number of attempts it goes to quarantine.
package struct MailIntake: Sendable {
    let mailbox: any Mailbox
    let books: Books
    let pipeline: Pipeline
    let limits: IntakeLimits
    let logger: Logger

    package init(
        mailbox: any Mailbox, books: Books, pipeline: Pipeline, limits: IntakeLimits, logger: Logger
    ) {
        self.mailbox = mailbox
        self.books = books
        self.pipeline = pipeline
        self.limits = limits
        self.logger = logger
    }

    /// Takes everything in that is new.
    /// - Parameters:
    ///   - past: what to do with the mail that lay there before the first contact; it is left alone when nil. What has
    ///     arrived since then is answered in any case.
    ///   - goOn: asked between batches; false ends the work early, with the batch at hand finished.
    /// - Returns: how many messages were recorded.
    package func takeIn(past: PastMail? = nil, goOn: @Sendable () -> Bool = { true }) async throws -> Int {
        try await admitAsked()
        let status = try await mailbox.open()
        try await settleMoves(status)
        let new = try await newMail(status, past: past)
        let silence = Silence(below: past?.isAnswered == false ? new.pastEnd : nil, before: new.firstContact)
        var recorded = 0
        var isComplete = true
        let (suspects, others) = try await parted(new.entries, status)
        for suspect in suspects {
            guard goOn(), let begun = try await begin([suspect], status),
                let batch = try await read(begun, silence)
            else { return recorded }
            let filed = try await file(batch)
            recorded += filed
            isComplete = isComplete && filed == batch.size
        }
        var rest = limits.batches(others)[...]
        var read = try await self.read(try await begin(rest.popFirst(), status), silence)
        while let batch = read {
            // The next batch is fetched and read while this one is filed and moved.
            let following = try await begin(goOn() ? rest.popFirst() : nil, status)
            async let ahead = self.read(following, silence)
            let filed = try await file(batch)
            recorded += filed
            isComplete = isComplete && filed == batch.size
            read = try await ahead
        }
        guard rest.isEmpty else { return recorded }
        // While one message is still to be tried again the next search begins no later than before: the ledger tells what
        // is known.
        if isComplete {
            let cursor = MailboxCursor(
                uidValidity: status.uidValidity, nextUID: UInt64(status.uidNext.rawValue), firstContact: pipeline.now())
            try await books.ledger { [account = mailbox.account, folder = mailbox.folder] ledger in
                try ledger.setCursor(cursor, account: account, folder: folder)
            }
        }
        return recorded
    }

    /// What people have asked to be taken in runs as if it came now. One that cannot waits for a person again.
    private func admitAsked() async throws {
        let asked = try await books.ledger { ledger in try ledger.read { try $0.openAdmissions() } }
        for admission in asked {
            let record = try await books.ledger { ledger in try ledger.read { try $0.message(admission.message) } }
            guard let record else { continue }
            let bytes = try await books.archive { archive in try archive.read(record.message.rawSHA256) }
            try await books.ledger { [pipeline] ledger in
                // Another mailbox's turn may have come first.
                guard try ledger.read({ try $0.admission(of: admission.message)?.done }) == nil else { return }
                var trouble = ""
                do {
                    _ = try pipeline.admit(record, bytes: bytes, for: admission.unit, ledger: ledger)
                } catch let error as LedgerError where error.code == .surroundings {
                    throw error
                } catch {
                    trouble = LogText(error).description
                }
                try ledger.write { try $0.settle(admission, trouble: trouble, at: pipeline.now()) }
            }
        }
    }

    // MARK: - What is new

    /// What is to be taken now.
    private struct NewMail: Sendable {
        let entries: [MailboxEntry]
        /// What has a lower UID lay there before the first contact.
        let pastEnd: UID
        /// Set when the server numbers anew, and UIDs no longer tell: what was received earlier lay there before.
        var firstContact: Date?
    }

    /// What is filed and not answered.
    private struct Silence: Sendable {
        let below: UID?
        let before: Date?

        func covers(_ message: FetchedMessage) -> Bool {
            if let below, message.uid < below { return true }
            if let before, message.received < before { return true }
            return false
        }
    }

    /// At the first contact the mailbox is taken from UIDNEXT on: years of old mail are not answered.
    private func newMail(_ status: MailboxStatus, past: PastMail?) async throws -> NewMail {
        let account = mailbox.account
        let folder = mailbox.folder
        let cursor = try await books.ledger { ledger in try ledger.cursor(account: account, folder: folder) }
        var entries: [MailboxEntry] = []
        var pastEnd = status.uidNext
        var firstContact: Date?
        switch (cursor, past) {
        case (nil, nil):
            logger.info(
                "first contact: mail that lies there already is left alone; --since DAY takes it",
                metadata: ["account": "\(account)", "messages": "\(status.exists)"])
        case (nil, let past?):
            entries = try await mailbox.list(since: past.since)
        case (let cursor?, let past) where cursor.uidValidity == status.uidValidity:
            guard let first = UID(exactly: cursor.nextUID) else { break }
            pastEnd = first
            if let past { entries = try await mailbox.list(since: past.since).filter { $0.uid < first } }
            entries += try await mailbox.list(from: first)
        case (let cursor?, _):
            // The server numbers anew: everything since the first contact is looked at again, and known mail recognised
            // by its bytes.
            logger.warning("UIDVALIDITY changed: the folder is read anew", metadata: ["account": "\(account)"])
            guard let first = UID(1) else { break }
            pastEnd = first
            firstContact = cursor.firstContact
            // A day early, as servers and offices may lie in different zones.
            let contact = CivilDate(cursor.firstContact, in: pipeline.office.zone)
            entries = try await mailbox.list(since: CivilDate(daysSince1970: contact.daysSince1970 - 1))
        }
        guard let first = entries.first?.uid else { return NewMail(entries: [], pastEnd: pastEnd) }
        let known = try await books.ledger { ledger in
            try ledger.known(account: account, folder: folder, uidValidity: status.uidValidity, from: first)
        }
        return NewMail(
            entries: entries.filter { !known.contains($0.uid) }, pastEnd: pastEnd, firstContact: firstContact)
    }

    // MARK: - One batch

    /// After a crash the messages that were being dealt with go one by one, until the guilty one is found: each counts an
    /// attempt only when its own turn comes, and nothing is read ahead.
    private func parted(
        _ new: [MailboxEntry], _ status: MailboxStatus
    ) async throws -> (suspects: [MailboxEntry], others: [MailboxEntry]) {
        let account = mailbox.account
        let attempted = try await books.ledger { ledger in try ledger.unfinishedAttempts(account: account) }
        return (
            new.filter { attempted[key($0.uid, status)] != nil }, new.filter { attempted[key($0.uid, status)] == nil }
        )
    }

    /// A batch that is archived and read.
    private struct ReadBatch: Sendable {
        let keys: [MessageKey]
        let mails: [LoggedMail]
        /// Messages that the batch was to hold; some may be gone.
        let size: Int
    }

    /// A batch whose attempts are counted.
    private struct BegunBatch: Sendable {
        let entries: [MailboxEntry]
        let keys: [MessageKey]
        let attempts: [MessageKey: Int]
    }

    private func begin(_ entries: [MailboxEntry]?, _ status: MailboxStatus) async throws -> BegunBatch? {
        guard let entries else { return nil }
        let keys = entries.map { key($0.uid, status) }
        let counts = try await books.ledger { ledger in try ledger.beginAttempts(keys) }
        return BegunBatch(
            entries: entries, keys: keys,
            attempts: Dictionary(zip(keys, counts), uniquingKeysWith: { first, _ in first }))
    }

    private func read(_ batch: BegunBatch?, _ silence: Silence) async throws -> ReadBatch? {
        guard let batch else { return nil }
        return try await forgiving(batch.keys) {
            let fetched = try await mailbox.fetch(
                batch.entries.map(\.uid),
                maximumBytes: (batch.entries.map(\.size).max() ?? 0) + IntakeLimits.sizeTolerance)
            let keys = Dictionary(batch.keys.map { ($0.uid, $0) }, uniquingKeysWith: { first, _ in first })
            let arrived = fetched.compactMap { message in
                keys[message.uid].map { key in
                    ArrivedMail(
                        key: key, received: message.received, bytes: message.bytes,
                        mayBeRead: batch.attempts[key, default: 1] <= limits.attempts,
                        isAnswered: !silence.covers(message))
                }
            }
            let mails = try await books.archive { [pipeline] archive in try pipeline.read(arrived, into: archive) }
            return ReadBatch(keys: batch.keys, mails: mails, size: batch.entries.count)
        }
    }

    /// - Returns: how many mails of the batch are in the ledger now.
    private func file(_ batch: ReadBatch) async throws -> Int {
        try await forgiving(batch.keys) {
            let filed = try await books.ledger { [pipeline, logger] ledger in
                try pipeline.file(batch.mails, into: ledger, logger: logger)
            }
            try await move(filed)
            return filed.count
        }
    }

    /// When the surroundings fail no message is to blame: its attempt does not count.
    private func forgiving<Value>(_ keys: [MessageKey], _ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch {
            try? await books.ledger { ledger in try ledger.forgiveAttempts(keys) }
            throw error
        }
    }

    // MARK: - Afterwards

    /// Moves what is recorded to the folder of its outcome, and tells the ledger so.
    private func move(_ mails: [FiledMail]) async throws {
        for destination in MailDestination.allCases {
            let there = mails.filter { $0.destination == destination }
            guard !there.isEmpty else { continue }
            try await mailbox.move(there.map(\.key.uid), to: MailboxFolder(destination))
            try await markMoved(there.map(\.id))
        }
    }

    private func markMoved(_ messages: [MessageRecord.ID]) async throws {
        try await books.ledger { ledger in try ledger.write { try $0.markMoved(messages) } }
    }

    /// A worker that ended between the ledger and the mailbox left messages where they were, and what a person admitted
    /// meanwhile lies in quarantine: they are moved now.
    private func settleMoves(_ status: MailboxStatus) async throws {
        let account = mailbox.account
        let folder = mailbox.folder
        let left = try await books.ledger { ledger in
            try ledger.read { try $0.messagesToMove(account: account) }
        }
        var here: [FiledMail] = []
        for record in left where record.message.key.folder == folder {
            let isNumberedSo = record.message.key.uidValidity == status.uidValidity
            if record.isAdmitted, try await release(record.message) || !isNumberedSo {
                try await markMoved([record.id])
            } else if isNumberedSo {
                let destination = record.message.outcome.destination
                here.append(FiledMail(id: record.id, key: record.message.key, destination: destination))
            }
        }
        try await move(here)
    }

    /// - Returns: whether an admitted mail is out of quarantine now. One that never got there lies in the folder.
    private func release(_ message: ReceivedMessage) async throws -> Bool {
        guard message.outcome.destination == .processed else { return false }
        let bytes = try await books.archive { archive in try archive.read(message.rawSHA256) }
        return try await mailbox.release(bytes, to: .processed)
    }

    private func key(_ uid: UID, _ status: MailboxStatus) -> MessageKey {
        MessageKey(account: mailbox.account, folder: mailbox.folder, uidValidity: status.uidValidity, uid: uid)
    }
}

/// What to do at the first contact with the mail that lies in the mailbox already.
package struct PastMail: Sendable {
    /// Mail from this day on is taken.
    package let since: CivilDate
    /// Whether it is answered; otherwise it is filed silently.
    package let isAnswered: Bool

    package init(since: CivilDate, isAnswered: Bool) {
        self.since = since
        self.isAnswered = isAnswered
    }
}

/// How much is taken at once.
package struct IntakeLimits: Sendable {
    /// After so many attempts a message goes to quarantine unread.
    package var attempts = 6
    /// Messages in one transaction.
    package var batchMessages = 50
    /// Bytes of messages in one transaction.
    package var batchBytes = 32 << 20
    /// Servers may count line ends otherwise than they send them.
    static let sizeTolerance = 64 << 10

    package init() {}

    /// Cuts a list into batches; a message beyond the batch's bytes is a batch of its own.
    func batches(_ entries: [MailboxEntry]) -> [[MailboxEntry]] {
        var batches: [[MailboxEntry]] = []
        var bytes = 0
        for entry in entries {
            if let last = batches.indices.last, batches[last].count < batchMessages, bytes + entry.size <= batchBytes {
                batches[last].append(entry)
                bytes += entry.size
            } else {
                batches.append([entry])
                bytes = entry.size
            }
        }
        return batches
    }
}

extension UID {
    /// Fails beyond 2^32 − 1: the folder is full.
    init?(exactly number: UInt64) {
        guard let number = UInt32(exactly: number) else { return nil }
        self.init(number)
    }
}

extension MailboxFolder {
    init(_ destination: MailDestination) {
        self =
            switch destination {
            case .processed: .processed
            case .quarantine: .quarantine
            }
    }
}
