/// What the newest mails of a mailbox show of the office's own server, beside what the settings say of it.
///
/// Wrong settings are quiet: mail of honest senders waits as unverified, or anybody's is believed.
package struct TrustSurvey: Hashable, Sendable {
    /// Mails that bear a `Received` line at all.
    package let traced: Int
    /// What the server that took most of them over calls itself in its `Received` line.
    package let server: String?
    package let finding: Finding
    /// What the settings might say instead; nil where the last server writes no `Authentication-Results`.
    package let proposal: Proposal?

    package enum Finding: Hashable, Sendable {
        /// There is no mail, or none that came from a server.
        case nothingToSee
        /// The server is believed, and nothing is looked for in the mails.
        case serverBelieved
        /// So many mails bear results as the settings name them; so many came another way, without the server's line.
        case resultsSeen(Int, cameOtherwise: Int)
        /// No mail bears the line of the trusted host.
        case hostUnseen
        /// The host is seen; above its lines there are no results under the name in the settings.
        case resultsUnseen
        /// The same, and there are such results below those lines, where anybody may have written them.
        case resultsBelow
    }

    package struct Proposal: Hashable, Sendable {
        package let authservID: String
        package let trustedHost: String

        package init(authservID: String, trustedHost: String) {
            self.authservID = authservID
            self.trustedHost = trustedHost
        }
    }

    /// - Parameter messages: the newest first; their headers suffice.
    package init(_ messages: [Message], settings: SenderTrust.Settings) {
        let traces = messages.compactMap { Trace($0) }
        traced = traces.count
        server = Self.mostFrequent(traces.compactMap(\.server))
        proposal = Self.mostFrequent(traces.compactMap(\.proposal))
        switch settings {
        case _ where traces.isEmpty: finding = .nothingToSee
        case .trustedServer: finding = .serverBelieved
        case .authservID(let identifier, let host):
            finding = Self.finding(traces.map(\.message), identifier: identifier, host: host)
        }
    }

    private static func finding(_ messages: [Message], identifier: String, host: String) -> Finding {
        let name = MailAddress.lowercased(identifier.utf8)
        func bears(_ headers: ArraySlice<MessageHeader>) -> Bool {
            SenderTrust.results(in: headers).contains { $0.authservID == name }
        }
        let placed = messages.compactMap { message in
            SenderTrust.ownLine(of: message, host: host).map { (message: message, line: $0) }
        }
        guard !placed.isEmpty else { return .hostUnseen }
        let seen = placed.count { bears($0.message.headers[..<$0.line]) }
        if seen > 0 { return .resultsSeen(seen, cameOtherwise: messages.count - placed.count) }
        return placed.contains { bears($0.message.headers[$0.line...]) } ? .resultsBelow : .resultsUnseen
    }

    /// The first among equals.
    private static func mostFrequent<Value: Hashable>(_ values: [Value]) -> Value? {
        let counts = values.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        let most = counts.values.max()
        return values.first { counts[$0] == most }
    }
}

extension TrustSurvey {
    /// What the last server on the way has written on a mail: nobody before it can have.
    private struct Trace {
        let message: Message
        let server: String?
        let proposal: Proposal?

        /// Fails for a mail without a `Received` line.
        init?(_ message: Message) {
            let headers = message.headers
            let lines = headers.indices.filter { headers[$0].isNamed("Received") }
            guard let first = lines.first else { return nil }
            self.message = message
            // Above the topmost line nobody but the last server can have written. Where that was a step by LMTP it is a
            // server of the same house that wrote the next line, and whatever stands between the two.
            let isStep = ReceivedField(headers[first].raw)?.isByLMTP == true
            let line = isStep && SenderTrust.results(in: headers[..<first]).isEmpty ? lines.dropFirst().first : nil
            let taken = line ?? first
            let server = ReceivedField(headers[taken].raw)?.hosts.last
            let identifier = SenderTrust.results(in: headers[..<taken]).first?.authservID
            proposal = identifier.flatMap { name in server.map { Proposal(authservID: name, trustedHost: $0) } }
            self.server = server
        }
    }
}
