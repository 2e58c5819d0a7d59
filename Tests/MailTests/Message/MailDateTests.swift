import Foundation
import Mail
import Testing

@Suite struct MailDateTests {
    private static let cases: [(seconds: Double, offset: Int, mail: String, internet: String)] = [
        (1_591_839_000, 25_200, "Thu, 11 Jun 2020 08:30:00 +0700", "2020-06-11T08:30:00+07:00"),
        (0, 0, "Thu, 1 Jan 1970 00:00:00 +0000", "1970-01-01T00:00:00+00:00"),
        (-1, -19_800, "Wed, 31 Dec 1969 18:29:59 -0530", "1969-12-31T18:29:59-05:30"),
        (951_782_400, 0, "Tue, 29 Feb 2000 00:00:00 +0000", "2000-02-29T00:00:00+00:00"),
    ]

    @Test(arguments: cases)
    func dates(seconds: Double, offset: Int, mail: String, internet: String) {
        let instant = Date(timeIntervalSince1970: seconds)
        #expect(MailDate.rfc5322(instant, offset: offset) == mail)
        #expect(MailDate.rfc3339(instant, offset: offset) == internet)
    }

    @Test func datesBeyondAllCalendarsAreHeldAtTheEdge() {
        #expect(MailDate.rfc3339(.distantFuture.addingTimeInterval(1e15), offset: 0).hasPrefix("9999-12-31"))
        #expect(MailDate.rfc3339(.distantPast.addingTimeInterval(-1e15), offset: 0).hasPrefix("0001-01-01"))
    }
}
