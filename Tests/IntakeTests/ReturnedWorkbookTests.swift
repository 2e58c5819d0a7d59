import Foundation
import Intake
import Ledger
import Logging
import Mail
import Records
import Sheets
import Support
import Testing
import Zip

/// What the letter about a standard that is not met brings back.
@Suite struct ReturnedWorkbookTests {
    /// Mails the workbook of a sample whose standard is not met.
    /// - Returns: what the reply brings back.
    private func returned(_ change: ([UInt8]) throws -> [UInt8]) throws -> (sent: [UInt8], returned: MessagePart) {
        let path = MailboxCase.repository.appending(path: "Mailbox/006-chua-dap-ung/1.eml")
        let sample = try MessageReader.read([UInt8](Data(contentsOf: path)))
        let own = try #require(sample.attachments.first { $0.kind == .xlsx })
        let sent = try change(own.bytes)
        let folder = FileManager.default.temporaryDirectory.appending(path: "formpost-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let ledger = try Ledger.open(folder: folder.path, mode: .work)
        let mail = MessageBuilder(
            from: try #require(sample.from.first).address, attaching: [.init("ho so.xlsx", sent)])
        let key = MessageKey(
            account: "mau", folder: "INBOX", uidValidity: try #require(UIDValidity(1)), uid: try #require(UID(1)))
        _ = try SampleOffice.pipeline(trust: SenderTrust(settings: .trustedServer)).run(
            [ArrivedMail(key: key, received: try #require(sample.date), bytes: mail.bytes())], ledger: ledger,
            archive: try Archive(folder: folder.path), logger: Logger(label: "test"))
        let notice = try #require(try ledger.read { try $0.outbox().first })
        #expect(notice.kind == .standardNotMet)
        let reply = try MessageReader.read(try #require(try ledger.read { try $0.mime(of: notice.id) }))
        try ledger.close()
        return (sent, try #require(reply.attachments.first))
    }

    @Test func isTheSendersOwnAsItWas() throws {
        let (sent, returned) = try returned { $0 }
        #expect(returned.bytes == sent)
    }

    @Test func bringsNoMacrosBack() throws {
        let (_, returned) = try returned { bytes in
            let archive = try ZipArchive(bytes)
            var zip = ZipWriter()
            for entry in archive.entries {
                var content = try archive.read(entry)
                if entry.name == "[Content_Types].xml" {
                    content = Array(
                        String(decoding: content, as: UTF8.self)
                            .replacing(
                                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                                with: "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
                            ).utf8)
                }
                zip.add(entry.name, content)
            }
            zip.add("xl/vbaProject.bin", Array("macro".utf8))
            return try zip.finish()
        }
        #expect(returned.kind == .xlsx)
        #expect(try !ZipArchive(returned.bytes).entries.contains { $0.name.contains("vbaProject") })
        #expect(returned.filename == "ho so_can-sua.xlsx")
    }
}
