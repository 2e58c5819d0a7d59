import Foundation
import Ledger
import Mail
import Records
import Sheets
import Testing

/// What a unit is told of its nominations, beyond whether they are in order.
@Suite struct NominationLettersTests {
    private static let past = ["run", "--once", "--since", "1970-01-01", "--answer"]

    private static func nomination() throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: Repository.path("Mailbox/002-de-nghi-tai-tro-dat/1.eml"))))
    }

    private static func view<T>(_ office: MaildirOffice, _ body: (LedgerView) throws -> T) throws -> T {
        try Ledger.open(folder: office.scratch.path("data"), mode: .read).read(body)
    }

    @Test func theReceiptBringsTheCoverLetterWithTheUnitsList() throws {
        let office = try MaildirOffice()
        try office.deliver(Self.nomination(), daysLater: 90)
        #expect(try office.run(Self.past).status == 0)
        let notice = try #require(try Self.view(office) { try $0.outbox().first })
        #expect(notice.kind == .nominationReceipt)
        let mime = try #require(try Self.view(office) { try $0.mime(of: notice.id) })
        let part = try #require(try MessageReader.read(mime).attachments.first)
        let workbook = try WorkbookReader.read(part.bytes)
        let texts = workbook.sheets.flatMap(\.cells).compactMap { cell -> String? in
            if case .text(let text) = cell.value { text } else { nil }
        }
        let submission = try #require(try Self.view(office) { try $0.submissions().first })
        #expect(texts.contains(submission.receipt.description))
        #expect(texts.contains(submission.name))
        #expect(texts.contains("to_trinh"))
    }

    @Test func whatComesAfterTheStageHasClosedIsKeptForAPerson() throws {
        let office = try MaildirOffice()
        // 15 May 2020 is the stage's last day.
        for days in [148.0, 149] {
            try office.deliver(Self.nomination(), daysLater: days)
            #expect(try office.run(Self.past).status == 0)
        }
        #expect(try Self.view(office) { try $0.outbox().map(\.kind) } == [.nominationReceipt, .evidenceAdded])

        let late = try MaildirOffice()
        try late.deliver(Self.nomination(), daysLater: 149)
        #expect(try late.run(Self.past).status == 0)
        #expect(try Self.view(late) { try $0.outbox().map(\.kind) } == [.stageClosed])
        let submission = try #require(try Self.view(late) { try $0.submissions().first })
        #expect(try Self.view(late) { try $0.filedRevision(of: submission.id) } == nil)
        #expect(try Self.view(late) { try $0.newestRevision(of: submission.id)?.standing } == .waiting)
        #expect(try Self.view(late) { try $0.dossier(of: submission.id)?.flag.contains("closed") } == true)
    }

    @Test func aWishToWithdrawIsShownToTheReviewer() throws {
        let office = try MaildirOffice()
        try office.deliver(Self.nomination(), daysLater: 90)
        #expect(try office.run(Self.past).status == 0)
        let submission = try #require(try Self.view(office) { try $0.submissions().first })
        let sender = try #require(try Self.view(office) { try $0.messages().first?.message.sender })
        let question = try Repository.text("Mailbox/013-khong-tep/1.eml")
        func ask(from address: String, _ id: String) throws {
            let mail = question.replacing("xuanloc@canloc.example", with: address)
                .replacing("=?utf-8?b?SOG7j2kgduG7gSBiw6FvIGPDoW8=?=", with: "Rut ho so \(submission.receipt)")
                .replacing("20191210090000.54812754", with: id)
            try office.deliver(Array(mail.utf8), daysLater: 91)
            #expect(try office.run(Self.past).status == 0)
        }
        // Another unit cannot.
        try ask(from: "xuanloc@canloc.example", "other")
        #expect(try Self.view(office) { try $0.dossier(of: submission.id)?.flag } == "")
        try ask(from: sender, "own")
        let dossier = try #require(try Self.view(office) { try $0.dossier(of: submission.id) })
        #expect(dossier.flag.contains("withdraw"))
        // A person decides.
        #expect(dossier.state == .queued)
    }
}
