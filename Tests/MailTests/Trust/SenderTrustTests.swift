import Mail
import Support
import Testing

/// Whom a message is from, sentence by sentence of what the office believes.
@Suite struct SenderTrustTests {
    private static let host = "mx.noivu.example.vn"
    private static let received =
        "from may.example.vn ([192.0.2.1]) by mx.noivu.example.vn (Postfix); Thu, 11 Jun 2020 08:30:05 +0700"
    private static let trust = SenderTrust(settings: .authservID("mx.noivu.example.vn", trustedHost: host))

    private enum Standing { case pass, unverified, fail, nobody }

    private func standing(
        from: String = "UBND <a@example.vn>", _ trace: [(name: String, value: String)],
        trust: SenderTrust = Self.trust
    ) throws -> Standing {
        var builder = MessageBuilder(from: from)
        builder.trace = trace
        switch trust.standing(of: try MessageReader.read(builder.bytes())) {
        case .pass: return .pass
        case .unverified: return .unverified
        case .fail: return .fail
        case .nobody: return .nobody
        }
    }

    /// One field of results above the server's own line.
    private func standing(from: String = "UBND <a@example.vn>", results: String) throws -> Standing {
        try standing(from: from, [("Authentication-Results", results), ("Received", Self.received)])
    }

    private static let results: [(results: String, expected: String)] = [
        ("mx.noivu.example.vn; dmarc=pass header.from=example.vn", "pass"),
        ("MX.NoiVu.example.vn 1; dmarc=PASS (p=none dis=none) header.from=Example.VN", "pass"),
        ("mx.noivu.example.vn; dmarc=pass header.from=khac.vn", "unverified"),
        ("mx.noivu.example.vn; dmarc=pass", "unverified"),
        ("mx.noivu.example.vn; spf=pass smtp.mailfrom=tra@example.vn", "pass"),
        ("mx.noivu.example.vn; spf=pass smtp.mailfrom=example.vn", "pass"),
        ("mx.noivu.example.vn; spf=pass smtp.mailfrom=khac.vn", "unverified"),
        ("mx.noivu.example.vn; spf=pass smtp.helo=example.vn", "unverified"),
        ("mx.noivu.example.vn; spf=pass smtp.mailfrom=\"example.vn\"@khac.vn", "unverified"),
        ("mx.noivu.example.vn; dkim=pass header.d=example.vn header.b=a1b2", "pass"),
        ("mx.noivu.example.vn; dkim=pass header.i=@thu.example.vn", "pass"),
        ("mx.noivu.example.vn; dkim=pass header.d=notexample.vn", "unverified"),
        ("mx.noivu.example.vn; dkim=pass header.d=vn", "unverified"),
        ("mx.noivu.example.vn; dkim=pass header.d=khac.vn; spf=pass smtp.mailfrom=example.vn", "pass"),
        ("mx.noivu.example.vn; dmarc=fail header.from=example.vn; spf=pass smtp.mailfrom=example.vn", "fail"),
        ("mx.noivu.example.vn; dmarc=fail (p=reject) header.from=example.vn", "fail"),
        ("mx.noivu.example.vn; dmarc=none header.from=example.vn; spf=fail smtp.mailfrom=example.vn", "fail"),
        ("mx.noivu.example.vn; spf=fail smtp.mailfrom=khac.vn", "unverified"),
        ("mx.noivu.example.vn; dkim=fail header.d=example.vn; spf=none smtp.mailfrom=example.vn", "unverified"),
        ("mx.noivu.example.vn; spf=softfail smtp.mailfrom=example.vn", "unverified"),
        ("mx.noivu.example.vn; dmarc=temperror header.from=example.vn", "unverified"),
        ("mx.noivu.example.vn; none", "unverified"),
        ("mx.noivu.example.vn", "unverified"),
        ("mx.khac.vn; dmarc=pass header.from=example.vn", "unverified"),
        ("dmarc=pass header.from=example.vn", "unverified"),
        ("mx.khac.vn (mx.noivu.example.vn); dmarc=pass header.from=example.vn", "unverified"),
        ("mx.noivu.example.vn; spf=none (dmarc=pass header.from=example.vn) smtp.mailfrom=example.vn", "unverified"),
        (
            "mx.noivu.example.vn; spf=none reason=\"; dmarc=pass header.from=example.vn\" smtp.mailfrom=x.vn",
            "unverified"
        ),
        ("mx.noivu.example.vn; spf=none (; dmarc=pass header.from=example.vn", "unverified"),
        ("mx.noivu.example.vn; dmarc=pass header.from=khac.vn header.from=example.vn", "unverified"),
    ]

    @Test(arguments: results)
    func resultsOfOurServer(results: String, expected: String) throws {
        #expect("\(try standing(results: results))" == expected)
    }

