import Records
import Sheets
import Vietnamese

/// A sheet of the office's workbooks: heads in its first filled row, one record in each row below.
struct RecordSheet {
    let name: String
    private(set) var records: [Record] = []

    /// Notes a missing sheet or column; columns that are not known are the office's own remarks.
    init(_ name: String, of workbook: Workbook, required: [String], log: inout ProblemLog) {
        self.name = name
        guard let sheet = workbook[sheet: name] else {
            log.note(
                .sheetMissing, sheet: name, "There is no sheet “\(name)”.",
                remedy: "Add the sheet with its heads: \(required.joined(separator: ", ")).")
            return
        }
        guard let headRow = sheet.cells.first?.row else {
            log.note(.columnMissing, sheet: name, "The sheet is empty.", remedy: "Write the heads into its first row.")
            return
        }
        var columns: [String: Int] = [:]
        for cell in sheet.cells where cell.row == headRow {
            guard case .text(let text) = cell.value else { continue }
            let head = Vietnamese.folded(text)
            if columns[head] == nil { columns[head] = cell.column }
        }
        let missing = required.filter { columns[$0] == nil }
        for head in missing {
            log.note(
                .columnMissing, sheet: name, row: headRow, column: head, "The column is missing.",
                remedy: "Add a column with the head “\(head)”.")
        }
        guard missing.isEmpty else { return }
        var rest = sheet.cells.drop { $0.row <= headRow }
        while let row = rest.first?.row {
            let record = Record(sheet: name, row: row, columns: columns, cells: rest.prefix { $0.row == row })
            if !record.isBlank { records.append(record) }
            rest = rest.drop { $0.row == row }
        }
    }

    /// One row.
    struct Record {
        let sheet: String
        let row: Int
        private let values: [String: CellValue]

        init(sheet: String, row: Int, columns: [String: Int], cells: ArraySlice<Cell>) {
            self.sheet = sheet
            self.row = row
            let byColumn = Dictionary(cells.map { ($0.column, $0.value) }, uniquingKeysWith: { first, _ in first })
            values = columns.compactMapValues { byColumn[$0] }
        }

        var isBlank: Bool { values.keys.allSatisfy { text($0).isEmpty } }

        /// The cell as text, composed and trimmed; a whole number without decimals, a day in ISO 8601.
        func text(_ head: String) -> String {
            switch values[head] {
            case .text(let text): Vietnamese.nfc(text).trimmed
            case .number(let number): Int(exactly: number).map { String($0) } ?? String(number)
            case .date: day(head).map(\.description) ?? ""
            case .boolean(let flag): flag ? "true" : "false"
            case nil, .time, .duration, .error, .formulaWithoutValue: ""
            }
        }

        /// Texts divided by commas, semicolons or spaces.
        func words(_ head: String) -> [String] {
            text(head).split { $0 == "," || $0 == ";" || $0.isWhitespace }.map(String.init)
        }

        /// nil for a blank cell and for what is no day.
        func day(_ head: String) -> CivilDate? {
            switch values[head] {
            case .date(let milliseconds):
                let day = milliseconds / 86_400_000
                return CivilDate(daysSince1970: Int(milliseconds < day * 86_400_000 ? day - 1 : day))
            case .text(let text):
                return Vietnamese.readDate(text).flatMap { CivilDate(year: $0.year, month: $0.month, day: $0.day) }
            default: return nil
            }
        }

        func day(_ head: String, log: inout ProblemLog) -> CivilDate? {
            let day = day(head)
            if day == nil, hasValue(head) {
                log.note(
                    .valueUnreadable, at: self, head, "“\(text(head))” is not a day.",
                    remedy: "Write day/month/year, such as 31/12/2019.")
            }
            return day
        }

        /// nil for a blank cell and for what is no whole number of at most twelve digits.
        func integer(_ head: String, log: inout ProblemLog) -> Int? {
            let number: Int?
            switch values[head] {
            case .number(let double): number = Int(exactly: double)
            case .text(let text) where text.utf8.count <= 12: number = Int(text.trimmed)
            default: number = nil
            }
            if let number, abs(number) < 1_000_000_000_000 { return number }
            if hasValue(head) {
                log.note(
                    .valueUnreadable, at: self, head, "“\(text(head))” is not a whole number.",
                    remedy: "Write digits only.")
            }
            return nil
        }

        func requiredText(_ head: String, log: inout ProblemLog) -> String? {
            let text = text(head)
            if text.isEmpty {
                log.note(.valueMissing, at: self, head, "The cell is blank.", remedy: "Fill it in, or delete the row.")
                return nil
            }
            return text
        }

        func requiredInteger(_ head: String, log: inout ProblemLog) -> Int? {
            guard hasValue(head) else {
                _ = requiredText(head, log: &log)
                return nil
            }
            return integer(head, log: &log)
        }

        func unit(_ head: String, log: inout ProblemLog) -> UnitCode? {
            guard let text = requiredText(head, log: &log) else { return nil }
            guard let code = UnitCode(text) else {
                log.note(
                    .codeInvalid, at: self, head, "“\(text)” is not a unit's code.",
                    remedy: "Use unaccented letters, digits and _ only.")
                return nil
            }
            return code
        }

        private func hasValue(_ head: String) -> Bool {
            switch values[head] {
            case nil: false
            case .text(let text): !text.trimmed.isEmpty
            default: true
            }
        }
    }
}

/// Where problems are noted while a workbook is read.
struct ProblemLog {
    let file: String
    private(set) var problems: [CampaignProblem] = []

    init(file: String) {
        self.file = file
    }

    /// As the office goes through its workbook: by sheet in the given order, then by row.
    static func inOrder(_ problems: [CampaignProblem], sheets: [String]) -> [CampaignProblem] {
        let places = problems.enumerated().map { offset, problem in
            (sheets.firstIndex(of: problem.sheet) ?? sheets.count, problem.row ?? 0, offset)
        }
        return places.sorted(by: <).map { problems[$0.2] }
    }

    mutating func note(
        _ code: CampaignProblem.Code, _ severity: CampaignProblem.Severity = .error, sheet: String, row: Int? = nil,
        column: String? = nil, _ message: String, remedy: String
    ) {
        problems.append(
            CampaignProblem(
                file: file, sheet: sheet, row: row, column: column, code: code, severity: severity, message: message,
                remedy: remedy))
    }

    mutating func note(
        _ code: CampaignProblem.Code, _ severity: CampaignProblem.Severity = .error, at record: RecordSheet.Record,
        _ column: String, _ message: String, remedy: String
    ) {
        note(code, severity, sheet: record.sheet, row: record.row, column: column, message, remedy: remedy)
    }
}
