import Mail
import Support
import Testing

/// Each line of "never answer", and what looks like one and is not.
@Suite struct AutomaticMailTests {
    private func reason(
        from: String = "a@example.vn", _ fields: [(name: String, value: String)], own: [String] = [],
        lists: [String] = []
    ) throws -> AutomaticReason? {
        var builder = MessageBuilder(from: from)
        builder.trace = fields
        let automatic = AutomaticMail(ownAddresses: own, ownLists: lists)
        return try MessageReader.read(builder.bytes(), automaticMail: automatic).automatic
    }

    private static let cases: [(name: String, value: String, expected: AutomaticReason?)] = [
        ("Return-Path", "<>", .nullReturnPath),
        ("Return-Path", "< >", .nullReturnPath),
        ("Return-Path", "<a@example.vn>", nil),
        ("Auto-Submitted", "auto-replied", .autoSubmitted),
        ("AUTO-SUBMITTED", "auto-generated (rejected); type=x", .autoSubmitted),
        ("Auto-Submitted", "No", nil),
        ("Auto-Submitted", "no (a person); x=y", nil),
        ("Precedence", "bulk", .precedence),
        ("Precedence", "Junk", .precedence),
        ("Precedence", "list", .precedence),
        ("Precedence", "auto_reply", .precedence),
        ("Precedence", "normal", nil),
        ("List-Id", "<tin.example.vn>", .list),
        ("List-Unsubscribe", "<https://example.vn/x>", .list),
        ("X-Auto-Response-Suppress", "All", .responseSuppressed),
        ("X-Auto-Response-Suppress", "DR, OOF, AutoReply", .responseSuppressed),
        ("X-Auto-Response-Suppress", "None", nil),
        ("Return-Path", "<MAILER-DAEMON@mx.example.vn>", .mailerDaemon),
        ("Return-Path", "<owner-tin@example.vn>", .mailerDaemon),
        ("Return-Path", "<tin-request@example.vn>", .mailerDaemon),
        ("Subject", "Automatic reply", nil),
    ]

    @Test(arguments: cases)
    func fields(name: String, value: String, expected: AutomaticReason?) throws {
        #expect(try reason([(name, value)]) == expected)
    }

    @Test func daemonsAndReports() throws {
        #expect(try reason(from: "Mail Delivery <Mailer-Daemon@mx.example.vn>", []) == .mailerDaemon)
        let report =
            "From: p@example.vn\r\nContent-Type: multipart/report; boundary=k\r\n\r\n--k--\r\n"
        #expect(try MessageReader.read(Array(report.utf8)).automatic == .report)
    }

    @Test func theOfficesOwnMail() throws {
        let own = ["VanThu@noivu.example.vn"]
        #expect(try reason(from: "vanthu@NOIVU.example.vn", [], own: own) == .ownAddress)
        #expect(try reason([("Return-Path", "<vanthu+abc123@noivu.example.vn>")], own: own) == .ownAddress)
        #expect(try reason([("Return-Path", "<vanthu2@noivu.example.vn>")], own: own) == nil)
    }

    @Test func theOfficesOwnLists() throws {
        let fields = [
            ("List-Id", "Các xã <cac-xa.example.vn>"), ("Precedence", "list"),
            ("List-Post", "<mailto:cac-xa@example.vn>"),
        ]
        #expect(try reason(fields) == .list)
        #expect(try reason(fields, lists: ["cac-xa@example.vn"]) == nil)
        #expect(try reason(fields, lists: ["xa@example.vn"]) == .list)
        #expect(
            try reason(fields + [("Auto-Submitted", "auto-replied")], lists: ["cac-xa@example.vn"]) == .autoSubmitted)
    }
}