    @Test func alignmentUpwardsStopsAtRegistries() throws {
        let from = "a@canloc.tinh.gov.vn"
        #expect(try standing(from: from, results: "mx.noivu.example.vn; dkim=pass header.d=tinh.gov.vn") == .pass)
        #expect(try standing(from: from, results: "mx.noivu.example.vn; dkim=pass header.d=gov.vn") == .unverified)
        #expect(
            try standing(from: from, results: "mx.noivu.example.vn; dkim=pass header.d=xa.tinh.gov.vn") == .unverified)
    }

    @Test func onlyWhatStandsAboveOurServersLineIsBelieved() throws {
        let pass = ("Authentication-Results", "mx.noivu.example.vn; dmarc=pass header.from=example.vn")
        let ours = ("Received", Self.received)
        let before = ("Received", "from x by may.example.vn with ESMTP; Thu, 11 Jun 2020 08:30:00 +0700")
        let within = (
            "Received", "from mx.noivu.example.vn by hop.noivu.example.vn with LMTP; Thu, 11 Jun 2020 08:30:06 +0700"
        )
        let feigned = (
            "Received", "from x (x by mx.noivu.example.vn) by may.khac.vn with ESMTP; Thu, 11 Jun 2020 08:30:00 +0700"
        )
        #expect(try standing([pass, ours, before]) == .pass)
        #expect(try standing([within, pass, ours, before]) == .pass)
        #expect(try standing([ours, pass, before]) == .unverified)
        #expect(try standing([ours, before, pass]) == .unverified)
        #expect(try standing([ours, pass, ours, before]) == .unverified)
        #expect(try standing([pass]) == .unverified)
        #expect(try standing([pass, before]) == .unverified)
        #expect(try standing([pass, feigned]) == .unverified)
        #expect(try standing([ours, before]) == .unverified)
    }

    /// Dovecot and its like write a line of their own when they take a mail from the server that checked it.
    @Test func theStepToTheMailboxHidesNoResults() throws {
        func within(_ words: String) -> (String, String) {
            ("Received", "\(words); Thu, 11 Jun 2020 08:30:06 +0700")
        }
        let pass = ("Authentication-Results", "mx.noivu.example.vn; dmarc=pass header.from=example.vn")
        let ours = ("Received", Self.received)
        let before = ("Received", "from x by may.example.vn with ESMTP; Thu, 11 Jun 2020 08:30:00 +0700")
        let step = within("from mx.noivu.example.vn by mx.noivu.example.vn with LMTP id 1 for <a@noivu.example.vn>")
        #expect(try standing([step, pass, ours, before]) == .pass)
        #expect(try standing([pass, step, ours, before]) == .pass)
        // Nothing of it below the server's own line, nor when that does not follow at once.
        #expect(try standing([step, ours, pass, before]) == .unverified)
        #expect(try standing([step, ours, pass, ours]) == .unverified)
        #expect(try standing([step, before, pass, ours]) == .unverified)
        #expect(try standing([step, pass, before, ours]) == .unverified)
        #expect(try standing([step, pass]) == .unverified)
        // Words of a greeting or of a recipient are not the server's.
        for words in [
            "from x with LMTP by mx.noivu.example.vn with ESMTP", "from with LMTP by mx.noivu.example.vn with ESMTP",
            "from x by mx.noivu.example.vn with LMTP (x) by mx.noivu.example.vn with ESMTP",
            "from x by mx.noivu.example.vn with ESMTP for <\"with LMTP\"@noivu.example.vn>",
            "from x by mx.noivu.example.vn (with LMTP)", "from x by mx.noivu.example.vn",
        ] {
            #expect(try standing([within(words), pass, ours]) == .unverified, "\(words)")
        }
    }

    private static let greetings = ["by", "(", "x by may.khac.vn", "a)", "by by", "from"]

    /// Whatever a client greets our server with stands in the server's own line, and must not hide that line: below it
    /// lies what the client wrote.
    @Test(arguments: greetings)
    func aGreetingHidesNothing(greeting: String) throws {
        let pass = ("Authentication-Results", "mx.noivu.example.vn; dmarc=pass header.from=example.vn")
        let ours = (
            "Received",
            "from \(greeting) (unknown [203.0.113.9]) by mx.noivu.example.vn; Thu, 11 Jun 2020 08:30:05 +0700"
        )
        #expect(try standing([ours, pass, ("Received", Self.received)]) == .unverified)
    }

    private static let authors = [
        "a@example.vn, b@khac.vn", "a@example.vn <b@khac.vn>", "<a@example.vn> b@khac.vn", "nhom: a@example.vn;",
        "\"a@example.vn\" <b@example.vn", "<a@example.vn> <b>", "<a@example.vn><", "a@example.vn (",
        "b@khac.vn,a@example.vn",
    ]

    /// However a From names more than one author, nobody passes by it.
    @Test(arguments: authors)
    func severalAuthorsAreUnverified(from: String) throws {
        let results = "mx.noivu.example.vn; dmarc=pass header.from=example.vn; spf=pass smtp.mailfrom=khac.vn"
        #expect([.unverified, .nobody].contains(try standing(from: from, results: results)))
        #expect([.unverified, .nobody].contains(try standing(from: from, [], trust: .init(settings: .trustedServer))))
    }

    @Test func twoFromFieldsAreUnverified() throws {
        let pass = ("Authentication-Results", "mx.noivu.example.vn; dmarc=pass header.from=example.vn")
        #expect(try standing([pass, ("Received", Self.received), ("From", "a@example.vn")]) == .unverified)
    }

    @Test func aDisplayNameProvesNothing() throws {
        var builder = MessageBuilder(from: "\"a@example.vn\" <ke.gian@khac.vn>")
        builder.trace = [
            ("Authentication-Results", "mx.noivu.example.vn; dmarc=pass header.from=khac.vn"),
            ("Received", Self.received),
        ]
        let standing = Self.trust.standing(of: try MessageReader.read(builder.bytes()))
        #expect(standing.address?.address == "ke.gian@khac.vn")
        guard case .pass = standing else {
            Issue.record("the author's own domain passed")
            return
        }
    }

    @Test func whoIsNobody() throws {
        #expect(
            try standing(from: "Không ai", results: "mx.noivu.example.vn; dmarc=pass header.from=example.vn") == .nobody
        )
        #expect(try standing(from: "<>", []) == .nobody)
    }

    @Test func aServerThatChecksByItself() throws {
        #expect(try standing([], trust: .init(settings: .trustedServer)) == .pass)
    }
}
