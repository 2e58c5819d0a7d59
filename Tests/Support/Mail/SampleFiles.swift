import Zip

/// The smallest files that are what they say, for telling kinds apart.
package enum SampleFiles {
    /// An archive with entries of these names, each holding its own name.
    package static func archive(_ names: [String]) -> [UInt8] {
        archive(names.map { ($0, Array($0.utf8)) })
    }

    package static func archive(_ entries: [(name: String, bytes: [UInt8])]) -> [UInt8] {
        var writer = ZipWriter()
        for entry in entries { writer.add(entry.name, entry.bytes) }
        return (try? writer.finish()) ?? []
    }

    package static var xlsx: [UInt8] { archive(["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"]) }

    package static var docx: [UInt8] { archive(["[Content_Types].xml", "_rels/.rels", "word/document.xml"]) }

    /// An OpenDocument package: the uncompressed entry `mimetype` comes first.
    package static func openDocument(_ family: String) -> [UInt8] {
        var writer = ZipWriter()
        writer.add("mimetype", Array("application/vnd.oasis.opendocument.\(family)".utf8), method: .store)
        writer.add("content.xml", Array("<x/>".utf8))
        return (try? writer.finish()) ?? []
    }

    /// A compound file whose directory holds streams of these names.
    package static func compoundFile(_ streams: [String]) -> [UInt8] {
        var bytes: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
        bytes += [UInt8](repeating: 0, count: 512 - bytes.count)
        for name in streams {
            var entry = name.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
            entry += [UInt8](repeating: 0, count: 64 - entry.count)
            entry += [UInt8(name.utf16.count * 2 + 2), 0, 2]
            bytes += entry + [UInt8](repeating: 0, count: 128 - entry.count)
        }
        return bytes
    }

    package static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]
    package static let pdf = Array("%PDF-1.4\n%\u{E2}\u{E3}\n1 0 obj".utf8)
}
