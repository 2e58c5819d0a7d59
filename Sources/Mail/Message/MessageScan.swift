/// A look at the raw bytes before the parser sees them: refuses what would cost it time or memory out of proportion.
///
/// It knows nothing of boundaries. It counts, over the whole message, the lines that could open a part or begin one,
/// and measures every field that the parser takes apart eagerly.
struct MessageScan {
    /// Lines that begin with `--` for each part allowed: signatures, rulers and quoted mails have some too.
    private static let dashedLinesPerPart = 20

    static func check(_ bytes: [UInt8], _ limits: MessageLimits) throws(MessageError) {
        guard bytes.count <= limits.bytes else {
            throw MessageError(.tooLarge, "\(bytes.count) bytes, \(limits.bytes) are allowed")
        }
        var scan = MessageScan(limits: limits)
        let failure: MessageError? = bytes.withUnsafeBufferPointer { buffer in
            do throws(MessageError) {
                try scan.run(buffer)
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
    }

    /// Fields of all parts together, for each field that one part may have.
    private static let fieldsFactor = 10

    private let limits: MessageLimits
    private var block: Block? = Block()
    private var totalFields = 0
    /// Bytes of the field at hand, if it is one that is measured.
    private var fieldBytes: Int?
    private var typeLines = 0
    private var dashedLines = 0

    /// Lines that the parser may take for the header of a message or a part, up to the next empty line.
    private struct Block {
        var fields = 0
        var hasType = false
        var mentionsMessage = false
        var isTop = true
        /// What follows an attached message's type, or no type (as in a digest), may be the header of that message.
        var mayBeFollowedByHeader: Bool { !hasType || mentionsMessage }
    }

    private init(limits: MessageLimits) {
        self.limits = limits
    }

    private mutating func run(_ bytes: UnsafeBufferPointer<UInt8>) throws(MessageError) {
        var start = 0
        while start < bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
            try line(UnsafeBufferPointer(rebasing: bytes[start..<end]))
            start = end + 1
        }
        guard totalFields > 0 else { throw MessageError(.notMessage, "no header field at the start") }
    }

    private mutating func line(_ line: UnsafeBufferPointer<UInt8>) throws(MessageError) {
        let first = line.first ?? UInt8(ascii: "\r")
        if first == UInt8(ascii: "-"), line.count > 2, line[1] == UInt8(ascii: "-") {
            try boundary()
        } else if first == UInt8(ascii: "\r") {
            guard let ended = block else { return }
            if ended.isTop, ended.fields == 0 { throw MessageError(.notMessage, "no header field at the start") }
            block = ended.fields > 0 && ended.mayBeFollowedByHeader ? Block(isTop: false) : nil
        } else if block != nil {
            try headerLine(line, isContinuation: first == UInt8(ascii: " ") || first == UInt8(ascii: "\t"))
        }
    }

    private mutating func boundary() throws(MessageError) {
        dashedLines += 1
        block = Block(isTop: false)
        guard dashedLines <= limits.parts * Self.dashedLinesPerPart else {
            throw MessageError(.tooManyParts, "more than \(dashedLines - 1) lines that could be boundaries")
        }
    }

    private mutating func headerLine(
        _ line: UnsafeBufferPointer<UInt8>, isContinuation: Bool
    ) throws(MessageError) {
        if isContinuation {
            if let length = fieldBytes { try measure(length + line.count) }
        } else {
            fieldBytes = nil
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), !line[..<colon].contains(UInt8(ascii: " ")) else {
                return
            }
            block?.fields += 1
            totalFields += 1
            guard block?.fields ?? 0 <= limits.headers, totalFields <= limits.headers * Self.fieldsFactor else {
                throw MessageError(.tooManyHeaders, "more than \(limits.headers) header fields")
            }
            try measure(line.count)
            if Self.begins(line, with: "content-type") {
                block?.hasType = true
                typeLines += 1
                guard typeLines <= limits.parts else {
                    throw MessageError(.tooManyParts, "more than \(limits.parts) lines that declare a part")
                }
            }
        }
        if line.indices.contains(where: {
            line[$0] | 0x20 == UInt8(ascii: "m")
                && Self.begins(UnsafeBufferPointer(rebasing: line[$0...]), with: "message/")
        }) {
            block?.mentionsMessage = true
        }
    }

    private mutating func measure(_ length: Int) throws(MessageError) {
        guard length <= limits.headerBytes else {
            throw MessageError(.headerTooLong, "a header field of more than \(limits.headerBytes) bytes")
        }
        fieldBytes = length
    }

    /// Whether the line begins with a name given in lower case.
    private static func begins(_ line: UnsafeBufferPointer<UInt8>, with name: StaticString) -> Bool {
        guard line.count >= name.utf8CodeUnitCount else { return false }
        for index in 0..<name.utf8CodeUnitCount where line[index] | 0x20 != name.utf8Start[index] | 0x20 {
            return false
        }
        return true
    }
}
