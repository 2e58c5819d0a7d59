import Campaign
package import Foundation
package import Ledger
import Notices
import Records
import Synchronization

/// What the worker looks after beside the mail: the day's digest, and the alarm when something has stopped.
package final class HouseWatch: Sendable {
    private let technicalContact: String
    private let accounts: [String]
    private let space: @Sendable () -> Space?
    /// What the servers said last, by account, while they cannot be used.
    private let troubles = Mutex<[String: String]>([:])

    /// Room on the disk of the data folder, in bytes.
    package struct Space: Sendable {
        let folder: String
        let free: UInt64
        let size: UInt64

        package init(folder: String, free: UInt64, size: UInt64) {
            self.folder = folder
            self.free = free
            self.size = size
        }
    }

    /// - Parameters:
    ///   - technicalContact: who is told; empty: nobody.
    ///   - space: nil when the system does not tell.
    package init(technicalContact: String, accounts: [String], space: @escaping @Sendable () -> Space?) {
        self.technicalContact = technicalContact
        self.accounts = accounts
        self.space = space
    }

    func failed(_ account: String, _ words: String) { troubles.withLock { $0[account] = words } }
    func recovered(_ account: String) { troubles.withLock { $0[account] = nil } }

    /// Writes what is due now into the outbox.
    package func look(_ ledger: Ledger, _ office: Office, at now: Date) throws {
        if try ledger.read({ try $0.check(.start) }) == nil {
            try ledger.write { try $0.noteCheck(.start, at: now) }
        }
        try digest(ledger, office, at: now)
        try alarm(ledger, office, at: now)
    }

    private func digest(_ ledger: Ledger, _ office: Office, at now: Date) throws {
        guard let span = office.digestSpan(at: now) else { return }
        let isWritten = try ledger.read { stored in
            try stored.newestNotice(.dailyDigest).map { $0.created >= span.upperBound } ?? false
        }
        if isWritten { return }
        let figures = try ledger.read { try $0.dayFigures(since: span.lowerBound, until: span.upperBound) }
        guard figures.isEventful else { return }
        try ledger.write { transaction in
            _ = try CampaignLetters(office: office, transaction: transaction, now: now).digest(figures, span)
        }
    }

    // MARK: - Alarm

    /// The longest that a mailbox may go unseen.
    private static let mailboxPatience: TimeInterval = 3600
    private static let backupPatience: TimeInterval = 86_400
    /// At most one alarm in so long.
    private static let interval: TimeInterval = 3600
    private static let leastFree = 0.1

    private func alarm(_ ledger: Ledger, _ office: Office, at now: Date) throws {
        guard !technicalContact.isEmpty else { return }
        let items = try ledger.read { try self.troubles($0, at: now) }
        guard !items.isEmpty else { return }
        let newest = try ledger.read { try $0.newestNotice(.technicalAlarm)?.created }
        if let newest, now.timeIntervalSince(newest) < Self.interval { return }
        try ledger.write { transaction in
            _ = try CampaignLetters(office: office, transaction: transaction, now: now)
                .alarm(TechnicalAlarm(items: items), to: technicalContact)
        }
    }

    /// What has stopped.
    private func troubles(_ stored: LedgerView, at now: Date) throws -> [TechnicalAlarm.Item] {
        let words = troubles.withLock { $0 }
        let start = try stored.check(.start)
        var items: [TechnicalAlarm.Item] = []
        /// Without a good check ever, the patience begins with the worker's first start.
        func isOver(_ last: Date?, _ patience: TimeInterval) -> Bool {
            (last ?? start).map { now.timeIntervalSince($0) > patience } ?? false
        }
        for account in accounts {
            let last = try stored.check(.mailbox(account: account))
            guard isOver(last, Self.mailboxPatience) else { continue }
            items.append(.init(trouble: .mailbox, subject: account, since: last, detail: words[account] ?? ""))
        }
        if let space = space(), space.size > 0, Double(space.free) < Self.leastFree * Double(space.size) {
            items.append(
                .init(
                    trouble: .disk, subject: space.folder, since: nil,
                    detail: "\(space.free >> 20) MB / \(space.size >> 20) MB"))
        }
        let backup = try stored.check(.backup)
        if isOver(backup, Self.backupPatience) {
            items.append(.init(trouble: .backup, subject: "", since: backup, detail: ""))
        }
        return items
    }
}

extension Office {
    /// What the newest digest that may be written by now is about: from the digest hour of the working day before to that of
    /// today; nil on other days and earlier in the day.
    func digestSpan(at now: Date) -> Range<Date>? {
        let today = CivilDate(now, in: zone)
        guard campaign.plan.isWorkingDay(today) else { return nil }
        let end = campaign.plan.digestTime(on: today, in: zone)
        guard now >= end else { return nil }
        let earlier = (1...366).lazy.map { CivilDate(daysSince1970: today.daysSince1970 - $0) }
        let before = earlier.first { campaign.plan.isWorkingDay($0) } ?? today
        return campaign.plan.digestTime(on: before, in: zone)..<end
    }
}
