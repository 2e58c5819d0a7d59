/// Texts that web programs and Excel itself give the name of a workbook: recognised, so that the error can say what to
/// do.
enum RenamedText {
    case webPage, webArchive, spreadsheetML

    /// What the text begins like; nil for others.
    init?(_ bytes: [UInt8]) {
        guard let start = TextDecoding.utf8(Array(bytes.prefix(4096))) else { return nil }
        let text = String(decoding: start, as: UTF8.self).lowercased()
        if text.hasPrefix("mime-version:"), text.contains("multipart/related") {
            self = .webArchive
        } else if !text.drop(while: \.isWhitespace).hasPrefix("<") {
            return nil
        } else if text.contains("urn:schemas-microsoft-com:office:spreadsheet") {
            self = .spreadsheetML
        } else if ["<html", "<table", "<!doctype html"].contains(where: { text.contains($0) }) {
            self = .webPage
        } else {
            return nil
        }
    }

    /// What was found, and what to do.
    var detail: String {
        let found =
            switch self {
            case .webPage: "a web page (HTML) with the name of a workbook"
            case .webArchive: "a web archive (MHTML) with the name of a workbook"
            case .spreadsheetML: "an XML Spreadsheet 2003"
            }
        return "\(found): open it in a spreadsheet program and save it as .xlsx"
    }
}
