/// A compound file ([MS-CFB]): the container of .xls and of encrypted workbooks. Versions 3 and 4.
///
/// No chain of sectors passes one sector twice, so none can bite its tail.
struct CompoundFile {
    static let signature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

    /// A stream of the root storage, or a storage in it ([MS-CFB] 2.6.1).
    struct Entry {
        let start: Int
        let size: Int
        let isStream: Bool
    }

    /// What lies in the root storage, by name in upper case: [MS-CFB] 2.6.4 compares names so.
    private let entries: [String: Entry]

    private let sectors: SectorChains
    private let miniSectors: MiniSectors

    /// Throws `damaged` when the header, a chain or the directory contradicts itself, `tooManyParts` when there are
    /// more entries than `maximumEntries`.
    init(_ bytes: [UInt8], maximumEntries: Int) throws(WorkbookError) {
        let header = ByteView(bytes, 0..<min(bytes.count, 512))
        sectors = try SectorChains(bytes, header: header)
        let directory = try Directory(
            sectors.bytes(from: header.word(48), size: nil, what: "directory"), isVersion3: header.short(26) == 3,
            maximumEntries: maximumEntries)
        entries = directory.entries
        miniSectors = MiniSectors(
            root: directory.root, cutoff: try header.word(56), tableStart: try header.word(60),
            shift: try header.short(32))
    }

    /// True when a stream or storage of that name lies in the root storage.
    func has(_ name: String) -> Bool { entries[name.uppercased()] != nil }

    /// The content of a stream of the root storage; nil when there is none of that name.
    func stream(_ name: String) throws(WorkbookError) -> [UInt8]? {
        guard let entry = entries[name.uppercased()], entry.isStream else { return nil }
        guard entry.size < miniSectors.cutoff else {
            return try sectors.bytes(from: entry.start, size: entry.size, what: name)
        }
        return try miniSectors.bytes(of: entry, in: sectors, what: name)
    }
}

/// The allocation table and the sectors that it chains ([MS-CFB] 2.3, 2.5).
private struct SectorChains {
    private let file: [UInt8]
    /// log2 of a sector's bytes: 9, or 12 in version 4.
    private let shift: Int
    /// The sector after each; shorter than the file where the table is.
    private let next: [Int]
    /// Sectors that the file has room for; the last may be cut short, as some programs leave it.
    private let count: Int

    /// Entries of the table of tables that the header itself holds.
    private static let listedTables = 109
    private static let lastRegular = 0xFFFF_FFFA
    private static let endOfChain = 0xFFFF_FFFE

    init(_ file: [UInt8], header: ByteView) throws(WorkbookError) {
        let shift = try header.short(30)
        guard shift == 9 || shift == 12, file.count > 512 else {
            throw WorkbookError(.damaged, "a compound file without a whole header")
        }
        let count = (file.count - 1) >> shift
        var tables: [Int] = []
        for index in 0..<Self.listedTables { tables.append(try header.word(76 + 4 * index)) }
        try Self.appendListedElsewhere(to: &tables, file, header, shift: shift, count: count)
        var next: [Int] = []
        next.reserveCapacity(count)
        for table in tables where table <= Self.lastRegular && next.count < count {
            let sector = Self.sector(table, file, shift: shift)
            guard sector.count == 1 << shift else {
                throw WorkbookError(.damaged, "the compound file's allocation table lies outside it")
            }
            for place in stride(from: 0, to: sector.count, by: 4) where next.count < count {
                next.append(try sector.word(place))
            }
        }
        (self.file, self.shift, self.next, self.count) = (file, shift, next, count)
    }

    /// The table of tables goes on in a chain of sectors of its own ([MS-CFB] 2.5).
    private static func appendListedElsewhere(
        to tables: inout [Int], _ file: [UInt8], _ header: ByteView, shift: Int, count: Int
    ) throws(WorkbookError) {
        let perSector = 1 << (shift - 2)
        var place = try header.word(68)
        while place <= lastRegular, tables.count * perSector < count {
            let sector = sector(place, file, shift: shift)
            for index in 0..<(perSector - 1) { tables.append(try sector.word(4 * index)) }
            place = try sector.word(4 * (perSector - 1))
        }
    }

    private static func sector(_ number: Int, _ file: [UInt8], shift: Int) -> ByteView {
        ByteView(file, min((number + 1) << shift, file.count)..<min((number + 2) << shift, file.count))
    }

