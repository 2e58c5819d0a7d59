/// What a `Received` field (RFC 5321, 4.4) says of the server that wrote it. Comments do not count.
struct ReceivedField {
    /// The hosts behind every `by`, in lower case: every one, because the words behind `from` are the sender's, and one
    /// that greets as `by` must not hide our server.
    let hosts: [String]
    /// The message came by LMTP, which leads from a server to the mailboxes behind it and never across networks (RFC
    /// 2033, 5). False where words of the sender's might have said so.
    let isByLMTP: Bool

    /// Fails when a comment stays open.
    init?(_ field: String) {
        guard let words = Self.words(of: field) else { return nil }
        func following(_ name: String) -> [String] { zip(words, words.dropFirst()).filter { $0.0 == name }.map(\.1) }
        hosts = following("by")
        let protocols = following("with")
        isByLMTP = hosts.count == 1 && protocols.count == 1 && protocols[0].contains("lmtp")
    }

    /// The words outside comments, in lower case; nil when a comment stays open.
    private static func words(of field: String) -> [String]? {
        var depth = 0
        var visible: [UInt8] = []
        for byte in field.utf8 {
            if byte == UInt8(ascii: "(") { depth += 1 }
            visible.append(depth > 0 ? UInt8(ascii: " ") : byte)
            if byte == UInt8(ascii: ")") { depth -= 1 }
            guard depth >= 0 else { return nil }
        }
        guard depth == 0 else { return nil }
        let ends = [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: ";")]
        return visible.split(whereSeparator: { ends.contains($0) }).map { MailAddress.lowercased($0) }
    }
}
