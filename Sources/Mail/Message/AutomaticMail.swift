/// Tells mail that is never answered (RFC 3834, 2) from mail that people write.
package struct AutomaticMail: Sendable, Hashable, Codable {
    /// The office's own addresses.
    package var ownAddresses: [String]
    /// Addresses of distribution lists that the office runs for its units; mail that came through them is ordinary
    /// mail.
    package var ownLists: [String]

    package init(ownAddresses: [String] = [], ownLists: [String] = []) {
        self.ownAddresses = ownAddresses
        self.ownLists = ownLists
    }

    /// Why a message with these fields is never answered; nil when it may be.
    package func reason(headers: [MessageHeader], from: [MailAddress], returnPath: ReturnPath?) -> AutomaticReason? {
        func values(_ name: String) -> [String] { headers.filter { $0.isNamed(name) }.map { Self.bare($0.raw) } }
        if returnPath == .null { return .nullReturnPath }
        if isOwn(from, returnPath) { return .ownAddress }
        if values("Auto-Submitted").contains(where: { $0 != "no" }) { return .autoSubmitted }
        if values("Content-Type").contains(where: { $0 == "multipart/report" }) { return .report }
        if isFromDaemon(from, returnPath) { return .mailerDaemon }
        if values("X-Auto-Response-Suppress").contains(where: { !$0.isEmpty && $0 != "none" }) {
            return .responseSuppressed
        }
        if cameThroughOwnList(headers) { return nil }
        if headers.contains(where: { MailAddress.lowercased($0.name.utf8.prefix(5)) == "list-" }) { return .list }
        let unanswered: Set<String> = ["bulk", "junk", "list", "auto_reply"]
        if values("Precedence").contains(where: unanswered.contains) { return .precedence }
        return nil
    }

    private func isOwn(_ from: [MailAddress], _ returnPath: ReturnPath?) -> Bool {
        let own = Set(ownAddresses.map { MailAddress.lowercased($0.utf8) })
        if from.contains(where: { own.contains($0.folded) }) { return true }
        guard case .address(let address) = returnPath, let path = MailAddress(address) else { return false }
        // The office's return path carries a token behind a plus sign.
        let local = path.local.split(separator: "+", maxSplits: 1).first.map(String.init) ?? path.local
        return own.contains(MailAddress.lowercased("\(local)@\(path.domain)".utf8))
    }

    /// `MAILER-DAEMON` and the owners and request addresses of lists (RFC 3834, 2).
    private func isFromDaemon(_ from: [MailAddress], _ returnPath: ReturnPath?) -> Bool {
        var locals = from.map { MailAddress.lowercased($0.local.utf8) }
        if case .address(let address) = returnPath, let path = MailAddress(address) {
            let local = MailAddress.lowercased(path.local.utf8)
            if local.hasPrefix("owner-") || local.hasSuffix("-request") { return true }
            locals.append(local)
        }
        return locals.contains("mailer-daemon")
    }

    /// A list is known by `List-Post: <mailto:list@domain>` (RFC 2369, 3.4) or `List-Id: <list.domain>` (RFC 2919).
    private func cameThroughOwnList(_ headers: [MessageHeader]) -> Bool {
        let posts = Set(ownLists.map { "<mailto:\(MailAddress.lowercased($0.utf8))>" })
        let identifiers = Set(
            ownLists.map { "<\(MailAddress.lowercased($0.utf8).split(separator: "@").joined(separator: "."))>" })
        return headers.contains { header in
            let value = MailAddress.lowercased(header.raw.utf8)
            if header.isNamed("List-Post") { return posts.contains { value.contains($0) } }
            if header.isNamed("List-Id") { return identifiers.contains { value.contains($0) } }
            return false
        }
    }

    /// The keyword at the start of a value, in lower case, without parameters and comments.
    private static func bare(_ raw: String) -> String {
        var depth = 0
        var word: [UInt8] = []
        for byte in raw.utf8 {
            switch byte {
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"): depth = max(0, depth - 1)
            case UInt8(ascii: ";") where depth == 0: return MailAddress.lowercased(word)
            case UInt8(ascii: " "), UInt8(ascii: "\t"): continue
            default: if depth == 0 { word.append(byte) }
            }
        }
        return MailAddress.lowercased(word)
    }
}

/// Why a message is never answered. The raw value is what tools read.
package enum AutomaticReason: String, Sendable, Codable, CaseIterable {
    /// `Return-Path: <>`.
    case nullReturnPath = "null-return-path"
    /// From the office itself.
    case ownAddress = "own-address"
    /// `Auto-Submitted` other than `no` (RFC 3834, 5).
    case autoSubmitted = "auto-submitted"
    /// `Precedence: bulk`, `junk`, `list` or `auto_reply`.
    case precedence
    /// Any field whose name begins with `List-` (RFC 2369, RFC 2919).
    case list
    /// `X-Auto-Response-Suppress` other than `None` ([MS-OXCMAIL] 2.2.3.2.14).
    case responseSuppressed = "x-auto-response-suppress"
    /// A delivery report or receipt (RFC 6522).
    case report = "multipart-report"
    /// From a mailer-daemon.
    case mailerDaemon = "mailer-daemon"
}
