import Foundation
import Ledger
import Logging
import Mail
import Records
import Sheets
import Support
import Testing

@testable import Intake
@testable import XLSForm

/// What a unit writes beside a remark in the sheet that came back to it is read: it is not asked again, the office sees why.
@Suite struct ExplanationTests {
    private static let words = "Đúng là 45 triệu đồng, ghi theo triệu"

    /// The workbook of a case whose only finding is a remark, with or without the unit's explanation.
    private func workbook(explained: Bool, _ office: Office) throws -> [UInt8] {
        let sample = try #require(FormCase.all.first { $0.sample.name == "help written in millions" })
        let form = try #require(office.forms.current(sample.form))
        let filled = try WorkbookReader.read(try sample.workbook(form.definition, in: office))
        guard
            case .bound(let all) = Binder(forms: office.forms.definitions, tables: office.bindingTables).bind(filled),
            let bound = all.first
        else { throw FormCase.Failure.notBound }
        let remarks = try sample.verdict(in: office).findings.filter { $0.severity == .warning && $0.code == .rule }
        #expect(!remarks.isEmpty)
        let context = BlankWorkbook(
            form: form.definition, unit: UnitCode("ldtbxh"), period: nil, stage: "tong_ket_2020"
        ).context(office.campaign)
        var draft = EntryWorkbook.filled(form.definition, bound: bound, context: context)
        draft.sheets.append(
            EntryWorkbook.marking(
                form.definition, bound: bound, findings: remarks.map { MarkedFinding($0, found: "x", todo: "y") },
                context: context, in: .filled
            ).list)
        guard explained else { return try WorkbookWriter.write(draft) }
        let last = draft.sheets.count - 1
        let rows = draft.sheets[last].cells.compactMap { cell -> Int? in
            guard case .text(let text) = cell.value, text.hasPrefix(CorrectionSheet.tagPrefix) else { return nil }
            return text.contains("receipt|") ? nil : cell.row
        }
        #expect(rows.count == remarks.count)
        draft.sheets[last].cells = draft.sheets[last].cells.map { cell in
            guard rows.contains(cell.row), cell.column == CorrectionSheet.explanationColumn else { return cell }
            return CellDraft(row: cell.row, column: cell.column, value: .text(Self.words), style: cell.style)
        }
        return try WorkbookWriter.write(draft)
    }

    /// Mails the workbook, and tells the newest findings of its rules, the notes and the reply.
    private func mailed(explained: Bool) throws -> (findings: [Finding], notes: [String], reply: String) {
        let office = try SampleOffice.office.get()
        let folder = FileManager.default.temporaryDirectory.appending(path: "formpost-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let ledger = try Ledger.open(folder: folder.path, mode: .work)
        var mail = MessageBuilder(
            from: "ldtbxh@canloc.example",
            attaching: [.init("ho so.xlsx", try workbook(explained: explained, office))])
        mail.trace = [
            (
                "Authentication-Results",
                "mx.canloc.example; dmarc=pass header.from=canloc.example; dkim=pass header.d=canloc.example"
            ),
            (
                "Received",
                "from mail.canloc.example (mail.canloc.example [192.0.2.25]) by mx.canloc.example with ESMTPS id 4Zx0aB;"
                    + " Fri, 20 Mar 2020 09:00:00 +0700"
            ),
        ]
        let day = try #require(CivilDate(iso8601: "2020-03-20"))
        let key = MessageKey(
            account: "mau", folder: "INBOX", uidValidity: try #require(UIDValidity(1)), uid: try #require(UID(1)))
        let received = Date(timeIntervalSince1970: Double(day.daysSince1970 * 86_400 + 2 * 3600))
        _ = try SampleOffice.pipeline().run(
            [ArrivedMail(key: key, received: received, bytes: mail.bytes())], ledger: ledger,
            archive: try Archive(folder: folder.path), logger: Logger(label: "test"))
        let submission = try #require(try ledger.read { try $0.submissions().first })
        let newest = try #require(try ledger.read { try $0.newestRevision(of: submission.id) })
        let notes = try ledger.read { try $0.remarks(on: submission.receipt.description) }.map(\.words)
        let reply = try ledger.read { stored in
            try stored.outbox().last.map { try MessageReader.read(try stored.mime(of: $0.id) ?? []).text } ?? ""
        }
        try ledger.close()
        return (newest.workbook.verdict.findings.filter { $0.code == .rule }, notes, reply)
    }

    @Test func anExplainedRemarkIsShownToTheReviewerAndNotRepeated() throws {
        let before = try mailed(explained: false)
        #expect(before.findings.contains { $0.severity == .warning })
        #expect(before.notes.isEmpty)
        #expect(before.reply.contains("Giá trị hỗ trợ"))
        let after = try mailed(explained: true)
        #expect(!after.findings.contains { $0.severity == .warning })
        #expect(after.findings.contains { $0.severity == .review && $0.arguments["explanation"] == Self.words })
        #expect(after.notes.count == 1 && after.notes.allSatisfy { $0.contains(Self.words) })
        #expect(!after.reply.contains("Giá trị hỗ trợ"))
    }
}
