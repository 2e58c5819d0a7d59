import Testing
import Zip

@Suite struct ZipArchiveTests {
    private static let text = Array("Huân chương Lao động".utf8)

    private func archive(_ entries: [(String, [UInt8])], method: ZipWriter.Method = .deflate) throws -> [UInt8] {
        var writer = ZipWriter()
        for (name, bytes) in entries { writer.add(name, bytes, method: method) }
        return try writer.finish()
    }

    @Test(arguments: [ZipWriter.Method.store, .deflate])
    func givesBackWhatWasWritten(method: ZipWriter.Method) throws {
        let bytes = try archive([("a.xml", Self.text), ("thư mục/b.xml", [])], method: method)
        let opened = try ZipArchive(bytes)
        #expect(opened.entries.map(\.name) == ["a.xml", "thư mục/b.xml"])
        #expect(opened.entries.map(\.size) == [Self.text.count, 0])
        #expect(try opened.read(opened.entries[0]) == Self.text)
        #expect(try opened.read(opened.entries[1]).isEmpty)
        #expect(opened["A.XML"] == nil)
    }

    @Test func writesTheSameBytesTwice() throws {
        #expect(try archive([("a", Self.text)]) == archive([("a", Self.text)]))
    }

    @Test func refusesToWriteTwoEntriesOfOneName() {
        #expect(throws: ZipError.self) { try archive([("a", [1]), ("a", [2])]) }
        #expect(throws: ZipError.self) { try archive([]) }
    }

    @Test func readsPieceByPiece() throws {
        let content = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        let opened = try ZipArchive(archive([("a", content)]))
        let stream = try opened.open(opened.entries[0])
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 777, alignment: 1)
        defer { buffer.deallocate() }
        var read: [UInt8] = []
        while case let count = try stream.read(into: buffer), count > 0 { read += buffer[..<count] }
        #expect(read == content)
    }

    @Test(arguments: [
        (ZipLimits(entries: 1), ZipError.Code.tooManyEntries),
        (ZipLimits(entryBytes: 9_999), .tooLarge),
        (ZipLimits(totalBytes: 15_000), .tooLarge),
        (ZipLimits(ratio: 20, ratioFloor: 5_000), .tooLarge),
        (ZipLimits(entryBytes: 10_000, totalBytes: 20_000), nil),
    ])
    func keepsToItsLimits(limits: ZipLimits, code: ZipError.Code?) throws {
        let zeros = [UInt8](repeating: 0, count: 10_000)
        let bytes = try archive([("a", zeros), ("b", zeros)])
        #expect(Self.code(of: bytes, limits) == code)
    }

    @Test func countsRepeatedReads() throws {
        let opened = try ZipArchive(archive([("a", Self.text)]), limits: ZipLimits(totalBytes: Self.text.count * 3 / 2))
        #expect(try opened.read(opened.entries[0]) == Self.text)
        #expect(throws: ZipError.self) { try opened.read(opened.entries[0]) }
    }

    @Test func namesTheDamage() throws {
        let good = try archive([("aa", Self.text), ("ab", Self.text)], method: .store)
        let directory = try #require(good.firstRange(of: [0x50, 0x4B, 0x01, 0x02]))

        var wrongContent = good
        wrongContent[try #require(good.firstRange(of: Self.text)).lowerBound] ^= 1
        #expect(Self.code(of: wrongContent) == .damaged)

        var encrypted = good
        encrypted[6] |= 1
        encrypted[directory.lowerBound + 8] |= 1
        #expect(Self.code(of: encrypted) == .encrypted)

        var unknownMethod = good
        unknownMethod[directory.lowerBound + 10] = 98
        #expect(Self.code(of: unknownMethod) == .unsupportedMethod)

        var overlapping = good
        overlapping[directory.lowerBound + 21] = 0x7F
        #expect(Self.code(of: overlapping) == .damaged)

        var twice = good
        while let name = twice.firstRange(of: Array("ab".utf8)) { twice[name.lowerBound + 1] = UInt8(ascii: "a") }
        #expect(Self.code(of: twice) == .damaged)
    }

    @Test(arguments: [[], [0x50, 0x4B, 0x03, 0x04], Array("%PDF-1.7".utf8)] as [[UInt8]])
    func refusesOtherBytes(bytes: [UInt8]) {
        #expect(Self.code(of: bytes) == .notArchive)
    }

    @Test func survivesEveryTruncation() throws {
        let good = try archive([("a", Self.text), ("b", Array(repeating: 7, count: 500))])
        for length in 0..<good.count {
            #expect(Self.code(of: Array(good.prefix(length))) != nil, "cut at \(length)")
        }
    }

    /// The code with which opening or reading all entries ends; nil when all of it can be read.
    private static func code(of bytes: [UInt8], _ limits: ZipLimits = .standard) -> ZipError.Code? {
        do throws(ZipError) {
            let opened = try ZipArchive(bytes, limits: limits)
            for entry in opened.entries { _ = try opened.read(entry) }
            return nil
        } catch { return error.code }
    }
}

extension Array where Element == UInt8 {
    fileprivate func firstRange(of other: [UInt8]) -> Range<Int>? {
        guard count >= other.count else { return nil }
        return (0...(count - other.count)).first { self[$0..<($0 + other.count)].elementsEqual(other) }
            .map { $0..<($0 + other.count) }
    }
}
