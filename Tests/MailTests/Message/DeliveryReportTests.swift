import Mail
import Support
import Testing

@Suite struct DeliveryReportTests {
    private static let report = """
        Return-Path: <>
        From: MAILER-DAEMON@mx.example.vn
        Content-Type: multipart/report; report-type=delivery-status; boundary=k

        --k

        This is the mail system.
        --k
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.vn
        Original-Envelope-Id: n1-7

        Final-Recipient: rfc822; kimloc@example.vn
        Action: Failed
        Status: 5.1.1 (bad)
        Diagnostic-Code: smtp; 550 5.1.1 no such
          user here

        Final-Recipient: rfc822;phuloc@example.vn
        Action: delayed
        Status: 4.4.1
        --k
        Content-Type: RETURNED

        From: vanthu@noivu.example.vn
        Message-ID: <n1@noivu.example.vn>

        --k--
        """

    private func report(returned: String) throws -> DeliveryReport? {
        let text = Self.report.replacing("RETURNED", with: returned)
        return DeliveryReport(try MessageReader.read(Array(text.utf8)))
    }

    @Test(arguments: ["message/rfc822", "text/rfc822-headers"])
    func aReportIsTiedToItsLetter(returned: String) throws {
        let report = try #require(try report(returned: returned))
        #expect(report.originalMessageID == "n1@noivu.example.vn")
        #expect(report.envelopeID == "n1-7")
        #expect(report.recipients.map(\.address?.address) == ["kimloc@example.vn", "phuloc@example.vn"])
        #expect(report.recipients.map(\.action) == [.failed, .delayed])
        #expect(report.recipients.map(\.status) == ["5.1.1", "4.4.1"])
        #expect(report.recipients.map(\.diagnostic) == ["550 5.1.1 no such user here", ""])
    }

    @Test func aReportThatReturnsNothingStillNamesTheRecipient() throws {
        let report = try #require(try report(returned: "text/plain"))
        #expect(report.originalMessageID == nil)
        #expect(report.recipients.count == 2)
    }

    @Test func ordinaryMailIsNoReport() throws {
        #expect(DeliveryReport(try MessageReader.read(MessageBuilder(from: "a@example.vn").bytes())) == nil)
    }
}
