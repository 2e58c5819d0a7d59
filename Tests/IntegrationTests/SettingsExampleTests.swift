import Mail
import Records
import Testing

@testable import formpost

/// The file that `formpost init` writes says everything that can be set, and nothing else.
@Suite struct SettingsExampleTests {
    private static let environment = ["FORMPOST_PASSWORD_NOIVU": "x", "FORMPOST_SMTP_PASSWORD": "x"]

    private static func read(_ text: String) throws -> Settings {
        try SettingsFile.read(text, file: "/etc/formpost/formpost.yaml", environment: environment)
    }

    /// The example with every key that stands in a comment taken out of it; of two ways that exclude each other the one
    /// that is written first.
    private static func uncommented(without excluded: [String]) -> String {
        let lines = SettingsExample.text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.map { line in
            guard let match = line.wholeMatch(of: #/( *)# (- name: .*|  maildir: .*|[a-z-]+: *[^ ].*)/#),
                SettingsKeys.all.flatMap(\.keys).contains(where: { match.2.contains("\($0):") }),
                !excluded.contains(where: { match.2.contains($0) })
            else { return String(line) }
            return String(match.1 + match.2)
        }.joined(separator: "\n")
    }

    @Test func itIsReadAsItStands() throws {
        let settings = try Self.read(SettingsExample.text)
        #expect(settings.accounts.map(\.name) == ["noivu"])
        #expect(settings.senderTrust == .authservID("mail.canloc.example", trustedHost: "mail.canloc.example"))
    }

    @Test func everyKeyInACommentMayBeUsed() throws {
        let text = Self.uncommented(without: ["maildir: replies", "trusted-server"])
        let settings = try Self.read(text)
        #expect(settings.accounts.map(\.name) == ["noivu", "thu"])
        #expect(!settings.ownLists.isEmpty)
        guard case .imap(let imap)? = settings.accounts.first?.source, case .smtp(let smtp) = settings.outgoing.route
        else {
            Issue.record("no servers")
            return
        }
        #expect(imap.trust.caFile == "/etc/formpost/office-ca.pem")
        #expect(imap.trust.hostName != nil)
        #expect(smtp.trust.caFile != nil)
        #expect(smtp.trust.hostName != nil)
        #expect(settings.senderTrust == .authservID("mail.canloc.example", trustedHost: "mx.canloc.example"))
    }

    @Test func theOtherWayOfEachPairMayBeUsed() throws {
        let text = Self.uncommented(without: ["trusted-host"]).replacing(#/  smtp:\n(    .*\n)+/#, with: "")
            .replacing("  authserv-id: mail.canloc.example\n", with: "")
        let settings = try Self.read(text)
        #expect(settings.senderTrust == .trustedServer)
        guard case .maildir(let folder) = settings.outgoing.route else {
            Issue.record("no Maildir")
            return
        }
        #expect(folder == "/etc/formpost/replies")
    }

    @Test(arguments: SettingsKeys.all.flatMap { part in part.keys.map { (part.part, $0) } })
    func everyKeyStandsInIt(part: String, key: String) {
        let place = SettingsExample.text.split(separator: "\n").drop { !$0.contains(part.isEmpty ? "" : "\(part):") }
        #expect(place.contains { $0.contains(#/^[ #-]*/#) && $0.contains("\(key):") }, "\(part).\(key)")
    }

    /// Each password that is missing is told once, with the variable that may hold it.
    @Test func missingPasswordsAreToldOnce() throws {
        let error = #expect(throws: SettingsError.self) {
            try SettingsFile.read(SettingsExample.text, file: "/nowhere/formpost.yaml", environment: [:])
        }
        let problems = try #require(error?.problems)
        #expect(problems.count == 2)
        #expect(problems.contains { $0.contains("FORMPOST_PASSWORD_NOIVU") })
        #expect(problems.contains { $0.contains("FORMPOST_SMTP_PASSWORD") })
    }

    /// The other way round: what is no key is refused, wherever it stands.
    @Test func whatIsNoKeyIsRefused() throws {
        for key in ["data", "phone", "host", "from", "authserv-id", "poll-seconds", "stranger-notices-per-day"] {
            let text = SettingsExample.text.replacing("\(key):", with: "\(key)x:")
            let error = #expect(throws: SettingsError.self) { try Self.read(text) }
            #expect(error?.problems.contains { $0.contains("\(key)x") } == true, "\(key)")
        }
    }

    @Test func everySimpleKeyMayComeFromTheEnvironment() throws {
        let values = [
            "FORMPOST_DATA": "/d", "FORMPOST_FORMS": "/f", "FORMPOST_TIME_ZONE": "+09:00", "FORMPOST_POLL_SECONDS": "7",
            "FORMPOST_MAXIMUM_MESSAGE_MEGABYTES": "8", "FORMPOST_MAXIMUM_ATTEMPTS": "9",
            "FORMPOST_REHEARSAL": "true",
        ]
        #expect(values.count == SettingsKeys.simple.count)
        let settings = try SettingsFile.read(
            SettingsExample.text, file: "formpost.yaml", environment: values.merging(Self.environment) { $1 })
        #expect(settings.data == "/d")
        #expect(settings.forms == "/f")
        #expect(settings.zone.secondsFromGMT == 9 * 3600)
        #expect(settings.pollSeconds == 7)
        #expect(settings.maximumMessageBytes == 8 << 20)
        #expect(settings.maximumAttempts == 9)
        #expect(settings.isRehearsal)
    }
}
