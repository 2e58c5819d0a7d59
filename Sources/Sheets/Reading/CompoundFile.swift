/// The directory of a compound file ([MS-CFB]): the container of .xls and of encrypted workbooks.
struct CompoundFile {
    static let signature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

    /// Names of streams and storages, as far as the directory can be followed.
    let names: Set<String>

    /// Nil for bytes without the signature or with a header that contradicts itself.
    init?(_ bytes: [UInt8]) {
        guard bytes.starts(with: Self.signature), let reader = SectorReader(bytes) else { return nil }
        names = reader.names()
    }
}

private struct SectorReader {
    private let bytes: [UInt8]
    private let shift: Int
    private let firstDirectorySector: Int
    /// A directory longer than this holds no workbook; it also ends a chain that bites its tail.
    private static let maximumSectors = 4096
    /// Sectors of the allocation table that the header itself lists.
    private static let listedTableSectors = 109

    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 512 else { return nil }
        self.bytes = bytes
        shift = Int(bytes[30]) | Int(bytes[31]) << 8
        guard shift == 9 || shift == 12 else { return nil }
        firstDirectorySector = Self.word(bytes, 48)
    }

    func names() -> Set<String> {
        var names: Set<String> = []
        var sector = firstDirectorySector
        for _ in 0..<Self.maximumSectors {
            guard let start = offset(of: sector) else { break }
            for entry in stride(from: start, to: start + (1 << shift), by: 128) {
                if let name = name(at: entry) { names.insert(name) }
            }
            guard let next = next(after: sector) else { break }
            sector = next
        }
        return names
    }

    /// Where a sector begins; nil when it does not lie inside the file as a whole.
    private func offset(of sector: Int) -> Int? {
        let start = (sector + 1) << shift
        return start + (1 << shift) <= bytes.count ? start : nil
    }

    private func next(after sector: Int) -> Int? {
        let perSector = 1 << (shift - 2)
        guard sector / perSector < Self.listedTableSectors,
            let table = offset(of: Self.word(bytes, 76 + 4 * (sector / perSector)))
        else { return nil }
        return Self.word(bytes, table + 4 * (sector % perSector))
    }

    private func name(at entry: Int) -> String? {
        let length = Int(bytes[entry + 64]) | Int(bytes[entry + 65]) << 8
        guard bytes[entry + 66] != 0, (2...64).contains(length) else { return nil }
        let units = stride(from: entry, to: entry + length - 2, by: 2).map {
            UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8
        }
        return String(decoding: units, as: UTF16.self)
    }

    private static func word(_ bytes: [UInt8], _ at: Int) -> Int {
        Int(bytes[at]) | Int(bytes[at + 1]) << 8 | Int(bytes[at + 2]) << 16 | Int(bytes[at + 3]) << 24
    }
}
