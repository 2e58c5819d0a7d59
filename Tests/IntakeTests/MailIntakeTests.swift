import Foundation
import Intake
import Ledger
import Logging
import Mail
import Records
import Support
import Testing

/// Taking mail out of a mailbox: first contact, what is known, what fails, what is moved.
@Suite struct MailIntakeTests {
    @Test func theFirstContactLeavesOldMailAlone() async throws {
        let desk = try Desk(mails: 3)
        defer { desk.remove() }
        #expect(try await desk.intake().takeIn() == 0)
        await desk.mailbox.add(4, Desk.question(4))
        #expect(try await desk.intake().takeIn() == 1)
        #expect(try desk.messageIDs() == ["4@thienloc.example"])
    }

    @Test(arguments: [true, false])
    func olderMailIsTakenSilentlyUnlessToldToAnswer(isAnswered: Bool) async throws {
        let desk = try Desk(mails: 2)
        defer { desk.remove() }
        let since = try #require(CivilDate(year: 2016, month: 1, day: 1))
        let taken = try await desk.intake().takeIn(past: PastMail(since: since, isAnswered: isAnswered))
        #expect(taken == 2)
        // Both mails begin threads of their own, and each is told once that there was no workbook.
        #expect(try desk.ledger.read { try $0.outbox().count } == (isAnswered ? 2 : 0))
    }

    /// A worker that was started with `--since` goes on with what arrives.
    @Test func whatArrivesLaterIsAnsweredThoughThePastIsNot() async throws {
        let desk = try Desk(mails: 2)
        defer { desk.remove() }
        let past = try desk.past(isAnswered: false)
        #expect(try await desk.intake().takeIn(past: past) == 2)
        await desk.mailbox.add(3, Desk.question(3))
        #expect(try await desk.intake().takeIn(past: past) == 1)
        #expect(try desk.ledger.read { try $0.outbox().count } == 1)
    }

    /// Whoever has made the first contact without `--since` may think better of it.
    @Test func thePastMayBeTakenAfterTheFirstContact() async throws {
        let desk = try Desk(mails: 2)
        defer { desk.remove() }
        #expect(try await desk.intake().takeIn() == 0)
        await desk.mailbox.add(3, Desk.question(3))
        #expect(try await desk.intake().takeIn(past: try desk.past(isAnswered: false)) == 3)
        #expect(try desk.messageIDs().sorted() == (1...3).map { "\($0)@thienloc.example" })
        #expect(try desk.ledger.read { try $0.outbox().count } == 1)
        #expect(try await desk.intake().takeIn(past: try desk.past()) == 0)
    }

    @Test func aSecondLookFindsNothingNew() async throws {
        let desk = try Desk(mails: 2)
        defer { desk.remove() }
        let past = try desk.past()
        #expect(try await desk.intake().takeIn(past: past) == 2)
        #expect(try await desk.intake().takeIn(past: past) == 0)
        #expect(await desk.mailbox.moved == [1: .processed, 2: .processed])
    }

    @Test func mailIsKnownByItsBytesWhenTheServerNumbersAnew() async throws {
        let desk = try Desk(mails: 2)
        defer { desk.remove() }
        #expect(try await desk.intake().takeIn(past: try desk.past()) == 2)
        let answers = try desk.ledger.read { try $0.outbox().count }
        await desk.mailbox.restore(
            validity: 2, mails: [7: Desk.question(1), 8: Desk.question(2), 9: Desk.question(3)], late: [9])
        #expect(try await desk.intake().takeIn() == 3)
        let outcomes = try desk.ledger.read { try $0.messages().map(\.message.outcome) }
        #expect(outcomes.filter { $0 == .repeated }.count == 2)
        #expect(try desk.ledger.read { try $0.outbox().count } == answers + 1)
    }

    @Test func whatLayThereBeforeTheFirstContactIsNotAnsweredWhenTheServerNumbersAnew() async throws {
        let desk = try Desk(mails: 2)
        defer { desk.remove() }
        #expect(try await desk.intake().takeIn() == 0)
        await desk.mailbox.restore(
            validity: 2, mails: [7: Desk.question(1), 8: Desk.question(2), 9: Desk.question(3)], late: [9])
        #expect(try await desk.intake().takeIn() == 3)
        #expect(try desk.ledger.read { try $0.outbox().count } == 1)
        #expect(try await desk.intake().takeIn() == 0)
    }

