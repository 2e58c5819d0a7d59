import Campaign
package import Foundation
package import Intake
package import Ledger
import Records
import Review
import Sheets
import Vietnamese
import Zip

/// The files of a list in one archive (E12): a folder for each nominee, the list in front.
package struct NomineeArchive: Sendable {
    /// Bytes of papers in one archive; a longer list is taken in parts.
    package static let longest = 200 << 20

    package enum Refusal: Error, Hashable, Sendable {
        case tooLarge
    }

    private let entries: [(name: String, bytes: [UInt8])]

    /// - Parameter content: the bytes of a file that came by mail; nil when no mail holds them any more.
    /// - Throws: `Refusal`.
    package init(
        of batch: BatchRecord, _ office: Office, _ stored: LedgerView, at now: Date,
        content: (_ sha256: String) throws -> [UInt8]?
    ) throws {
        let list = try NominationList(batch, office, stored, at: now)
        var entries = [("00 danh sach.xlsx", try WorkbookWriter.write(list.draft))]
        var left = Self.longest
        for (index, line) in try stored.lines(of: batch.id).enumerated() {
            guard let file = try stored.submission(line.submission) else { continue }
            let number = index < 9 ? "0\(index + 1)" : "\(index + 1)"
            let folder = "\(number) \(file.receipt) \(Vietnamese.slug(file.name).prefix(60))"
            for (name, sha256) in try Self.papers(of: file, office, stored) {
                guard let bytes = try content(sha256) else { continue }
                left -= bytes.count
                guard left >= 0 else { throw Refusal.tooLarge }
                entries.append(("\(folder)/\(name)", bytes))
            }
            let sheet = try AppraisalSheet(of: file, office, stored, at: now)
            entries.append(("\(folder)/phieu tham dinh.xlsx", try WorkbookWriter.write(sheet.draft)))
        }
        self.entries = entries
    }

    package func bytes() throws -> [UInt8] {
        var zip = ZipWriter()
        // Scans are packed already; a workbook is an archive by itself.
        for entry in entries { zip.add(entry.name, entry.bytes, method: .store) }
        return try zip.finish()
    }

    private static func papers(
        of file: SubmissionRecord, _ office: Office, _ stored: LedgerView
    ) throws -> [(name: String, sha256: String)] {
        let reviewed = try ReviewedFile(file, stored).reviewed
        guard let form = office.definition(of: reviewed, file) else { return [] }
        let kept = try DossierPapers(of: file, form: form, stored)
        let letter = try kept[DossierPaper.coverLetter]?.letter.map { try stored.evidence(of: $0.id) } ?? []
        var named: [(String, EvidenceRecord)] = letter.map { ("01 to trinh", $0) }
        for paper in kept.papers {
            let stem =
                switch paper.id {
                case "MC1": "02 bao cao thanh tich"
                case "MC2": "03 bien ban"
                default: "04 minh chung \(paper.id)"
                }
            named += paper.scans.map { (stem, $0) }
        }
        named += kept.loose.map { ("04 minh chung", $0) }
        var counts: [String: Int] = [:]
        var found = named.map { stem, scan -> (String, String) in
            counts[stem, default: 0] += 1
            let turn = counts[stem] ?? 1
            return ("\(stem)\(turn > 1 ? " \(turn)" : "").\(ending(of: scan.file))", scan.file.sha256)
        }
        if let workbook = reviewed?.workbook {
            let own = workbook.filename.split(separator: ".").last.map { String($0) } ?? ""
            found.append(("bieu cua don vi.\(plain(own) ?? "xlsx")", workbook.fileSHA256))
        }
        return found
    }

    /// Names are what units wrote: nothing of them becomes a path.
    private static func ending(of file: ReceivedFile) -> String {
        let own = file.filename.split(separator: ".").last.map { String($0) } ?? ""
        return plain(own) ?? plain(file.kind) ?? "bin"
    }

    private static func plain(_ ending: String) -> String? {
        let lower = ending.lowercased()
        return allowed.contains(lower) ? lower : nil
    }

    private static let allowed: Set<String> = [
        "pdf", "jpg", "jpeg", "png", "heic", "tif", "tiff", "gif", "bmp", "webp", "doc", "docx", "odt", "rtf", "txt",
        "xlsx", "xls", "ods", "csv",
    ]
}
