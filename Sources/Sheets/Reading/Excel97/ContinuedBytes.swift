/// A record and its continuations, read as one. A text that is cut by a continuation goes on there after a new flag,
/// which says anew whether its characters have one byte or two ([MS-XLS] 2.5.293).
struct ContinuedBytes {
    private let bytes: [UInt8]
    private let segments: [Range<Int>]
    private var segment = 0
    private var position: Int
    private var end: Int

    init(_ bytes: [UInt8], _ segments: [Range<Int>]) {
        self.bytes = bytes
        self.segments = segments
        position = segments[0].lowerBound
        end = segments[0].upperBound
        skipFinishedSegments()
    }

    var isAtEnd: Bool { position == end }

    mutating func byte() throws(WorkbookError) -> Int {
        guard position < end else { throw ByteView.outside }
        defer { advance(1) }
        return Int(bytes[position])
    }

    mutating func short() throws(WorkbookError) -> Int {
        let low = try byte()
        return low | (try byte()) << 8
    }

    mutating func word() throws(WorkbookError) -> Int {
        let low = try short()
        return low | (try short()) << 16
    }

    /// Passes over bytes, in as many segments as they take.
    mutating func skip(_ count: Int) throws(WorkbookError) {
        var left = count
        while left > 0 {
            guard position < end else { throw ByteView.outside }
            let step = min(left, end - position)
            left -= step
            advance(step)
        }
    }

    /// Bytes that are no Unicode text, in as many segments as they take.
    mutating func take(_ count: Int) throws(WorkbookError) -> [UInt8] {
        var taken: [UInt8] = []
        while taken.count < count {
            guard position < end else { throw ByteView.outside }
            let step = min(count - taken.count, end - position)
            taken.append(contentsOf: bytes[position..<(position + step)])
            advance(step)
        }
        return taken
    }

    /// The characters of a text whose first flag has been read.
    mutating func characters(_ count: Int, isWide: Bool) throws(WorkbookError) -> BinaryText {
        if !isWide, !isAtContinuation, end - position >= count {
            let piece = bytes[position..<(position + count)]
            advance(count)
            if piece.allSatisfy({ $0 < 0x80 }) { return .ascii(piece) }
            return .units(piece.map { UInt16($0) })
        }
        return .units(try units(count, isWide: isWide))
    }

    private mutating func units(_ count: Int, isWide: Bool) throws(WorkbookError) -> [UInt16] {
        var isWide = isWide
        var units: [UInt16] = []
        while units.count < count {
            while isAtContinuation { isWide = try byte() & 1 != 0 }
            guard position < end else { throw ByteView.outside }
            let step = min(count - units.count, (end - position) >> (isWide ? 1 : 0))
            if isWide {
                for place in stride(from: position, to: position + 2 * step, by: 2) {
                    units.append(UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8)
                }
            } else {
                units.append(contentsOf: bytes[position..<(position + step)].lazy.map { UInt16($0) })
            }
            // A byte left over is half of no character.
            advance(isWide ? max(2 * step, 1) : step)
        }
        return units
    }

    /// At the start of a CONTINUE record, where a text that goes on has its new flag.
    private var isAtContinuation: Bool {
        segment > 0 && position == segments[segment].lowerBound && position < end
    }

    @inline(__always)
    private mutating func advance(_ count: Int) {
        position += count
        if position == end { skipFinishedSegments() }
    }

    private mutating func skipFinishedSegments() {
        while position == end, segment + 1 < segments.count {
            segment += 1
            position = segments[segment].lowerBound
            end = segments[segment].upperBound
        }
    }
}
