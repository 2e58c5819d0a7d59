import Foundation

/// A leaf of a message, or a wrapper that was opened (an attached message, a zip), which the leaves within it follow.
package struct MessagePart: Hashable, Sendable {
    /// What a part is there for.
    package enum Role: String, Sendable, Codable, CaseIterable {
        /// The words of a message, plain or HTML.
        case body
        /// Something that was sent along.
        case attachment
        /// Opened: the parts within it follow, with longer paths.
        case wrapper
        /// Nobody means it: lock files, `Thumbs.db`, images of a signature, signatures of a server.
        case ignorable
    }

    /// Why something that should have been opened stayed closed.
    package enum Obstacle: String, Sendable, Codable, CaseIterable {
        case encrypted, damaged, limits
    }

    /// Where it stands, as IMAP numbers parts (RFC 9051, 6.4.5.1): `2.1` is the first part within the second.
    package let path: String
    /// The declared type in lower case, without parameters; of a zip's entry the type of its kind. It proves nothing.
    package let contentType: String
    /// The name it was sent under, for people; nil when there is none. Never used as a path.
    package let filename: String?
    /// SHA-256 of the bytes, in hexadecimal.
    package let sha256: String
    /// What the bytes are.
    package let kind: FileKind
    package let role: Role
    /// Set when the part is an archive or the like that could not be opened, or not to its end.
    package let obstacle: Obstacle?
    /// The decoded bytes.
    package let bytes: [UInt8]

    package init(
        path: String, contentType: String, filename: String?, sha256: String, kind: FileKind, role: Role,
        obstacle: Obstacle? = nil, bytes: [UInt8]
    ) {
        self.path = path
        self.contentType = contentType
        self.filename = filename
        self.sha256 = sha256
        self.kind = kind
        self.role = role
        self.obstacle = obstacle
        self.bytes = bytes
    }

    /// Number of decoded bytes.
    package var size: Int { bytes.count }

    package var isIgnorable: Bool { role == .ignorable }
}

/// Bytes travel as `Data`, which coders write in one piece; an array they write number by number.
extension MessagePart: Codable {
    private enum Key: String, CodingKey {
        case path, contentType, filename, sha256, kind, role, obstacle, bytes
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        self.init(
            path: try values.decode(String.self, forKey: .path),
            contentType: try values.decode(String.self, forKey: .contentType),
            filename: try values.decodeIfPresent(String.self, forKey: .filename),
            sha256: try values.decode(String.self, forKey: .sha256),
            kind: try values.decode(FileKind.self, forKey: .kind),
            role: try values.decode(Role.self, forKey: .role),
            obstacle: try values.decodeIfPresent(Obstacle.self, forKey: .obstacle),
            bytes: [UInt8](try values.decode(Data.self, forKey: .bytes)))
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(path, forKey: .path)
        try values.encode(contentType, forKey: .contentType)
        try values.encodeIfPresent(filename, forKey: .filename)
        try values.encode(sha256, forKey: .sha256)
        try values.encode(kind, forKey: .kind)
        try values.encode(role, forKey: .role)
        try values.encodeIfPresent(obstacle, forKey: .obstacle)
        try values.encode(Data(bytes), forKey: .bytes)
    }
}
