import Foundation
import GRDB
import Records

/// What a mail's page shows beside the mail.
extension LedgerView {
    /// How a person has dealt with a mail; nil while nobody has.
    package func handling(of message: RowID<MessageRecord>) throws -> MailHandling? {
        try first("SELECT handled FROM messages WHERE id = ?", [message.rawValue]) { $0[0] as String }
            .flatMap { MailHandling(rawValue: $0) }
    }

    package func admission(of message: RowID<MessageRecord>) throws -> Admission? {
        try first("\(Self.admissions) WHERE message = ?", [message.rawValue], admission)
    }

    /// What the worker is still to take in, the oldest first.
    package func openAdmissions() throws -> [Admission] {
        try rows("\(Self.admissions) WHERE done IS NULL ORDER BY asked, message", [], admission)
    }

    private static let admissions = "SELECT message, unit, who, asked, done, trouble FROM admissions"

    private func admission(_ row: Row) throws -> Admission {
        Admission(
            message: RowID(rawValue: row[0]), unit: try decoded(UnitCode(row[1] as String), "unit"), who: row[2],
            asked: Date(milliseconds: row[3]), done: (row[4] as Int64?).map { Date(milliseconds: $0) }, trouble: row[5])
    }

    /// Addresses that wait to be written into units.xlsx, the oldest first.
    package func addressRequests() throws -> [AddressRequest] {
        try rows("SELECT address, unit, who, at FROM address_requests ORDER BY at, address") { row in
            AddressRequest(
                address: row[0], unit: try decoded(UnitCode(row[1] as String), "unit"), who: row[2],
                at: Date(milliseconds: row[3]))
        }
    }

    /// The letters that answered a mail, the oldest first.
    package func notices(answering message: RowID<MessageRecord>) throws -> [OutboxEntry] {
        try rows(
            "SELECT \(Self.noticeColumns) FROM notices WHERE in_reply_to = ? ORDER BY id", [message.rawValue], notice)
    }

    /// The submissions to which a mail's workbooks went, by the workbook's SHA-256.
    package func submissions(broughtBy message: RowID<MessageRecord>) throws -> [String: SubmissionRecord] {
        let found = try rows("SELECT file_sha256, submission FROM revisions WHERE message = ?", [message.rawValue]) {
            ($0[0] as String, RowID<SubmissionRecord>(rawValue: $0[1]))
        }
        return try found.reduce(into: [:]) { $0[$1.0] = try submission($1.1) }
    }

    /// The submissions to which a mail's papers were attached, by the part's path.
    package func papers(broughtBy message: RowID<MessageRecord>) throws -> [String: SubmissionRecord] {
        let found = try rows(
            "SELECT f.path, e.submission FROM files f JOIN evidence e ON e.file = f.id WHERE f.message = ?",
            [message.rawValue]
        ) { ($0[0] as String, RowID<SubmissionRecord>(rawValue: $0[1])) }
        return try found.reduce(into: [:]) { $0[$1.0] = try submission($1.1) }
    }
}
