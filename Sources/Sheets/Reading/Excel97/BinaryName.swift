/// A defined name as a workbook stream holds it ([MS-XLS] 2.4.150 Lbl).
struct BinaryName {
    let name: String
    /// Index into the workbook's list of sheets; nil for the whole workbook.
    let localSheet: Int?
    /// The formula, in tokens.
    let tokens: [UInt8]
    /// Bytes that it takes, about.
    var cost: Int { name.utf8.count + tokens.count }

    /// Names that Excel gives itself, by number.
    private static let builtIn = [
        "Consolidate_Area", "Auto_Open", "Auto_Close", "Extract", "Database", "Criteria", "Print_Area", "Print_Titles",
        "Recorder", "Data_Form", "Auto_Activate", "Auto_Deactivate", "Sheet_Title", "_FilterDatabase",
    ]

    init(_ record: ContinuedBytes, _ encoding: BinaryEncoding) throws(WorkbookError) {
        var bytes = record
        let flags = try bytes.short()
        try bytes.skip(1)
        let nameCount = try bytes.byte()
        let tokenCount = try bytes.short()
        try bytes.skip(2)
        let sheet = try bytes.short()
        try bytes.skip(4)
        let text = try bytes.text(nameCount, encoding).text.string
        name = flags & 0x20 == 0 ? text : Self.builtIn(text)
        localSheet = sheet == 0 ? nil : sheet - 1
        tokens = try bytes.take(tokenCount)
    }

    /// As Office Open XML spells such a name (ECMA-376 Part 1, 18.2.5).
    private static func builtIn(_ text: String) -> String {
        guard let number = text.unicodeScalars.first?.value, number < builtIn.count else { return text }
        return "_xlnm." + builtIn[Int(number)]
    }
}
