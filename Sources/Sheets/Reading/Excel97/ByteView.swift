/// A stretch of bytes, read little-endian. Whatever lies outside it is damage, never a crash.
struct ByteView {
    private let bytes: [UInt8]
    /// Where it begins and ends in the bytes that it is a part of.
    let range: Range<Int>
    var count: Int { range.count }

    /// The range is clamped to what there is.
    init(_ bytes: [UInt8], _ range: Range<Int>? = nil) {
        self.bytes = bytes
        self.range = (range ?? bytes.indices).clamped(to: bytes.indices)
    }

    @inline(__always)
    func byte(_ place: Int) throws(WorkbookError) -> Int {
        Int(bytes[try index(place, 1)])
    }

    @inline(__always)
    func short(_ place: Int) throws(WorkbookError) -> Int {
        let index = try index(place, 2)
        return Int(bytes[index]) | Int(bytes[index + 1]) << 8
    }

    @inline(__always)
    func word(_ place: Int) throws(WorkbookError) -> Int {
        let index = try index(place, 4)
        let low = Int(bytes[index]) | Int(bytes[index + 1]) << 8
        return low | Int(bytes[index + 2]) << 16 | Int(bytes[index + 3]) << 24
    }

    @inline(__always)
    func double(_ place: Int) throws(WorkbookError) -> Double {
        let low = try word(place)
        return Double(bitPattern: UInt64(low) | UInt64(try word(place + 4)) << 32)
    }

    /// A part of it.
    func slice(_ place: Int, count: Int) throws(WorkbookError) -> ArraySlice<UInt8> {
        guard count >= 0 else { throw Self.outside }
        let index = try index(place, count)
        return bytes[index..<(index + count)]
    }

    /// Where a field of that many bytes stands.
    @inline(__always)
    private func index(_ place: Int, _ count: Int) throws(WorkbookError) -> Int {
        guard place >= 0, place <= range.count - count else { throw Self.outside }
        return range.lowerBound + place
    }

    static let outside = WorkbookError(.damaged, "a record or header is shorter than what it must hold")
}
