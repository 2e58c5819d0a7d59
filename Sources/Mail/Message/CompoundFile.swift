/// Names of streams in a compound file ([MS-CFB]), enough to tell what wrote it.
enum CompoundFile {
    private static let markers: [(name: String, kind: FileKind)] = [
        ("EncryptedPackage", .encryptedWorkbook), ("Workbook", .xls), ("Book", .xls), ("WordDocument", .doc),
        ("PowerPoint Document", .ppt), ("__properties_version1.0", .msg),
    ]

    /// Looks for directory entries ([MS-CFB] 2.6.1) wherever they can stand, at every multiple of 128 bytes, without
    /// following the sector chains: so a damaged file is still told apart, and no chain can lead astray.
    static func kind(of bytes: [UInt8]) -> FileKind {
        let wanted = markers.map { (name: Array($0.name.utf8), kind: $0.kind) }
        var found: Set<FileKind> = []
        var place = 512
        while place + 128 <= bytes.count {
            defer { place += 128 }
            // Offset 64: length of the name with its closing zero; offset 66: 2 means a stream.
            let length = Int(bytes[place + 64]) | Int(bytes[place + 65]) << 8
            guard bytes[place + 66] == 2, length >= 4, length <= 64 else { continue }
            for (name, kind) in wanted where length == name.count * 2 + 2 {
                let isName = name.indices.allSatisfy {
                    bytes[place + $0 * 2] == name[$0] && bytes[place + $0 * 2 + 1] == 0
                }
                if isName { found.insert(kind) }
            }
        }
        return markers.first { found.contains($0.kind) }?.kind ?? .other
    }
}
