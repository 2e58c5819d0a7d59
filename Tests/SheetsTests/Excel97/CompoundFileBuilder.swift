/// A compound file ([MS-CFB]) around streams, written plainly, so that a test can bend what it is about.
struct CompoundFileBuilder {
    var streams: [(name: String, bytes: [UInt8])]
    /// log2 of a sector's bytes: 12 makes a file of version 4.
    var shift = 9

    private static let free: UInt32 = 0xFFFF_FFFF
    private static let end: UInt32 = 0xFFFF_FFFE
    private static let tableMark: UInt32 = 0xFFFF_FFFD
    private static let miniCutoff = 4096

    /// Where things lie in the file that `bytes` makes.
    static let header = (tableCount: 44, directory: 48, miniTable: 60, moreTables: 68, tables: 76)

    func bytes() -> [UInt8] {
        var layout = Layout(sectorBytes: 1 << shift)
        var mini: [UInt8] = []
        var miniTable: [UInt32] = []
        var entries: [[UInt8]] = []
        for (index, stream) in streams.enumerated() {
            let start: UInt32
            if stream.bytes.count < Self.miniCutoff {
                start = UInt32(mini.count / 64)
                mini += Self.padded(stream.bytes, to: 64)
                let count = (stream.bytes.count + 63) / 64
                for step in 0..<count { miniTable.append(step + 1 < count ? start + UInt32(step) + 1 : Self.end) }
            } else {
                start = layout.add(stream.bytes)
            }
            let right = index + 1 < streams.count ? UInt32(index + 2) : Self.free
            entries.append(Self.entry(stream.name, kind: 2, right: right, start: start, size: stream.bytes.count))
        }
        let miniStart = layout.add(mini)
        let child = streams.isEmpty ? Self.free : 1
        let root = Self.entry("Root Entry", kind: 5, child: child, start: miniStart, size: mini.count)
        let directory = layout.add(([root] + entries).flatMap { $0 })
        let miniTableStart = layout.add(miniTable.flatMap(Little.word))
        return header(layout.addTable(), directory: directory, miniTable: miniTableStart) + layout.sectors
    }

    private func header(_ tables: [UInt32], directory: UInt32, miniTable: UInt32) -> [UInt8] {
        var header: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + Array(repeating: 0, count: 16)
        header += Little.short(0x3E) + Little.short(shift == 9 ? 3 : 4) + Little.short(0xFFFE)
        header += Little.short(shift) + Little.short(6) + Array(repeating: 0, count: 10)
        header += Little.word(UInt32(tables.count)) + Little.word(directory) + Little.word(0)
        header += Little.word(UInt32(Self.miniCutoff)) + Little.word(miniTable) + Little.word(1)
        header += Little.word(Self.end) + Little.word(0)
        header += (0..<109).flatMap { Little.word($0 < tables.count ? tables[$0] : Self.free) }
        return Self.padded(header, to: 1 << shift)
    }

    private static func entry(
        _ name: String, kind: UInt8, right: UInt32 = free, child: UInt32 = free, start: UInt32, size: Int
    ) -> [UInt8] {
        let units = Array(name.utf16)
        var entry = padded(units.flatMap { Little.short(Int($0)) }, to: 64)
        entry += Little.short(2 * units.count + 2) + [kind, 1] + Little.word(free) + Little.word(right)
        entry += Little.word(child) + Array(repeating: 0, count: 36) + Little.word(start) + Little.word(UInt32(size))
        return entry + [0, 0, 0, 0]
    }

    private static func padded(_ bytes: [UInt8], to unit: Int) -> [UInt8] {
        bytes + Array(repeating: 0, count: (unit - bytes.count % unit) % unit)
    }

    /// Sectors as they are handed out, and the table that chains them.
    private struct Layout {
        let sectorBytes: Int
        var sectors: [UInt8] = []
        var table: [UInt32] = []

        mutating func add(_ bytes: [UInt8]) -> UInt32 {
            if bytes.isEmpty { return CompoundFileBuilder.end }
            let start = table.count
            sectors += CompoundFileBuilder.padded(bytes, to: sectorBytes)
            let last = sectors.count / sectorBytes - 1
            table += (start...last).map { $0 < last ? UInt32($0) + 1 : CompoundFileBuilder.end }
            return UInt32(start)
        }

        /// Writes the table behind all else; gives its sectors.
        mutating func addTable() -> [UInt32] {
            let perSector = sectorBytes / 4
            let count = (table.count + perSector) / (perSector - 1)
            let places = (table.count..<(table.count + count)).map { UInt32($0) }
            table += places.map { _ in CompoundFileBuilder.tableMark }
            table += Array(repeating: CompoundFileBuilder.free, count: count * perSector - table.count)
            sectors += table.flatMap(Little.word)
            return places
        }
    }
}

/// Numbers as bytes, the lowest first.
enum Little {
    static func short(_ number: Int) -> [UInt8] { [UInt8(number & 0xFF), UInt8(number >> 8 & 0xFF)] }
    static func word(_ number: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
    static func double(_ number: Double) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * UInt64($0))) }
    }
}