    @Test func mailThatAPersonDragsBackIsProcessedAgain() async throws {
        let desk = try Desk(mails: 1)
        defer { desk.remove() }
        #expect(try await desk.intake().takeIn(past: try desk.past()) == 1)
        await desk.mailbox.add(2, Desk.question(1))
        #expect(try await desk.intake().takeIn() == 1)
        #expect(try desk.ledger.read { try $0.messages().map(\.message.outcome) } == [.question, .question])
    }

    @Test func aMessageThatWasAttemptedTooOftenGoesToQuarantineUnread() async throws {
        let desk = try Desk(mails: 2)
        defer { desk.remove() }
        let guilty = desk.key(1)
        for _ in 0..<IntakeLimits().attempts { _ = try desk.ledger.beginAttempts([guilty]) }
        #expect(try await desk.intake().takeIn(past: try desk.past()) == 2)
        #expect(await desk.mailbox.moved == [1: .quarantine, 2: .processed])
        let record = try desk.ledger.read { try $0.message(guilty) }
        #expect(record?.message.outcome == .quarantined)
        // Nothing is lost: the raw mail is in the archive.
        #expect(try desk.archive.read(try #require(record).message.rawSHA256) == Desk.question(1))
    }

    @Test func anUnverifiedMailWaitsAndIsAnsweredOnceAPersonAdmitsIt() async throws {
        let desk = try Desk(mails: 1)
        defer { desk.remove() }
        let trust = SenderTrust(settings: .authservID("mx.canloc.example", trustedHost: "mx.canloc.example"))
        #expect(try await desk.intake(trust: trust).takeIn(past: try desk.past()) == 1)
        let waiting = try #require(try desk.ledger.read { try $0.message(desk.key(1)) })
        #expect(waiting.message.outcome == .unverified)
        let bytes = try desk.archive.read(waiting.message.rawSHA256)
        let filed = try SampleOffice.pipeline(trust: trust).admit(waiting, bytes: bytes, ledger: desk.ledger)
        #expect(filed.id == waiting.id)
        let admitted = try desk.ledger.read { try $0.message(waiting.id) }
        #expect(admitted?.message.outcome == .question)
        #expect(admitted?.message.received == waiting.message.received)
        #expect(try desk.ledger.read { try $0.outbox().map(\.kind) } == [.unverified, .noWorkbook])
    }

    /// The command has no mailbox: the worker's next look moves what was admitted, wherever it lies, and takes nothing in
    /// again.
    @Test(arguments: [false, true], [1, 2] as [UInt32])
    func anAdmittedMailLeavesQuarantine(neverGotThere: Bool, validity: UInt32) async throws {
        let desk = try Desk(mails: 2)
        defer { desk.remove() }
        let trust = SenderTrust(settings: .authservID("mx.canloc.example", trustedHost: "mx.canloc.example"))
        if neverGotThere { await desk.mailbox.fail(moves: 1) }
        _ = try? await desk.intake(trust: trust).takeIn(past: try desk.past())
        #expect(await desk.mailbox.moved == (neverGotThere ? [:] : [1: .quarantine, 2: .quarantine]))
        let waiting = try #require(try desk.ledger.read { try $0.message(desk.key(2)) })
        _ = try SampleOffice.pipeline(trust: trust).admit(waiting, bytes: Desk.question(2), ledger: desk.ledger)
        if validity != 1 { await desk.mailbox.restore(validity: validity, mails: [:], late: []) }
        for _ in 0..<2 { #expect(try await desk.intake(trust: trust).takeIn(past: try desk.past()) == 0) }
        let isGone = neverGotThere && validity != 1
        #expect(await desk.mailbox.moved == (isGone ? [:] : [1: .quarantine, 2: .processed]))
        #expect(try desk.ledger.read { try $0.message(waiting.id) }?.isMoved == true)
        #expect(try desk.ledger.read { try $0.messages().count } == 2)
    }

    @Test func aMailThatCannotBeReadIsKeptAndTheOthersGoOn() async throws {
        let desk = try Desk(mails: 0)
        defer { desk.remove() }
        await desk.mailbox.add(1, Array("no header at all".utf8))
        await desk.mailbox.add(2, Desk.question(2))
        #expect(try await desk.intake().takeIn(past: try desk.past()) == 2)
        #expect(await desk.mailbox.moved == [1: .quarantine, 2: .processed])
    }

    /// The breaker: beyond an hour's number letters wait, and none is lost.
    @Test func moreThanAnHoursLettersWait() async throws {
        let desk = try Desk(mails: 3)
        defer { desk.remove() }
        var limits = AnswerLimits()
        limits.noticesPerHour = 2
        #expect(try await desk.intake(limits: limits).takeIn(past: try desk.past()) == 3)
        #expect(try desk.ledger.read { try $0.outbox().map(\.state) } == [.pending, .pending, .held])
    }

    @Test func onlyTheMailThatEndsItsReaderGoesToQuarantine() async throws {
        let desk = try Desk(mails: 3)
        defer { desk.remove() }
        let reader = try TroubledReader { bytes in
            guard bytes == Desk.question(2) else { return nil }
            return .failure(.readerEnded("signal 11"))
        }
        #expect(try await desk.intake(reader: reader).takeIn(past: try desk.past()) == 3)
        #expect(await desk.mailbox.moved == [1: .processed, 2: .quarantine, 3: .processed])
        let reasons = try desk.ledger.read { try $0.messages().map(\.message.reason) }
        #expect(reasons.filter { $0.contains("signal 11") }.count == 1)
    }

    @Test func aReaderThatDoesNotStartCountsAgainstNoMessage() async throws {
        let desk = try Desk(mails: 2)
        defer { desk.remove() }
        let reader = try TroubledReader { _ in throw ReaderTrouble(description: "told to") }
        await #expect(throws: ReaderTrouble.self) {
            try await desk.intake(reader: reader).takeIn(past: try desk.past())
        }
        #expect(try desk.ledger.unfinishedAttempts(account: "test").isEmpty)
        #expect(try await desk.intake().takeIn(past: try desk.past()) == 2)
    }

