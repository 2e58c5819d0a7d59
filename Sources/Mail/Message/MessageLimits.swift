/// How much of a message is read before it counts as an attack.
package struct MessageLimits: Hashable, Sendable, Codable {
    /// Bytes of the raw message.
    package var bytes = 64 << 20
    /// Header fields of one message or part.
    package var headers = 1_000
    /// Bytes of one header field with its continuation lines.
    package var headerBytes = 64 << 10
    /// Leaves and wrappers, those inside zips included.
    package var parts = 500
    /// Parts within parts, attached messages included.
    package var depth = 30
    /// Bytes of all decoded parts together, what zips hold included.
    package var decodedBytes = 256 << 20
    /// Characters of `Message.text`.
    package var text = 100_000

    package init() {}

    package static let standard = MessageLimits()
}
