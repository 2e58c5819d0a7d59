/// The characters of a text as they stand in a record.
enum BinaryText {
    case ascii(ArraySlice<UInt8>)
    /// UTF-16.
    case units([UInt16])

    var string: String {
        switch self {
        case .ascii(let bytes): String(decoding: bytes, as: UTF8.self)
        case .units(let units): String(decoding: units, as: UTF16.self)
        }
    }
}

/// The font of a text from one of its characters on, as a record gives it ([MS-XLS] 2.5.129 FormatRun).
struct BinaryRun {
    let start: Int
    let font: Int
}

/// How a workbook stream holds its texts.
enum BinaryEncoding {
    /// BIFF5 and BIFF7, of Excel 5 and 95.
    case bytes(CodePage)
    /// BIFF8, since Excel 97: each text says for itself whether its characters have one byte (U+0000…U+00FF) or two.
    case unicode
}

extension ContinuedBytes {
    /// The characters of a text whose number was just read, and the runs that follow them, if any
    /// ([MS-XLS] 2.5.293 XLUnicodeRichExtendedString).
    mutating func text(
        _ count: Int, _ encoding: BinaryEncoding
    ) throws(WorkbookError) -> (text: BinaryText, runs: [BinaryRun]) {
        if case .bytes(let page) = encoding { return (page.text(try take(count)), []) }
        // Some programs leave the flags out where there is no text.
        if count == 0, isAtEnd { return (.units([]), []) }
        let flags = try byte()
        let runCount = flags & 8 != 0 ? try short() : 0
        // How East Asian text is read aloud; no part of the text.
        let phonetic = flags & 4 != 0 ? try word() : 0
        let text = try characters(count, isWide: flags & 1 != 0)
        let runs = try runs(runCount)
        try skip(phonetic)
        return (text, runs)
    }

    mutating func runs(_ count: Int) throws(WorkbookError) -> [BinaryRun] {
        var runs: [BinaryRun] = []
        for _ in 0..<count { runs.append(BinaryRun(start: try short(), font: try short())) }
        return runs
    }

    /// The runs of a cell in BIFF5, of two bytes each. None where the record ends too early: text in a code page with
    /// two bytes a character, which is not known here, is longer than its count says.
    mutating func narrowRuns() -> [BinaryRun] {
        guard let count = try? byte(), let bytes = try? take(2 * count) else { return [] }
        return (0..<count).map { BinaryRun(start: Int(bytes[2 * $0]), font: Int(bytes[2 * $0 + 1])) }
    }
}

extension RichText {
    init(_ text: BinaryText, runs: [BinaryRun], styles: BinaryStyles) {
        self.init()
        self.text = text.string
        // Where all is ASCII no font matters.
        guard case .units(let units) = text else { return }
        hasOtherThanASCII = self.text.utf8.contains { $0 >= 0x80 }
        guard hasOtherThanASCII, !runs.isEmpty else { return }
        var pieces: [(text: String, font: String?)] = []
        var start = 0
        var font: String?
        func close(at end: Int) {
            if end > start { pieces.append((String(decoding: units[start..<end], as: UTF16.self), font)) }
            start = max(start, end)
        }
        for run in runs {
            close(at: min(run.start, units.count))
            font = styles.fontName(run.font)
        }
        close(at: units.count)
        self.runs = pieces
    }
}
