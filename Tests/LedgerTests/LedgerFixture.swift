import Foundation
import Records

@testable import Ledger

/// A data folder of its own for a test, gone afterwards.
final class TestFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("ledger-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}

/// Values that tests build upon.
enum Sample {
    static let noon = Date(timeIntervalSince1970: 1_576_645_200)

    static func sha(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 64 - digits.count) + digits
    }

    static func key(_ uid: UInt32, folder: String = "INBOX", validity: UInt32 = 7) throws -> MessageKey {
        MessageKey(
            account: "office", folder: folder, uidValidity: try decoded(UIDValidity(validity), "test"),
            uid: try decoded(UID(uid), "test"))
    }

    static func message(
        _ uid: UInt32, outcome: MessageOutcome = .workbooks, files: [ReceivedFile] = []
    ) throws -> ReceivedMessage {
        ReceivedMessage(
            key: try key(uid), rawSHA256: sha(Int(uid)), messageID: "<\(uid)@sender.example>", thread: "<t@x>",
            sender: "thienloc@canloc.example", subject: "bao cao \(uid)", received: noon, size: 4711,
            unit: UnitCode("thienloc"), outcome: outcome, files: files)
    }

    static func file(_ path: String, sha number: Int = 1, role: ReceivedFile.Role = .workbook) -> ReceivedFile {
        ReceivedFile(
            path: path, filename: "BC 2019 Thiên Lộc.xls", contentType: "application/octet-stream", kind: "xls",
            size: 98_304, sha256: sha(number), role: role)
    }

    static func key(form: String = "bao_cao_xa", period: String? = "2019", stage: String? = nil, nominee: String? = nil)
        throws -> SubmissionKey
    {
        SubmissionKey(
            form: form, unit: try decoded(UnitCode("thienloc"), "test"), period: period, stage: stage, nominee: nominee)
    }

    static let findings = [
        Finding(
            .cellNotDate, severity: .error, cell: CellReference(sheet: "D. Kế hoạch", row: 5, column: 3),
            question: "ngay_kh", label: "Ngày ban hành", arguments: ["value": "tháng \"2\"\n", "need": "ngày"],
            clauses: ["II.1"], related: [CellReference(sheet: "B", row: 8, column: 3)].compactMap(\.self)),
        Finding(.standardUndecided, severity: .review, rule: 2),
    ]

    static let answers = [
        Answer(
            question: "ho_ngheo", value: .number(Decimal(string: "82.5") ?? 0), shown: "82,5",
            cell: CellReference(sheet: "B. Hộ nghèo", row: 14, column: 3)),
        Answer(
            question: "ngay", value: CivilDate(year: 2019, month: 2, day: 15).map { .date($0) }, shown: "15/02/2019",
            cell: nil),
        Answer(question: "luc", value: .dateTime(noon), shown: "12:00", cell: nil),
        Answer(question: "gio", value: .time(43_200), shown: "12:00", cell: nil),
        Answer(question: "trong", value: nil, shown: "", cell: CellReference(sheet: "B", row: 1, column: 1)),
        Answer(question: "ten", row: 2, value: .text("Trần \"A\" \\ \u{1}"), shown: "Trần A", cell: nil),
    ]

    static func workbook(
        message: RowID<MessageRecord>? = nil, content: Int = 1, outcome: Outcome = .accepted,
        findings: [Finding] = [], lookups: [Lookup] = [], answers: [Answer] = Sample.answers
    ) -> JudgedWorkbook {
        JudgedWorkbook(
            message: message, filename: "BC 2019.xls", fileSHA256: sha(content), contentHash: "c\(content)",
            plan: sha(100), units: sha(101), received: noon,
            verdict: Verdict(
                form: FormIdentity(id: "bao_cao_xa", version: "2019-1"), outcome: outcome, findings: findings,
                lookups: lookups, receiptLines: ["Hộ nghèo: 82"], definition: sha(102)),
            answers: answers)
    }

    static func notice(
        _ id: String, kind: NoticeKind = .reportReceipt, held: Bool = false, created: Date = noon,
        submissions: [RowID<SubmissionRecord>] = [], inReplyTo: RowID<MessageRecord>? = nil
    ) -> OutboxDraft {
        OutboxDraft(
            kind: kind, recipient: "thienloc@canloc.example", subject: "Đã nhận", messageID: id,
            mime: Array("Subject: x\r\n\r\n\0y".utf8), submissions: submissions, inReplyTo: inReplyTo, isHeld: held,
            created: created)
    }
}
