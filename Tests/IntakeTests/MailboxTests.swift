import Foundation
import Testing

/// The sample mailbox is the specification: each case's mails must come out as `expected.json` and `reply.txt` say.
///
/// With `FORMPOST_WRITE_EXPECTED=1` both are written anew instead; a person reads the difference before it is kept.
@Suite struct MailboxTests {
    @Test func thereAreCases() {
        #expect(MailboxCase.all.count >= 60)
    }

    @Test(arguments: MailboxCase.all)
    func comesOutAsExpected(_ sample: MailboxCase) throws {
        let outcome = try sample.run()
        if ProcessInfo.processInfo.environment["FORMPOST_WRITE_EXPECTED"] == "1" { try sample.write(outcome) }
        #expect(try outcome.mails == sample.expected)
        #expect(try outcome.replies == sample.reply)
    }
}
