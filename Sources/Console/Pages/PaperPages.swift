import Foundation
import HTTPTypes
import Hummingbird
import Ledger
import Mail
import Records

/// Files that came by mail: out only as attachments, never shown by the browser as a page of ours.
struct PaperPages: Sendable {
    let desk: ConsoleDesk
    let pages: PageWriter

    func add(to router: Router<ConsoleContext>) {
        router.get("tep/:ma/:sha") { _, context in
            let visitor = try context.visitor([.interior, .head, .labour])
            let receipt = try context.receipt()
            guard let sha256 = context.parameters.get("sha"), Self.isHash(sha256) else { throw Turned.notFound }
            let now = desk.now()
            let (name, mails) = try await desk.write { transaction, _ -> (String, [String]) in
                guard let name = try Self.name(of: sha256, in: receipt, transaction.stored) else {
                    throw Turned.notFound
                }
                try transaction.audit(
                    AuditEntry(
                        at: now, who: visitor.who, action: "file.open", subject: receipt.description, detail: name))
                return (name, try transaction.stored.rawMails(holding: sha256))
            }
            let bytes = try await desk.work { [desk] in try Self.content(of: sha256, in: mails, desk.archive) }
            guard let bytes else { throw Turned.notFound }
            return Self.attachment(bytes, name: name)
        }
    }

    /// A file as it came in one of the mails; nil when none of them holds it any more.
    static func content(of sha256: String, in mails: [String], _ archive: Archive) throws -> [UInt8]? {
        for mail in mails {
            let message = try MessageReader.read(try archive.read(mail))
            if let part = message.parts.first(where: { $0.sha256 == sha256 }) { return part.bytes }
        }
        return nil
    }

    /// The file's name, if it belongs to the submission: nobody reads other files by guessing hashes.
    private static func name(of sha256: String, in receipt: Receipt, _ stored: LedgerView) throws -> String? {
        guard let submission = try stored.submission(receipt: receipt) else { return nil }
        if let paper = try stored.evidence(of: submission.id).first(where: { $0.file.sha256 == sha256 }) {
            return paper.file.filename
        }
        return try stored.revisions(of: submission.id).first { $0.workbook.fileSHA256 == sha256 }?.workbook.filename
    }

    private static func isHash(_ text: String) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    static func attachment(_ bytes: [UInt8], name: String, type: String = "application/octet-stream") -> Response {
        var response = Response(
            status: .ok, headers: [.contentType: type], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
        response.headers[.contentDisposition] = disposition(name)
        // Should a browser show it all the same: without scripts, without our cookies.
        response.headers[.contentSecurityPolicy] = "sandbox; default-src 'none'"
        return response
    }

    /// RFC 6266, with the name in RFC 8187 and a plain one for old browsers.
    static func disposition(_ name: String) -> String {
        let safe = name.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }.map { Character($0) }
        let plain = String(safe.map { $0.isASCII && $0 != "\"" && $0 != "\\" && $0 != "/" ? $0 : "_" })
        let encoded = String(safe).addingPercentEncoding(withAllowedCharacters: attributeCharacters) ?? "tep"
        return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(encoded)"
    }

    /// `attr-char` of RFC 8187.
    private static let attributeCharacters = CharacterSet(
        charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$&+-.^_`|~")
}