    @Test func aFailingServerCountsAgainstNoMessage() async throws {
        let desk = try Desk(mails: 2)
        defer { desk.remove() }
        await desk.mailbox.fail(fetches: 5)
        for _ in 0..<5 {
            await #expect(throws: MailboxError.self) { try await desk.intake().takeIn(past: try desk.past()) }
        }
        #expect(try desk.ledger.unfinishedAttempts(account: "test").isEmpty)
        #expect(try await desk.intake().takeIn(past: try desk.past()) == 2)
        #expect(await desk.mailbox.moved == [1: .processed, 2: .processed])
    }

    @Test func whatTheLastWorkerLeftInPlaceIsMovedAtTheNextStart() async throws {
        let desk = try Desk(mails: 2)
        defer { desk.remove() }
        await desk.mailbox.fail(moves: 1)
        await #expect(throws: MailboxError.self) { try await desk.intake().takeIn(past: try desk.past()) }
        #expect(try desk.ledger.read { try $0.messages().count } == 2)
        #expect(await desk.mailbox.moved.isEmpty)
        #expect(try await desk.intake().takeIn(past: try desk.past()) == 0)
        #expect(await desk.mailbox.moved == [1: .processed, 2: .processed])
        #expect(try desk.ledger.read { try $0.outbox().count } == 2)
    }
}

/// Reads as the worker does, but for what it is told.
private struct TroubledReader: MailReader {
    private let trouble: @Sendable ([UInt8]) throws -> Result<ReadMail, MailTrouble>?
    private let sound: MailReading

    init(_ trouble: @escaping @Sendable ([UInt8]) throws -> Result<ReadMail, MailTrouble>?) throws {
        self.trouble = trouble
        sound = MailReading(
            MailReading.Rules(
                trust: SenderTrust(settings: .trustedServer), automaticMail: AutomaticMail(), forms: [],
                tables: ReferenceSnapshot(), maximumBytes: 1 << 20))
    }

    func read(_ bytes: [UInt8]) throws -> Result<ReadMail, MailTrouble> {
        try trouble(bytes) ?? sound.read(bytes)
    }
}

/// A worker's desk: a mailbox in memory, a ledger and an archive in a folder of their own.
private struct Desk {
    let folder: URL
    let ledger: Ledger
    let archive: Archive
    let mailbox: MemoryMailbox

