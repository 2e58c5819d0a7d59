package import Mail
package import Records
import Sheets
package import XLSForm

/// Reads raw mail, and binds every workbook in it to the forms of the office.
package struct MailReading: Sendable {
    /// What the reading needs to know of the office.
    package struct Rules: Sendable, Codable {
        package let trust: SenderTrust
        let automaticMail: AutomaticMail
        let forms: [FormDefinition]
        let tables: ReferenceSnapshot
        let maximumBytes: Int

        /// - Parameters:
        ///   - forms: all forms, in all versions that are still accepted.
        ///   - tables: what `select_one_from_file` chooses from.
        ///   - maximumBytes: of a larger mail only the header is read.
        package init(
            trust: SenderTrust, automaticMail: AutomaticMail, forms: [FormDefinition], tables: ReferenceSnapshot,
            maximumBytes: Int
        ) {
            self.trust = trust
            self.automaticMail = automaticMail
            self.forms = forms
            self.tables = tables
            self.maximumBytes = maximumBytes
        }
    }

    private let trust: SenderTrust
    private let automaticMail: AutomaticMail
    private let binder: Binder
    private let maximumBytes: Int

    package init(_ rules: Rules) {
        trust = rules.trust
        automaticMail = rules.automaticMail
        binder = Binder(forms: rules.forms, tables: rules.tables)
        maximumBytes = rules.maximumBytes
    }

    /// - Throws: when the bytes are no mail within the reader's limits.
    func readMail(_ bytes: [UInt8]) throws(MessageError) -> ReadMail {
        guard bytes.count <= maximumBytes else {
            let message = try MessageReader.read(Self.header(of: bytes), automaticMail: automaticMail)
            return ReadMail(message: message, standing: trust.standing(of: message), files: [], isTooLarge: true)
        }
        let message = try MessageReader.read(bytes, automaticMail: automaticMail)
        let standing = trust.standing(of: message)
        // Mail that is never answered, and mail of nobody in particular, is not worth the risk of reading its files.
        guard message.automatic == nil else {
            return ReadMail(message: message, standing: standing, files: [], report: DeliveryReport(message))
        }
        return ReadMail(message: message, standing: standing, files: files(of: message))
    }

    private func files(of message: Message) -> [ReadFile] {
        let forwards = message.parts.filter { $0.kind == .message }.map(\.path)
        return message.parts.compactMap { part in
            let isForwarded = forwards.contains { part.path.hasPrefix($0 + ".") }
            return content(of: part).map { ReadFile(part: part, content: $0, isForwarded: isForwarded) }
        }
    }

    /// nil for the texts that are the letter itself.
    private func content(of part: MessagePart) -> ReadFile.Content? {
        switch part.role {
        case .body: return nil
        case .ignorable: return .ignored
        case .wrapper: return .wrapper
        case .attachment: break
        }
        switch part.obstacle {
        case .encrypted: return .unreadable(.encryptedZip)
        case .damaged: return .unreadable(.damaged)
        case .limits: return .unreadable(.limits)
        case nil: break
        }
        switch part.kind {
        case .xlsx, .xlsm, .ods, .fods, .xls, .csv: return workbook(part)
        case .encryptedWorkbook: return .unreadable(.password)
        // Web pages under a workbook's name: what many programs export as "Excel".
        case .html, .text: return part.isNamedWorkbook ? .unreadable(.notWorkbook) : .evidence
        case .pdf, .image, .docx, .doc, .odt, .rtf, .pptx, .ppt: return .evidence
        case .rar, .sevenZip, .gzip: return .unreadable(.archive)
        case .executable: return .unreadable(.executable)
        case .message, .zip, .msg, .tnef, .pkcs7, .xlsb, .other: return .unreadable(.notWorkbook)
        }
    }

    private func workbook(_ part: MessagePart) -> ReadFile.Content {
        let workbook: Workbook
        do {
            workbook = try WorkbookReader.read(part.bytes)
        } catch {
            return .unreadable(Unreadable(error.code))
        }
        switch binder.bind(workbook) {
        case .bound(let bound): return .workbook(bound)
        case .unknown: return .unreadable(.otherWorkbook)
        }
    }

    /// The header alone, with the blank line that ends it; at most a megabyte.
    private static func header(of bytes: [UInt8]) -> [UInt8] {
        let head = bytes.prefix(1 << 20)
        var index = head.startIndex
        var previousWasNewline = false
        while index < head.endIndex {
            let byte = head[index]
            index += 1
            if byte == UInt8(ascii: "\n") {
                if previousWasNewline { break }
                previousWasNewline = true
            } else if byte != UInt8(ascii: "\r") {
                previousWasNewline = false
            }
        }
        return Array(head[..<index])
    }
}

extension MailReading: MailReader {
    package func read(_ bytes: [UInt8]) -> Result<ReadMail, MailTrouble> {
        do {
            return .success(try readMail(bytes))
        } catch {
            return .failure(.unreadable(error))
        }
    }
}

extension MessagePart {
    private static let workbookEndings: Set<Substring> = ["xls", "xlsx", "xlsm", "ods", "fods"]

    /// Whether its name says that it is a workbook, whatever its content is.
    fileprivate var isNamedWorkbook: Bool {
        let name = filename?.lowercased().split(separator: ".") ?? []
        return name.last.map { Self.workbookEndings.contains($0) } ?? false
    }
}

extension Unreadable {
    /// What a failure of the workbook reader is to the sender.
    init(_ code: WorkbookError.Code) {
        self =
            switch code {
            case .password: .password
            case .damaged: .damaged
            case .notWorkbook, .unsupported: .notWorkbook
            case .tooLargeInflated, .tooManyParts, .tooManySheets, .tooManyRows, .tooManyCells, .tooMuchText, .tooDeep,
                .forbiddenXML:
                .limits
            }
    }
}
