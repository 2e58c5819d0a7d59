import Foundation
import Intake
import Ledger
import Logging
import Mail
import Records
import Testing

/// What depends on more than the mails of a case: frozen figures, earlier awards, the size of a mail.
@Suite struct CircumstancesTests {
    /// A ledger that mails of the sample mailbox are filed into.
    private final class Desk {
        let folder = FileManager.default.temporaryDirectory.appending(path: "formpost-\(UUID().uuidString)")
        let ledger: Ledger
        let archive: Archive
        private var count: UInt32 = 0

        init() throws {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            ledger = try Ledger.open(folder: folder.path, mode: .work)
            archive = try Archive(folder: folder.path)
        }

        deinit { try? FileManager.default.removeItem(at: folder) }

        /// Files a mail of a case, and tells the findings of the revision that it brought, as `severity code`.
        func file(_ name: String, _ number: Int = 1, through pipeline: Pipeline? = nil) throws -> [String] {
            let path = MailboxCase.repository.appending(path: "Mailbox/\(name)/\(number).eml")
            let bytes = [UInt8](try Data(contentsOf: path))
            count += 1
            let key = MessageKey(
                account: "mau", folder: "INBOX", uidValidity: try #require(UIDValidity(1)),
                uid: try #require(UID(count)))
            let received = try #require(try MessageReader.read(bytes).date)
            let filed = try (pipeline ?? SampleOffice.pipeline()).run(
                [ArrivedMail(key: key, received: received, bytes: bytes)], ledger: ledger, archive: archive,
                logger: Logger(label: "test"))
            let message = try #require(filed.first?.id)
            return try ledger.read { stored in
                try stored.submissions().flatMap { try stored.revisions(of: $0.id) }
                    .filter { $0.workbook.message == message }.flatMap(\.workbook.verdict.findings)
                    .map { "\($0.severity) \($0.code)" }
            }
        }
    }

    /// `submission.frozen`
    @Test func aRevisionOfFrozenFiguresWaits() throws {
        let desk = try Desk()
        #expect(try !desk.file("051-sua-bao-cao-cu-theo-so").contains("review \(FindingCode.submissionFrozen)"))
        try desk.ledger.write {
            try $0.freeze(
                form: "bao_cao_xa", period: "2018", by: "tuan", document: "Báo cáo số 12/BC-NV",
                at: Date(timeIntervalSince1970: 1_547_539_200))
        }
        #expect(try desk.file("051-sua-bao-cao-cu-theo-so", 2).contains("review \(FindingCode.submissionFrozen)"))
        let standings = try desk.ledger.read { stored in
            try stored.submissions().flatMap { try stored.revisions(of: $0.id) }.map(\.standing)
        }
        #expect(standings == [.filed, .waiting])
    }

    /// `nominee.before`: a household that was awarded at the mid-term stage is nominated again at the end.
    @Test(arguments: [DossierState.awardedByDistrict, .declined])
    func anEarlierAwardIsShownToTheReviewer(state: DossierState) throws {
        let desk = try Desk()
        #expect(try desk.file("032-so-ket-ho").isEmpty)
        try desk.ledger.write { transaction in
            for submission in try transaction.stored.submissions() {
                try transaction.moveDossier(
                    of: submission, to: state, by: "tuan", reason: "Quyết định số 2215/QĐ-UBND",
                    at: Date(timeIntervalSince1970: 1_545_000_000))
            }
        }
        let found = try desk.file("059-tong-ket-ho")
        #expect(found == (state == .awardedByDistrict ? ["review \(FindingCode.nomineeBefore)"] : []))
        let told = try desk.ledger.read { stored in
            try stored.submissions().flatMap { try stored.revisions(of: $0.id) }.flatMap(\.workbook.verdict.findings)
                .compactMap { $0.arguments["decision"] }
        }
        #expect(told == (found.isEmpty ? [] : ["Quyết định số 2215/QĐ-UBND"]))
    }

    /// `file.tooLarge`: of a mail beyond the limit only the header is read.
    @Test func aMailBeyondTheLimitIsAnswered() throws {
        let desk = try Desk()
        let office = try SampleOffice.office.get()
        let pipeline = Pipeline(
            office: office,
            reader: MailReading(
                MailReading.Rules(
                    trust: SenderTrust(settings: .authservID("mx.canloc.example", trustedHost: "mx.canloc.example")),
                    automaticMail: AutomaticMail(ownAddresses: ["noivu@canloc.example"]),
                    forms: office.forms.definitions, tables: office.bindingTables, maximumBytes: 10_000)),
            now: { Date(timeIntervalSince1970: 1_586_000_000) })
        #expect(try desk.file("001-bao-cao-dat", through: pipeline).isEmpty)
        let message = try #require(try desk.ledger.read { try $0.messages().first })
        #expect(message.message.reason == FindingCode.fileTooLarge.rawValue)
        #expect(try desk.ledger.read { try $0.outbox().map(\.kind) } == [.unreadable])
    }
}
