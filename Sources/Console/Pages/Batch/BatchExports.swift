import Exports
import Foundation
import Hummingbird
import Intake
import Ledger
import Records
import Review
import Sheets
import Vietnamese

/// What leaves the house from one list: for the council, for the province, for the ceremony, for everybody.
struct BatchExports: Sendable {
    let desk: ConsoleDesk
    let pages: PageWriter

    private static let readers: Set<Role> = [.interior, .head, .labour]

    func add(to router: Router<ConsoleContext>) {
        router.get("danh-sach/:so/trich-ngang") { _, context in
            try await workbook(context, Self.readers, "trich-ngang") { batch, stored, office, now in
                try NominationList(batch, office, stored, at: now).draft
            }
        }
        router.get("danh-sach/:so/trao-thuong") { _, context in
            try await workbook(context, Self.readers, "trao-thuong", isDecided: true) { batch, stored, office, now in
                try AwardList(batch, office, stored, at: now).ceremony
            }
        }
        // What is announced is for every eye.
        router.get("danh-sach/:so/cong-bo") { _, context in
            try await workbook(context, Self.readers.union([.reader]), "cong-bo", isDecided: true) {
                batch, stored, office, now in
                try AwardList(batch, office, stored, at: now).announcement
            }
        }
        router.get("danh-sach/:so/cong-bo-van-ban") { _, context in
            let visitor = try context.visitor(Self.readers.union([.reader]))
            let (batch, now) = (try await batch(context, isDecided: true), desk.now())
            let (text, day) = try await noting("cong-bo", batch, visitor) { stored, office in
                (try AwardList(batch, office, stored, at: now).plainText, CivilDate(now, in: office.zone))
            }
            // With a mark at its beginning, so that old programs read it as UTF-8.
            return PaperPages.attachment(
                [0xEF, 0xBB, 0xBF] + Array(text.utf8), name: Self.name("cong-bo", batch, day, "txt"),
                type: "text/plain; charset=utf-8")
        }
        router.get("danh-sach/:so/bo-ho-so") { _, context in try await archive(context) }
        router.get("danh-sach/:so/phieu") { _, context in
            let visitor = try context.visitor(Self.readers)
            let (batch, now) = (try await batch(context), desk.now())
            let page = try await desk.read { stored, office in
                let receipts = try stored.lines(of: batch.id).compactMap {
                    try stored.submission($0.submission)?.receipt
                }
                return try AppraisalPage(receipts, stored, office, now)
            }
            return try await pages.page(page, for: visitor)
        }
        router.get("danh-sach/:so/ban-quet") { _, context in
            let visitor = try context.visitor(Self.readers)
            let batch = try await batch(context)
            guard let scan = batch.scan else { throw Turned.notFound }
            let now = desk.now()
            try await desk.write { transaction, _ in
                try transaction.audit(
                    AuditEntry(
                        at: now, who: visitor.who, action: "file.open", subject: "batch \(batch.id.rawValue)",
                        detail: scan.filename))
            }
            let bytes = try await desk.work { [desk] in try desk.archive.read(scan.sha256) }
            return PaperPages.attachment(bytes, name: scan.filename)
        }
    }

    private func batch(_ context: ConsoleContext, isDecided: Bool = false) async throws -> BatchRecord {
        let id = try BatchPages.number(context)
        guard let batch = try await desk.read({ stored, _ in try stored.batch(id) }) else { throw Turned.notFound }
        if isDecided, batch.decision == nil { throw Turned.back("Danh sách này chưa có quyết định.") }
        return batch
    }

    private func workbook(
        _ context: ConsoleContext, _ roles: Set<Role>, _ name: String, isDecided: Bool = false,
        _ draft: @escaping @Sendable (BatchRecord, LedgerView, Office, Date) throws -> WorkbookDraft
    ) async throws -> Response {
        let visitor = try context.visitor(roles)
        let (batch, now) = (try await batch(context, isDecided: isDecided), desk.now())
        let (bytes, day) = try await noting(name, batch, visitor) { stored, office in
            (
                try WorkbookWriter.write(try draft(batch, stored, office, now)), CivilDate(now, in: office.zone)
            )
        }
        return PaperPages.attachment(
            bytes, name: Self.name(name, batch, day, "xlsx"), type: ExportPages.workbook)
    }

    /// A folder for each nominee.
    private func archive(_ context: ConsoleContext) async throws -> Response {
        let visitor = try context.visitor(Self.readers)
        let (batch, now, archive) = (try await batch(context), desk.now(), desk.archive)
        do {
            let (bytes, day) = try await noting("bo-ho-so", batch, visitor) { stored, office in
                let files = try NomineeArchive(of: batch, office, stored, at: now) { sha256 in
                    try PaperPages.content(of: sha256, in: try stored.rawMails(holding: sha256), archive)
                }
                return (try files.bytes(), CivilDate(now, in: office.zone))
            }
            return PaperPages.attachment(
                bytes, name: Self.name("bo-ho-so", batch, day, "zip"), type: "application/zip")
        } catch NomineeArchive.Refusal.tooLarge {
            throw Turned.back("Bộ hồ sơ lớn hơn \(NomineeArchive.longest >> 20) MB. Mở từng hồ sơ để tải giấy tờ.")
        }
    }

    /// Makes what leaves, and notes in the trail that it did.
    private func noting<T: Sendable>(
        _ name: String, _ batch: BatchRecord, _ visitor: Visitor,
        _ body: @escaping @Sendable (LedgerView, Office) throws -> T
    ) async throws -> T {
        let now = desk.now()
        let made = try await desk.read(body)
        try await desk.write { transaction, _ in
            try transaction.audit(
                AuditEntry(
                    at: now, who: visitor.who, action: "export", subject: "batch \(batch.id.rawValue)", detail: name))
        }
        return made
    }

    /// `cong-bo_tong-ket-2020_danh-sach-1_2020-05-12.xlsx`.
    private static func name(_ name: String, _ batch: BatchRecord, _ day: CivilDate, _ ending: String) -> String {
        "\(name)_\(Vietnamese.slug(batch.stage))_danh-sach-\(batch.id.rawValue)_\(day).\(ending)"
    }
}
