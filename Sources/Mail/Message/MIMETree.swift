import CGMime

/// A parsed message, owned. Pointers into it live no longer than a call to `walk`.
struct MIMETree: ~Copyable {
    private let message: UnsafeMutablePointer<GMimeMessage>

    /// Fails when the bytes hold nothing that could be a message.
    init?(_ bytes: [UInt8]) {
        let options = MIMEText.Options.shared.pointer
        let parsed = bytes.withUnsafeBytes { formpost_mime_parse($0.baseAddress, $0.count, options) }
        guard let parsed else { return nil }
        message = parsed
    }

    deinit {
        g_object_unref(message)
    }

    /// The header fields in order, unfolded; those of the body (`Content-…`), which GMime keeps apart, come last.
    var headers: [MessageHeader] {
        Self.fields(formpost_mime_message_headers(message))
            + (formpost_mime_message_body(message).map { Self.fields(g_mime_object_get_header_list($0)) } ?? [])
    }

    private static func fields(_ list: UnsafeMutablePointer<GMimeHeaderList>?) -> [MessageHeader] {
        guard let list else { return [] }
        return (0..<max(0, g_mime_header_list_get_count(list))).compactMap { index in
            guard let header = g_mime_header_list_get_header_at(list, index), let name = g_mime_header_get_name(header)
            else { return nil }
            let value = g_mime_header_get_raw_value(header).map { MIMEText.text($0) } ?? ""
            return MessageHeader(name: MIMEText.text(name), raw: unfolded(value))
        }
    }

    /// Hands every leaf and attached message to `visit` in order, a wrapper before what it holds.
    ///
    /// - Parameter depth: how many parts may stand within each other.
    func walk(depth: Int, _ visit: (borrowing MIMENode) throws(MessageError) -> Void) throws(MessageError) {
        guard let body = formpost_mime_message_body(message) else { return }
        try Self.walkBody(body, prefix: [], isTop: true, depth: depth, visit)
    }

    /// Numbers the parts of a message's body as IMAP does: those of a multipart directly, a single part as 1.
    private static func walkBody(
        _ body: UnsafeMutablePointer<GMimeObject>, prefix: [Int], isTop: Bool, depth: Int,
        _ visit: (borrowing MIMENode) throws(MessageError) -> Void
    ) throws(MessageError) {
        let isMultipart = formpost_mime_shape_of(body) == FORMPOST_MIME_MULTIPART
        try walkPart(
            body, path: isMultipart ? prefix : prefix + [1], parent: "", isTop: isTop, depth: depth, visit)
    }

    private static func walkPart(
        _ object: UnsafeMutablePointer<GMimeObject>, path: [Int], parent: String, isTop: Bool, depth: Int,
        _ visit: (borrowing MIMENode) throws(MessageError) -> Void
    ) throws(MessageError) {
        guard depth > 0 else { throw MessageError(.tooDeep, "parts within parts beyond the limit") }
        switch formpost_mime_shape_of(object) {
        case FORMPOST_MIME_MULTIPART:
            let type = MIMENode.contentType(of: object)
            for index in 0..<max(0, formpost_mime_child_count(object)) {
                guard let child = formpost_mime_child(object, index) else { continue }
                try walkPart(
                    child, path: path + [Int(index) + 1], parent: type, isTop: isTop, depth: depth - 1, visit)
            }
        case FORMPOST_MIME_MESSAGE:
            let attached = formpost_mime_attached_message(object)
            try visit(MIMENode(object: object, attached: attached, path: path, parent: parent, isTop: isTop))
            if let attached, let body = formpost_mime_message_body(attached) {
                try walkBody(body, prefix: path, isTop: false, depth: depth - 1, visit)
            }
        case FORMPOST_MIME_LEAF:
            try visit(MIMENode(object: object, attached: nil, path: path, parent: parent, isTop: isTop))
        default:
            return
        }
    }

    /// Line breaks within a field are folding (RFC 5322, 2.2.3); the blanks after them stay.
    static func unfolded(_ value: String) -> String {
        let bytes = value.utf8.filter { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") }
        let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        let end = bytes.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? 0
        return String(decoding: bytes[..<end].drop(while: isBlank), as: UTF8.self)
    }
}

/// A leaf or an attached message within a tree, valid during one call of the tree's `walk`.
struct MIMENode: ~Copyable {
    private let object: UnsafeMutablePointer<GMimeObject>
    private let attached: UnsafeMutablePointer<GMimeMessage>?
    /// Part numbers from the top.
    let path: [Int]
    /// Type of the multipart it stands in, e.g. `multipart/related`; empty when there is none.
    let parent: String
    /// False within an attached message.
    let isTop: Bool

    fileprivate init(
        object: UnsafeMutablePointer<GMimeObject>, attached: UnsafeMutablePointer<GMimeMessage>?, path: [Int],
        parent: String, isTop: Bool
    ) {
        self.object = object
        self.attached = attached
        self.path = path
        self.parent = parent
        self.isTop = isTop
    }

    var isAttachedMessage: Bool { attached != nil }
    var contentType: String { Self.contentType(of: object) }

    var charset: String? {
        g_mime_object_get_content_type_parameter(object, "charset").map { MIMEText.text($0) }
    }

    /// RFC 2231, RFC 2047 or raw 8-bit, decoded; nil when there is none or it is blank.
    var filename: String? {
        for (field, parameter) in [("Content-Disposition", "filename"), ("Content-Type", "name")] {
            guard let raw = Self.rawField(field, of: object) else { continue }
            let value = EncodedWords.joined(MIMETree.unfolded(raw))
            let options = MIMEText.Options.shared.pointer
            guard let name = formpost_mime_parameter(options, field == "Content-Type" ? 1 : 0, value, parameter) else {
                continue
            }
            defer { g_free(name) }
            let text = MIMEText.withoutControls(MIMEText.text(name))
            if text.contains(where: { !$0.isWhitespace }) { return text }
        }
        return nil
    }

    private static func rawField(_ name: String, of object: UnsafeMutablePointer<GMimeObject>) -> String? {
        guard let list = g_mime_object_get_header_list(object),
            let header = g_mime_header_list_get_header(list, name), let value = g_mime_header_get_raw_value(header)
        else { return nil }
        return MIMEText.text(value)
    }

    /// `attachment`, `inline`, or nil when nothing is declared (RFC 2183).
    var disposition: String? {
        g_mime_object_get_disposition(object).map { MIMEText.text($0).lowercased() }
    }

    var hasContentID: Bool { g_mime_object_get_content_id(object) != nil }

    /// The bytes of a leaf decoded, of an attached message as they stand.
    var bytes: [UInt8] {
        let array = attached.map { formpost_mime_written($0) } ?? formpost_mime_decoded(object)
        guard let array else { return [] }
        defer { g_byte_array_unref(array) }
        return [UInt8](UnsafeBufferPointer(start: array.pointee.data, count: Int(array.pointee.len)))
    }

    fileprivate static func contentType(of object: UnsafeMutablePointer<GMimeObject>) -> String {
        guard let type = g_mime_object_get_content_type(object), let major = g_mime_content_type_get_media_type(type),
            let minor = g_mime_content_type_get_media_subtype(type)
        else { return "application/octet-stream" }
        return MIMEText.withoutControls(MIMEText.text(major) + "/" + MIMEText.text(minor)).lowercased()
    }
}
