/// What the bytes of a file are. The raw value is what tools read.
package enum FileKind: String, Sendable, Codable, CaseIterable {
    case xlsx, xlsm, xlsb, xls, ods, fods, csv
    /// An Office document that asks for a password before it opens (a compound file with an `EncryptedPackage`).
    case encryptedWorkbook = "encrypted-workbook"
    case docx, doc, odt, rtf, pptx, ppt
    case pdf, image
    case zip, rar, gzip
    case sevenZip = "7z"
    case text, html
    /// A mail: message/rfc822.
    case message
    /// A mail as Outlook saves it, or wraps it (winmail.dat).
    case msg, tnef
    /// A signed or encrypted CMS structure (RFC 5652).
    case pkcs7
    /// Programs, shortcuts and scripts.
    case executable
    case other
}