    init(mails: UInt32) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "formpost-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        ledger = try Ledger.open(folder: folder.path, mode: .work)
        archive = try Archive(folder: folder.path)
        let all = mails == 0 ? [:] : Dictionary(uniqueKeysWithValues: (1...mails).map { ($0, Self.question($0)) })
        mailbox = MemoryMailbox(all)
    }

    func remove() {
        try? ledger.close()
        try? FileManager.default.removeItem(at: folder)
    }

    func intake(
        trust: SenderTrust = SenderTrust(settings: .trustedServer), reader: (any MailReader)? = nil,
        limits: AnswerLimits? = nil
    ) throws -> MailIntake {
        MailIntake(
            mailbox: mailbox, books: Books(ledger: ledger, archive: archive),
            pipeline: try SampleOffice.pipeline(trust: trust, reader: reader, limits: limits), limits: IntakeLimits(),
            logger: Logger(label: "test"))
    }

    func past(isAnswered: Bool = true) throws -> PastMail {
        guard let since = CivilDate(year: 2016, month: 1, day: 1) else { throw CocoaError(.formatting) }
        return PastMail(since: since, isAnswered: isAnswered)
    }

    func key(_ uid: UInt32) -> MessageKey {
        guard let validity = UIDValidity(1), let uid = UID(uid) else { preconditionFailure("1 is a UID") }
        return MessageKey(account: "test", folder: "INBOX", uidValidity: validity, uid: uid)
    }

    func messageIDs() throws -> [String] {
        try ledger.read { try $0.messages().map(\.message.messageID) }
    }

    /// A mail of a listed sender without a workbook.
    static func question(_ number: UInt32) -> [UInt8] {
        var mail = MessageBuilder(from: "thienloc@canloc.example")
        mail.messageID = "\(number)@thienloc.example"
        return mail.bytes()
    }
}

/// A folder that lives in memory and fails when it is told to.
private actor MemoryMailbox: Mailbox {
    nonisolated let account = "test"
    nonisolated let folder = "INBOX"
    private var mails: [UInt32: [UInt8]]
    private var validity: UInt32 = 1
    private var next: UInt32
    private var late: Set<UInt32> = []
    private var failingFetches = 0
    private var failingMoves = 0
    private(set) var moved: [UInt32: MailboxFolder] = [:]
    private var quarantine: [UInt32: [UInt8]] = [:]

    init(_ mails: [UInt32: [UInt8]]) {
        self.mails = mails
        next = (mails.keys.max() ?? 0) + 1
    }

    func add(_ uid: UInt32, _ bytes: [UInt8]) {
        mails[uid] = bytes
        next = max(next, uid + 1)
    }

    /// - Parameter late: the UIDs of what arrived after the pipeline's own time.
    func restore(validity: UInt32, mails: [UInt32: [UInt8]], late: Set<UInt32>) {
        self.validity = validity
        self.late = late
        self.mails = mails
        next = (mails.keys.max() ?? 0) + 1
    }

    func fail(fetches: Int = 0, moves: Int = 0) {
        failingFetches = fetches
        failingMoves = moves
    }

    func open() throws(MailboxError) -> MailboxStatus {
        guard let validity = UIDValidity(validity), let next = UID(next) else { throw .refused("no UID is left") }
        return MailboxStatus(uidValidity: validity, uidNext: next, exists: mails.count)
    }

    func list(from first: UID) -> [MailboxEntry] {
        mails.sorted { $0.key < $1.key }.compactMap { uid, bytes in
            UID(uid).flatMap { $0 < first ? nil : MailboxEntry(uid: $0, size: bytes.count) }
        }
    }

    func list(since day: CivilDate) throws(MailboxError) -> [MailboxEntry] {
        guard let first = UID(1) else { return [] }
        return list(from: first)
    }

    func fetch(_ uids: [UID], maximumBytes: Int) throws(MailboxError) -> [FetchedMessage] {
        if failingFetches > 0 {
            failingFetches -= 1
            throw .lost("told to")
        }
        return uids.compactMap { uid in
            let received = Date(timeIntervalSince1970: late.contains(uid.rawValue) ? 1_586_100_000 : 1_576_663_200)
            return mails[uid.rawValue].map { FetchedMessage(uid: uid, received: received, bytes: $0) }
        }
    }

    func move(_ uids: [UID], to folder: MailboxFolder) throws(MailboxError) {
        if failingMoves > 0 {
            failingMoves -= 1
            throw .lost("told to")
        }
        for uid in uids.map(\.rawValue) {
            guard let bytes = mails.removeValue(forKey: uid) else { continue }
            moved[uid] = folder
            if folder == .quarantine { quarantine[uid] = bytes }
        }
    }

    func release(_ bytes: [UInt8], to folder: MailboxFolder) throws(MailboxError) -> Bool {
        guard let uid = quarantine.first(where: { $0.value == bytes })?.key else { return false }
        quarantine[uid] = nil
        moved[uid] = folder
        return true
    }

    func close() {}
}
