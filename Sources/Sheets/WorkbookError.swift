/// Why a workbook could not be read. The code is one of the catalogue; the sentence is for people.
package struct WorkbookError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The raw value is printed by tools and stored with the attachment.
    package enum Code: String, Sendable, Codable, CaseIterable {
        /// Encrypted: a compound file with EncryptedPackage, FILEPASS, or an ods with manifest encryption.
        case password = "file.password"
        /// Truncated, or its parts contradict each other.
        case damaged = "file.damaged"
        /// None of the formats known here.
        case notWorkbook = "file.notWorkbook"
        /// A workbook of a format that is refused, e.g. xlsb.
        case unsupported = "file.other"
        /// More bytes inflated than allowed, per part or in total, or a ratio that no workbook has.
        case tooLargeInflated = "file.limits.inflated"
        case tooManyParts = "file.limits.parts"
        case tooManySheets = "file.limits.sheets"
        case tooManyRows = "file.limits.rows"
        case tooManyCells = "file.limits.cells"
        case tooMuchText = "file.limits.text"
        case tooDeep = "file.limits.depth"
        /// A document type declaration or an entity, which no workbook needs.
        case forbiddenXML = "file.limits.xml"
    }

    package let code: Code
    /// What was found, in English, naming the part: for logs and the command line.
    package let detail: String

    package init(_ code: Code, _ detail: String) {
        self.code = code
        self.detail = detail
    }

    package var description: String { "\(code.rawValue): \(detail)" }
}
