/// Decides whether a message is from whom its From says.
package struct SenderTrust: Hashable, Sendable, Codable {
    /// What the office's mail server does for it.
    package enum Settings: Hashable, Sendable, Codable {
        /// It writes `Authentication-Results` (RFC 8601) under this authserv-id, above its own `Received`, in which it
        /// calls itself by this host name.
        case authservID(String, trustedHost: String)
        /// It refuses forged mail itself and writes nothing.
        case trustedServer
    }

    package let settings: Settings

    package init(settings: Settings) {
        self.settings = settings
    }

    /// How far the author of a message may be believed.
    package func standing(of message: Message) -> SenderStanding {
        guard let author = message.from.first else { return .nobody }
        switch settings {
        case .trustedServer:
            return Self.hasOneAuthor(message) ? .pass(author) : .unverified(author)
        case .authservID(let identifier, let host):
            let results = Self.trustedResults(of: message, identifier: identifier, host: host)
            let opinion = Self.opinion(on: author, results)
            if opinion == .refuted { return .fail(author) }
            return opinion == .confirmed && Self.hasOneAuthor(message) ? .pass(author) : .unverified(author)
        }
    }
}

/// What may be believed of a message's author.
package enum SenderStanding: Hashable, Sendable, Codable {
    /// The server vouches for the address.
    case pass(MailAddress)
    /// Nobody vouches for it, or there are several authors.
    case unverified(MailAddress)
    /// The server says that it is forged.
    case fail(MailAddress)
    /// There is no usable address in From.
    case nobody

    /// The first author; nil when there is none.
    package var address: MailAddress? {
        switch self {
        case .pass(let address), .unverified(let address), .fail(let address): address
        case .nobody: nil
        }
    }
}

extension SenderTrust {
    private enum Opinion { case confirmed, refuted, none }

    /// One From field with one address, written so that no two readers can take it differently: a checker on the way
    /// may have read another address out of it than we do.
    private static func hasOneAuthor(_ message: Message) -> Bool {
        let fields = message.rawValues("From")
        guard fields.count == 1, message.from.count == 1 else { return false }
        return addressSigns(in: fields[0]) == 1
    }

    /// Number of `@` outside quoted strings and comments; many when those or the angle brackets do not match, when
    /// there are more than one pair of brackets, or groups.
    private static func addressSigns(in field: String) -> Int {
        var quoted = false
        var depth = 0
        var opened = 0
        var closed = 0
        var count = 0
        var bytes = field.utf8.makeIterator()
        while let byte = bytes.next() {
            switch byte {
            case UInt8(ascii: "\\") where quoted || depth > 0: _ = bytes.next()
            case UInt8(ascii: "\"") where depth == 0: quoted.toggle()
            case _ where quoted: continue
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"): depth -= 1
            case _ where depth > 0: continue
            case UInt8(ascii: "@"): count += 1
            case UInt8(ascii: "<"): opened += 1
            case UInt8(ascii: ">"): closed += 1
            case UInt8(ascii: ","), UInt8(ascii: ";"): count += 2
            default: continue
            }
            if depth < 0 || closed > opened { return .max }
        }
        return quoted || depth != 0 || opened != closed || opened > 1 ? .max : count
    }

    /// The results under our server's name that stand above the line in which it took the message over. Whatever stands
    /// below came with the message, and anybody may have written it; without that line nothing can be placed.
    private static func trustedResults(
        of message: Message, identifier: String, host: String
    ) -> [AuthenticationResults.Result] {
        guard let line = ownLine(of: message, host: host) else { return [] }
        return results(in: message.headers[..<line]).filter { $0.authservID == lowercased(identifier) }
            .flatMap(\.results)
    }

    static func results(in headers: ArraySlice<MessageHeader>) -> [AuthenticationResults] {
        headers.filter { $0.isNamed("Authentication-Results") }.compactMap { AuthenticationResults(field: $0.raw) }
    }

    /// Where our server says that it took the message over: its topmost line. Where that tells of the last step to the
    /// mailbox, by LMTP, and the line below is our server's too, it is that one: between the two stands what our server
    /// itself has added.
    /// - Returns: an index into the headers; nil when there is no such line, or one above it cannot be taken apart: that
    ///   may be our server's own, and below it nothing is safe.
    static func ownLine(of message: Message, host: String) -> Int? {
        let name = lowercased(host)
        let lines = message.headers.indices.filter { message.headers[$0].isNamed("Received") }
        for (place, line) in lines.enumerated() {
            guard let field = ReceivedField(message.headers[line].raw) else { return nil }
            guard field.hosts.contains(name) else { continue }
            guard field.isByLMTP, let below = lines.dropFirst(place + 1).first,
                let next = ReceivedField(message.headers[below].raw), next.hosts.contains(name)
            else { return line }
            return below
        }
        return nil
    }

    /// DMARC (RFC 7489) decides where it was checked; else an SPF or DKIM pass of the author's own domain.
    private static func opinion(on author: MailAddress, _ results: [AuthenticationResults.Result]) -> Opinion {
        let policy = results.filter { $0.method == "dmarc" && $0.value != "none" }
        if policy.contains(where: { $0.value == "fail" }) { return .refuted }
        if policy.contains(where: { $0.value == "pass" && domain($0, ["header.from"]) == author.domain }) {
            return .confirmed
        }
        let aligned = results.filter { isAligned($0, with: author.domain) }
        if aligned.contains(where: { $0.value == "pass" }) { return .confirmed }
        // A broken signature counts as none (RFC 6376, 6.1): only the domain's own SPF record can say that mail is
        // forged.
        return aligned.contains(where: { $0.method == "spf" && $0.value == "fail" }) ? .refuted : .none
    }

    private static func isAligned(_ result: AuthenticationResults.Result, with author: String) -> Bool {
        let properties = ["spf": ["smtp.mailfrom"], "dkim": ["header.d", "header.i"]]
        guard let names = properties[result.method], let domain = domain(result, names) else { return false }
        return domain == author || isBelow(domain, author) || (isBelow(author, domain) && canBeOwned(domain))
    }

    /// Relaxed alignment (RFC 7489, 3.1) without the public suffix list, hence narrower: one of the domains must lie
    /// below the other, and siblings do not count.
    private static func isBelow(_ domain: String, _ upper: String) -> Bool { domain.hasSuffix("." + upper) }

    /// False for top-level domains and for the usual second levels under a country (`gov.vn`, `com.vn`).
    private static func canBeOwned(_ domain: String) -> Bool {
        let labels = domain.split(separator: ".")
        guard labels.count >= 2 else { return false }
        let secondLevels: Set<Substring> = [
            "ac", "biz", "co", "com", "edu", "gov", "health", "info", "int", "name", "net", "org", "pro",
        ]
        return labels.count > 2 || labels[1].count != 2 || !secondLevels.contains(labels[0])
    }

    /// The domain in the first of these properties that is there: a bare domain, or what follows the `@`.
    private static func domain(_ result: AuthenticationResults.Result, _ properties: [String]) -> String? {
        guard let value = properties.lazy.compactMap({ result.properties[$0] }).first else { return nil }
        return lowercased(value.split(separator: "@", omittingEmptySubsequences: false).last.map(String.init) ?? value)
    }

    private static func lowercased(_ text: String) -> String { MailAddress.lowercased(text.utf8) }
}
