import Mail
import Support
import Testing

/// What the newest mails show of the office's server, beside what the settings say of it.
@Suite struct TrustSurveyTests {
    private typealias Field = (name: String, value: String)

    private static let ours = received(by: "mx.noivu.vn")
    private static let pass = results("mx.noivu.vn")

    private static func received(by host: String, from: String = "may.vn", with way: String = "ESMTPS") -> Field {
        ("Received", "from \(from) (unknown [192.0.2.1]) by \(host) (Postfix) with \(way) id 1; Thu, 11 Jun 2020")
    }

    private static func results(_ identifier: String) -> Field {
        ("Authentication-Results", "\(identifier); dmarc=pass header.from=example.vn")
    }

    private func survey(
        _ traces: [[Field]], _ settings: SenderTrust.Settings = .authservID("mx.noivu.vn", trustedHost: "MX.noivu.vn")
    ) throws -> TrustSurvey {
        let messages = try traces.map { trace in
            var builder = MessageBuilder(from: "a@example.vn")
            builder.trace = trace
            return try MessageReader.read(builder.bytes())
        }
        return TrustSurvey(messages, settings: settings)
    }

    @Test func resultsAreWhereTheSettingsSay() throws {
        let survey = try survey([[Self.pass, Self.ours], [Self.pass, Self.ours, Self.received(by: "may.vn")]])
        #expect(survey.finding == .resultsSeen(2, cameOtherwise: 0))
        #expect(survey.traced == 2)
        #expect(survey.server == "mx.noivu.vn")
        #expect(survey.proposal == .init(authservID: "mx.noivu.vn", trustedHost: "mx.noivu.vn"))
    }

    @Test func someCameAnotherWay() throws {
        let other = Self.received(by: "mx2.noivu.vn")
        let survey = try survey([[Self.pass, Self.ours], [Self.results("mx2.noivu.vn"), other], [other]])
        #expect(survey.finding == .resultsSeen(1, cameOtherwise: 2))
        #expect(survey.server == "mx2.noivu.vn")
    }

    @Test func theHostIsAnother() throws {
        let mail = [Self.results("kiem-tra.vn"), Self.received(by: "thu.canloc.vn"), Self.received(by: "may.vn")]
        let survey = try survey([mail, mail])
        #expect(survey.finding == .hostUnseen)
        #expect(survey.server == "thu.canloc.vn")
        #expect(survey.proposal == .init(authservID: "kiem-tra.vn", trustedHost: "thu.canloc.vn"))
    }

    @Test func theServerWritesNoResults() throws {
        let survey = try survey([[Self.ours], [Self.ours, Self.received(by: "may.vn")]])
        #expect(survey.finding == .resultsUnseen)
        #expect(survey.proposal == nil)
    }

    @Test func theResultsBearAnotherName() throws {
        let survey = try survey([[Self.results("noivu.vn"), Self.ours]])
        #expect(survey.finding == .resultsUnseen)
        #expect(survey.proposal == .init(authservID: "noivu.vn", trustedHost: "mx.noivu.vn"))
    }

    /// What senders write into their mails is never proposed, however many do.
    @Test func nothingOfTheSendersIsProposed() throws {
        let feigned = [Self.results("ke-gian.vn"), Self.received(by: "ke-gian.vn")]
        let survey = try survey(Array(repeating: [Self.ours] + feigned, count: 5))
        #expect(survey.finding == .resultsUnseen)
        #expect(survey.proposal == nil)
        #expect(survey.server == "mx.noivu.vn")
        // A greeting that looks like our server's own words is not the host either.
        let greeting = Self.received(by: "mx.noivu.vn", from: "by ke-gian.vn")
        #expect(try self.survey([[Self.pass, greeting]]).proposal?.trustedHost == "mx.noivu.vn")
    }

    @Test func resultsBelowTheServersLineAreSeen() throws {
        let within = Self.received(by: "mx.noivu.vn", with: "ESMTP")
        #expect(try survey([[within, Self.pass, Self.ours]]).finding == .resultsBelow)
    }

    @Test(arguments: ["LMTP", "lmtps", "LMTPA"])
    func theLastStepByLMTPIsTheServersOwn(way: String) throws {
        let mail = [
            Self.received(by: "hop.noivu.vn", with: way), Self.results("noivu.vn"), Self.ours,
            Self.received(by: "a.vn"),
        ]
        let survey = try survey([mail])
        #expect(survey.finding == .resultsUnseen)
        #expect(survey.server == "mx.noivu.vn")
        #expect(survey.proposal == .init(authservID: "noivu.vn", trustedHost: "mx.noivu.vn"))
        let same = try self.survey([[Self.received(by: "mx.noivu.vn", with: way), Self.pass, Self.ours]])
        #expect(same.finding == .resultsSeen(1, cameOtherwise: 0))
    }

    @Test func aServerThatIsTrustedMayWriteResultsToo() throws {
        let survey = try survey([[Self.pass, Self.ours]], .trustedServer)
        #expect(survey.finding == .serverBelieved)
        #expect(survey.proposal == .init(authservID: "mx.noivu.vn", trustedHost: "mx.noivu.vn"))
        #expect(try self.survey([[Self.ours]], .trustedServer).proposal == nil)
    }

    @Test(arguments: [SenderTrust.Settings.trustedServer, .authservID("a.vn", trustedHost: "a.vn")])
    func mailThatCameThroughNoServerTellsNothing(settings: SenderTrust.Settings) throws {
        #expect(try survey([], settings).finding == .nothingToSee)
        #expect(try survey([[], [Self.pass]], settings).finding == .nothingToSee)
    }

    @Test func fieldsThatCannotBeTakenApartTellNothing() throws {
        let open = ("Received", "from a (b by mx.noivu.vn; Thu, 11 Jun 2020")
        let survey = try survey([[open, Self.pass, Self.ours]])
        #expect(survey.finding == .hostUnseen)
        #expect(survey.server == nil)
        #expect(survey.proposal == nil)
    }
}
