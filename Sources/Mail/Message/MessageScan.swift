/// A look at the raw bytes before the parser sees them: refuses what would cost it time or memory out of proportion.
///
/// It knows nothing of boundaries. It counts, over the whole message, the lines that could open a part or begin one, and
/// measures every field that the parser takes apart eagerly.
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

    private let limits: MessageLimits
    private var inHeader = true
    private var fields = 0
    /// Bytes of the field at hand, if it is one that is measured.
    private var fieldBytes: Int?
    private var typeLines = 0
    private var dashedLines = 0

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
        guard fields > 0 else { throw MessageError(.notMessage, "no header field at the start") }
    }

    private mutating func line(_ line: UnsafeBufferPointer<UInt8>) throws(MessageError) {
        let first = line.first ?? UInt8(ascii: "\r")
        if first == UInt8(ascii: " ") || first == UInt8(ascii: "\t") {
            if let length = fieldBytes { try measure(length + line.count) }
            return
        }
        fieldBytes = nil
        if inHeader {
            if first == UInt8(ascii: "\r") {
                inHeader = false
            } else {
                try measure(line.count)
                // An mbox envelope line counts as nothing; GMime skips it too.
                if line.contains(UInt8(ascii: ":")) { fields += 1 }
                guard fields <= limits.headers else {
                    throw MessageError(.tooManyHeaders, "more than \(limits.headers) header fields")
                }
            }
        }
        if first == UInt8(ascii: "-"), line.count > 2, line[1] == UInt8(ascii: "-") {
            dashedLines += 1
            guard dashedLines <= limits.parts * Self.dashedLinesPerPart else {
                throw MessageError(.tooManyParts, "more than \(dashedLines - 1) lines that could be boundaries")
            }
        } else if first | 0x20 == UInt8(ascii: "c"), Self.begins(line, with: "content-") {
            try measure(line.count)
            if Self.begins(line, with: "content-type") { typeLines += 1 }
            guard typeLines <= limits.parts else {
                throw MessageError(.tooManyParts, "more than \(limits.parts) lines that declare a part")
            }
        }
    }

    private mutating func measure(_ length: Int) throws(MessageError) {
        guard length <= limits.headerBytes else {
            throw MessageError(.headerTooLong, "a header field of more than \(limits.headerBytes) bytes")
        }
        fieldBytes = length
    }

    private static func begins(_ line: UnsafeBufferPointer<UInt8>, with name: StaticString) -> Bool {
        guard line.count >= name.utf8CodeUnitCount else { return false }
        for index in 0..<name.utf8CodeUnitCount where line[index] | 0x20 != name.utf8Start[index] | 0x20 {
            return false
        }
        return true
    }
}
