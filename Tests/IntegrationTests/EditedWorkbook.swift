import Foundation
import Zip

/// A workbook as the office edits it.
enum EditedWorkbook {
    /// Writes a text otherwise wherever it stands. The same text again is a workbook that was only saved.
    static func replace(_ text: String, with other: String, in file: String) throws {
        let archive = try ZipArchive([UInt8](try Data(contentsOf: URL(filePath: file))))
        var writer = ZipWriter()
        for entry in archive.entries {
            let bytes = try archive.read(entry)
            let edited = String(decoding: bytes, as: UTF8.self).replacing(text, with: other)
            writer.add(entry.name, entry.name.hasSuffix(".xml") ? Array(edited.utf8) : bytes)
        }
        try Data(try writer.finish()).write(to: URL(filePath: file))
    }
}
