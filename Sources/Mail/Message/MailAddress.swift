/// An address that may stand on an envelope or in a header, with the name written beside it.
///
/// Only dot-atoms over ASCII are accepted (RFC 5321, 4.1.2): no quoted local parts, no address literals, no control
/// characters, so that an address can be put on the wire as it is.
package struct MailAddress: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The name in front of the address, decoded; empty when there is none. Written by the sender: it proves nothing.
    package let displayName: String
    /// `local@domain`, the domain in ASCII lower case.
    package let address: String

    /// Fails on whatever is no plain address: empty or overlong parts, other characters, no domain.
    package init?(_ address: String, displayName: String = "") {
        let bytes = Array(address.utf8)
        guard bytes.count <= 254, let at = bytes.lastIndex(of: UInt8(ascii: "@")) else { return nil }
        let local = bytes[..<at]
        let domain = bytes[(at + 1)...]
        guard (1...64).contains(local.count), Self.isDotAtom(local), Self.isDomain(domain) else { return nil }
        self.displayName = displayName
        self.address = String(decoding: local, as: UTF8.self) + "@" + Self.lowercased(domain)
    }

    /// What follows the `@`.
    package var domain: String { String(address[address.index(after: at)...]) }

    /// What stands before the `@`, as written.
    package var local: String { String(address[..<at]) }

    /// The address for comparing: all of it in ASCII lower case. No known provider tells local parts apart by case.
    package var folded: String { Self.lowercased(address.utf8) }

    package var description: String { displayName.isEmpty ? address : "\(displayName) <\(address)>" }

    private var at: String.Index { address.lastIndex(of: "@") ?? address.startIndex }

    private static func isDotAtom(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { atom in
            !atom.isEmpty && atom.allSatisfy { isAtomText($0) }
        }
    }

    /// `atext` of RFC 5322, 3.2.3.
    private static func isAtomText(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }

    private static func isDomain(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
            (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
                && label.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
        }
    }

    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }

    static func lowercased(_ bytes: some Sequence<UInt8>) -> String {
        let letters = UInt8(ascii: "A")...UInt8(ascii: "Z")
        return String(decoding: bytes.map { letters.contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }
}
