import Campaign
import Foundation
import Intake
import Mail
import Notices
import Records
import Sheets
import Testing
import XLSForm

/// What goes back to a sender whose workbook must be corrected.
@Suite struct CorrectedWorkbookTests {
    /// The only workbook of a sample mail, bound and judged.
    private func corrected(_ sample: String, alone: Bool = true) throws -> (CorrectedWorkbook, [UInt8]) {
        let office = try SampleOffice.office.get()
        let folder = MailboxCase.repository.appending(path: "Mailbox/\(sample)")
        let mail = try MessageReader.read([UInt8](Data(contentsOf: folder.appending(path: "1.eml"))))
        let part = try #require(mail.attachments.first)
        let binder = Binder(forms: office.forms.definitions, tables: office.bindingTables)
        guard case .bound(let all) = binder.bind(try WorkbookReader.read(part.bytes)), let bound = all.first,
            let form = office.forms[bound.form]
        else { throw CocoaError(.fileReadCorruptFile) }
        let judgement = Judge.judge(
            bound, by: form,
            in: JudgingContext(
                received: Date(timeIntervalSince1970: 1_576_600_000), zone: office.zone, seed: [],
                snapshot: office.campaign.snapshot(accepted: [], on: CivilDate(daysSince1970: 18_247)), evidence: nil,
                unit: nil))
        return (
            try office.correctedWorkbook(
                bound, file: alone ? part.bytes : nil, judgement: judgement, receipt: Receipt("BC-2019-0042")),
            part.bytes
        )
    }

    @Test func isTheSendersOwn() throws {
        let (corrected, sent) = try corrected("003-nhieu-cho-can-sua")
        #expect(corrected.isSendersOwn)
        #expect(corrected.removed.isEmpty)
        let before = try WorkbookReader.read(sent)
        let after = try WorkbookReader.read(corrected.bytes)
        #expect(after.sheets.dropLast().map(\.name) == before.sheets.map(\.name))
        #expect(after.sheets.last?.name == "Cần sửa")
    }

    @Test func isANewOneWhereTheOwnCannotBeMarked() throws {
        let (old, _) = try corrected("030-opendocument")
        #expect(!old.isSendersOwn)
        #expect(try WorkbookReader.read(old.bytes).sheets.last?.name == "Cần sửa")
        // So is one of several forms in a file.
        #expect(try !corrected("003-nhieu-cho-can-sua", alone: false).0.isSendersOwn)
    }

    @Test(arguments: RemovedContent.allCases)
    func everythingLeftOutHasAName(_ content: RemovedContent) throws {
        let word = try SampleOffice.office.get().letters.word("removed.\(content.rawValue)")
        #expect(!word.isEmpty && !word.contains("removed"))
    }
}