    /// What a chain holds: its first `size` bytes, or all of it.
    func bytes(from start: Int, size: Int?, what: String) throws(WorkbookError) -> [UInt8] {
        let wanted = size ?? file.count
        guard wanted <= file.count else {
            throw WorkbookError(.damaged, "\(what): said to be larger than the file that holds it")
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size ?? 0)
        var sector = start
        var isSeen = Array(repeating: false, count: count)
        while bytes.count < wanted, sector != Self.endOfChain {
            guard sector < count, !isSeen[sector] else {
                throw WorkbookError(.damaged, "\(what): its chain of sectors leads astray")
            }
            isSeen[sector] = true
            let range = Self.sector(sector, file, shift: shift).range
            bytes.append(contentsOf: file[range].prefix(wanted - bytes.count))
            sector = sector < next.count ? next[sector] : Self.endOfChain
        }
        guard size == nil || bytes.count == wanted else {
            throw WorkbookError(.damaged, "\(what): its chain of sectors ends too early")
        }
        return bytes
    }
}

/// Streams shorter than the cutoff lie together in one stream, chained by a table of their own ([MS-CFB] 2.4).
private struct MiniSectors {
    let root: CompoundFile.Entry
    let cutoff: Int
    let tableStart: Int
    let shift: Int

    func bytes(of entry: CompoundFile.Entry, in sectors: SectorChains, what: String) throws(WorkbookError) -> [UInt8] {
        guard (4...12).contains(shift) else { throw WorkbookError(.damaged, "mini sectors of no known size") }
        if entry.size == 0 { return [] }
        let container = try sectors.bytes(from: root.start, size: root.size, what: "mini stream")
        let table = ByteView(try sectors.bytes(from: tableStart, size: nil, what: "mini allocation table"))
        var bytes: [UInt8] = []
        var sector = entry.start
        var isSeen = Array(repeating: false, count: (container.count >> shift) + 1)
        while bytes.count < entry.size {
            let place = sector << shift
            guard place < container.count, !isSeen[sector] else {
                throw WorkbookError(.damaged, "\(what): its chain of mini sectors leads astray")
            }
            isSeen[sector] = true
            let end = min(place + 1 << shift, container.count)
            bytes.append(contentsOf: container[place..<end].prefix(entry.size - bytes.count))
            if bytes.count < entry.size { sector = try table.word(4 * sector) }
        }
        return bytes
    }
}

/// The directory: a red-black tree of entries for each storage ([MS-CFB] 2.6).
private struct Directory {
    let root: CompoundFile.Entry
    private(set) var entries: [String: CompoundFile.Entry] = [:]

    private static let entryBytes = 128

    init(_ bytes: [UInt8], isVersion3: Bool, maximumEntries: Int) throws(WorkbookError) {
        let view = ByteView(bytes)
        let count = bytes.count / Self.entryBytes
        guard count <= maximumEntries else {
            throw WorkbookError(.tooManyParts, "more than \(maximumEntries) entries in the compound file's directory")
        }
        root = try Self.entry(view, 0, isVersion3: isVersion3)
        var isSeen = Array(repeating: false, count: count)
        var waiting = [try view.word(76)]
        while let index = waiting.popLast() {
            guard index < count, !isSeen[index] else { continue }
            isSeen[index] = true
            let place = index * Self.entryBytes
            waiting.append(try view.word(place + 68))
            waiting.append(try view.word(place + 72))
            if let name = try Self.name(view, place) {
                entries[name.uppercased()] = try Self.entry(view, place, isVersion3: isVersion3)
            }
        }
    }

    private static func entry(
        _ view: ByteView, _ place: Int, isVersion3: Bool
    ) throws(WorkbookError) -> CompoundFile.Entry {
        // Version 3 leaves the upper half of the size to chance.
        let upper = isVersion3 ? 0 : try view.word(place + 124) & 0x7FFF_FFFF
        return CompoundFile.Entry(
            start: try view.word(place + 116), size: try view.word(place + 120) | upper << 32,
            isStream: try view.byte(place + 66) == 2)
    }

    /// Nil for an entry that is not used.
    private static func name(_ view: ByteView, _ place: Int) throws(WorkbookError) -> String? {
        let length = try view.short(place + 64)
        guard try view.byte(place + 66) != 0, (2...64).contains(length) else { return nil }
        var units: [UInt16] = []
        for offset in stride(from: 0, to: length - 2, by: 2) { units.append(UInt16(try view.short(place + offset))) }
        return String(decoding: units, as: UTF16.self)
    }
}
