/// Attachments within a `winmail.dat`, as Outlook wraps them for other Outlooks ([MS-OXTNEF]).
struct TNEF {
    struct Attachment: Hashable {
        var filename: String?
        var bytes: [UInt8] = []
    }

    /// Attributes (2.1.3.3) that are looked at; the upper half is the attribute's type.
    private enum Attribute {
        static let renderingData = 0x0006_9002
        static let title = 0x0001_8010
        static let data = 0x0006_800F
        static let properties = 0x0006_9005
    }

    /// PidTagAttachLongFilename and PidTagAttachData… ([MS-OXCMSG] 2.2.2.11 and 2.2.2.7).
    private enum Property {
        static let longFilename = 0x3707
        static let data = 0x3701
    }

    /// In the order of the stream.
    private(set) var attachments: [Attachment] = []
    /// False when the stream is cut off or has rubbish behind it.
    private(set) var isWhole = false

    /// Reads as far as the stream goes.
    init(_ bytes: [UInt8]) {
        var cursor = Cursor(bytes[...])
        guard cursor.number(4) == 0x223E_9F78, cursor.number(2) != nil else { return }
        while !cursor.isAtEnd {
            // The checksum at the end of each attribute is not looked at: some programs write wrong ones.
            guard let level = cursor.number(1), let attribute = cursor.number(4), let length = cursor.number(4),
                let content = cursor.take(length), cursor.number(2) != nil
            else { return }
            if level == 2 { add(attribute, content) }
        }
        isWhole = true
    }

    private mutating func add(_ attribute: Int, _ content: ArraySlice<UInt8>) {
        if attribute == Attribute.renderingData { attachments.append(Attachment()) }
        guard let last = attachments.indices.last else { return }
        switch attribute {
        case Attribute.title:
            if attachments[last].filename == nil { attachments[last].filename = Self.text(content) }
        case Attribute.data: attachments[last].bytes = Array(content)
        case Attribute.properties: Self.apply(content, to: &attachments[last])
        default: return
        }
    }

    /// Looks through MAPI properties ([MS-OXTNEF] 2.1.3.4) for the name, as the title has been shortened to 8.3 at
    /// times, and for the content where it is an object.
    private static func apply(_ properties: ArraySlice<UInt8>, to attachment: inout Attachment) {
        var cursor = Cursor(properties)
        guard let count = cursor.number(4) else { return }
        for _ in 0..<count {
            guard let type = cursor.number(2), let id = cursor.number(2), id < 0x8000 || cursor.skipName(),
                let values = cursor.values(type)
            else { return }
            guard let value = values.first else { continue }
            switch (id, type) {
            case (Property.longFilename, 0x1F): attachment.filename = utf16(value) ?? attachment.filename
            case (Property.longFilename, 0x1E): attachment.filename = text(value) ?? attachment.filename
            // An object begins with the identifier of its interface.
            case (Property.data, 0x0D) where attachment.bytes.isEmpty: attachment.bytes = Array(value.dropFirst(16))
            case (Property.data, 0x102) where attachment.bytes.isEmpty: attachment.bytes = Array(value)
            default: continue
            }
        }
    }

    private static func utf16(_ bytes: ArraySlice<UInt8>) -> String? {
        let units = stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2).map {
            UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8
        }.prefix { $0 != 0 }
        return units.isEmpty ? nil : String(decoding: units, as: UTF16.self)
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String? {
        let visible = bytes.prefix { $0 != 0 }
        return visible.isEmpty ? nil : MIMEText.text(visible, charset: nil)
    }
}

extension TNEF {
    /// Little-endian numbers and runs of bytes, each read only if it is there wholly.
    private struct Cursor {
        private var rest: ArraySlice<UInt8>

        init(_ bytes: ArraySlice<UInt8>) {
            rest = bytes
        }

        var isAtEnd: Bool { rest.isEmpty }

        mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
            guard count >= 0, count <= rest.count else { return nil }
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }

        mutating func number(_ count: Int) -> Int? {
            take(count)?.reversed().reduce(0) { $0 << 8 | Int($1) }
        }

        /// Bytes followed by as many as fill the last four.
        private mutating func padded(_ count: Int) -> ArraySlice<UInt8>? {
            guard let bytes = take(count), take(-count & 3) != nil else { return nil }
            return bytes
        }

        /// The name of a property beyond 0x8000: a set, and a number or a text.
        mutating func skipName() -> Bool {
            guard take(16) != nil, let kind = number(4), let length = number(4) else { return false }
            return kind == 0 || padded(length) != nil
        }

        /// The values of one property; most have one.
        mutating func values(_ type: Int) -> [ArraySlice<UInt8>]? {
            let isVariable = [0x0D, 0x1E, 0x1F, 0x102].contains(type & 0xFFF)
            var count = 1
            if isVariable || type & 0x1000 != 0 {
                guard let stated = number(4), stated <= rest.count else { return nil }
                count = stated
            }
            var values: [ArraySlice<UInt8>] = []
            for _ in 0..<count {
                guard let size = isVariable ? number(4) : Self.sizes[type & 0xFFF], let value = padded(size) else {
                    return nil
                }
                values.append(value)
            }
            return values
        }

        /// Bytes of the types of fixed length, padding included ([MS-OXCDATA] 2.11.1). None has length 0: a value must
        /// cost the stream something, or a count could be claimed for nothing.
        private static let sizes = [
            0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16,
        ]
    }
}
