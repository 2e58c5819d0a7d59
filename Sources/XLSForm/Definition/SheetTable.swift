import Records
import Sheets

/// A sheet of a form read as a table: one row of heads, then rows of texts.
struct SheetTable {
    struct Row {
        /// Row of the sheet, counted from 1.
        let number: Int
        /// Cleaned texts by index of the head; blank cells are left out.
        let cells: [Int: String]
    }

    let name: String
    /// Row of the heads; 1 where there are none.
    let headRow: Int
    let heads: [ColumnHead]
    let rows: [Row]

    /// - Parameter keepsSpaces: whether several spaces side by side stay as they are, as `clean_text_values: no` asks.
    init(_ sheet: Sheet, columns: SheetColumns, keepsSpaces: Bool = true) {
        name = sheet.name
        guard let headRow = sheet.cells.first(where: { !Self.text($0.value).isEmpty })?.row else {
            self.headRow = 1
            heads = []
            rows = []
            return
        }
        self.headRow = headRow
        let headCells = sheet.cells.filter { $0.row == headRow && !Self.text($0.value).isEmpty }
        let singleColon = !headCells.contains { Self.text($0.value).contains("::") }
        heads = headCells.map { ColumnHead(Self.text($0.value), singleColon: singleColon, columns: columns) }
        let indexes = Dictionary(
            headCells.enumerated().map { ($0.element.column, $0.offset) }, uniquingKeysWith: { first, _ in first })
        var rows: [Row] = []
        var cells: [Int: String] = [:]
        var number = headRow
        for cell in sheet.cells where cell.row > headRow {
            if cell.row != number {
                if !cells.isEmpty { rows.append(Row(number: number, cells: cells)) }
                cells = [:]
                number = cell.row
            }
            let text = Self.text(cell.value)
            guard let index = indexes[cell.column], !text.isEmpty else { continue }
            cells[index] = keepsSpaces ? text : Self.withSingleSpaces(text)
        }
        if !cells.isEmpty { rows.append(Row(number: number, cells: cells)) }
        self.rows = rows
    }

    /// Index of the column of that name without a language; ours and the standard's are told apart.
    func index(_ name: String, ours: Bool = false, number: Int = 1) -> Int? {
        heads.firstIndex { $0.name == name && $0.isOurs == ours && $0.number == number }
    }

    func head(_ name: String, ours: Bool = false, number: Int = 1) -> String {
        index(name, ours: ours, number: number).map { heads[$0].text } ?? (ours ? "formpost::\(name)" : name)
    }

    /// The head of a text column in a language; the column's first head where it has none in that language.
    func head(_ name: String, language: String) -> String {
        heads.first { $0.name == name && !$0.isOurs && $0.language == language }?.text ?? head(name)
    }

    func text(_ name: String, ours: Bool = false, number: Int = 1, in row: Row) -> String? {
        index(name, ours: ours, number: number).flatMap { row.cells[$0] }
    }

    /// The text in every language that has one.
    func localized(_ name: String, ours: Bool = false, number: Int = 1, in row: Row) -> LocalizedText {
        var texts: LocalizedText = [:]
        for (index, head) in heads.enumerated()
        where head.name == name && head.isOurs == ours && head.number == number {
            texts[head.language] = row.cells[index]
        }
        return texts
    }

    /// Notes heads that mean the same column: which of the two would count is a guess.
    /// - Parameter settled: a column where its own name counts before any other spelling, so that a warning is enough.
    func noteDuplicates(settled: String? = nil, in log: inout FormProblemLog) {
        for (index, head) in heads.enumerated() {
            let earlier = heads[..<index].first {
                $0.name == head.name && $0.language == head.language && $0.isOurs == head.isOurs
                    && $0.number == head.number
            }
            guard let earlier else { continue }
            log.note(
                .columnDuplicate, head.name == settled && head.text != earlier.text ? .warning : .error, sheet: name,
                row: headRow, column: head.text,
                "The heads “\(earlier.text)” and “\(head.text)” mean the same column.", remedy: "Keep one of them.")
        }
    }

    /// A cell as text: trailing blanks cut, typographic quotes made plain as they break expressions.
    static func text(_ value: CellValue) -> String {
        switch value {
        case .text(let text): cleaned(text)
        case .number(let number):
            number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : "\(number)"
        case .boolean(let flag): flag ? "TRUE" : "FALSE"
        case .date(let milliseconds): isoText(milliseconds)
        case .time(let milliseconds): clock(milliseconds)
        case .duration, .error, .formulaWithoutValue: ""
        }
    }

    private static func cleaned(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\u{2018}", "\u{2019}": scalars.append("'")
            case "\u{201C}", "\u{201D}": scalars.append("\"")
            case "\u{A0}": scalars.append(" ")
            default: scalars.append(scalar)
            }
        }
        while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
        return String(scalars)
    }

    private static func withSingleSpaces(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where scalar != " " || scalars.last != " " { scalars.append(scalar) }
        return String(scalars)
    }

    private static func isoText(_ milliseconds: Int64) -> String {
        let day = milliseconds >= 0 ? milliseconds / 86_400_000 : (milliseconds - 86_399_999) / 86_400_000
        let date = CivilDate(daysSince1970: Int(day)).description
        let rest = milliseconds - day * 86_400_000
        return rest == 0 ? date : "\(date)T\(clock(rest))"
    }

    private static func clock(_ milliseconds: Int64) -> String {
        let seconds = milliseconds / 1000
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    }
}

extension StringProtocol {
    /// Words parted by blanks, commas or semicolons.
    var words: [String] {
        split(whereSeparator: { $0.isWhitespace || $0 == "," || $0 == ";" }).map { String($0) }
    }
}
