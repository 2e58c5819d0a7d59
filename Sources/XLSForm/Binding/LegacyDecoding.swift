package import Records
package import Sheets
import Vietnamese

/// A workbook with its texts in Unicode, whatever fonts they were typed in.
///
/// Decided for each run of each cell: by its text, where that tells; else by what the others of the same font in the same
/// sheet are. What cannot be decided stays as it is.
package struct LegacyDecoding: Sendable {
    package let workbook: Workbook
    /// Cells whose text was decoded.
    package let decoded: Set<CellReference>
    /// Cells whose text may mean one thing or another.
    package let undecided: Set<CellReference>

    /// Whether every text was in Unicode.
    var isNothing: Bool { decoded.isEmpty && undecided.isEmpty }

    /// So many texts are looked at; a workbook of more was not typed in a legacy font.
    private static let mostTexts = 200_000

    package init(_ workbook: Workbook) {
        var rest = Self.mostTexts
        var decoded: Set<CellReference> = []
        var undecided: Set<CellReference> = []
        let sheets = workbook.sheets.map { sheet -> Sheet in
            guard sheet.cells.contains(where: Self.isSuspect) else { return sheet }
            let verdicts = FontVerdicts(sheet)
            let cells = sheet.cells.map { cell -> Cell in
                guard rest > 0, Self.isSuspect(cell) else { return cell }
                rest -= 1
                let place = CellReference(sheet: sheet.name, row: cell.row, column: cell.column)
                let reading = verdicts.read(cell)
                if let place, reading.isUndecided { undecided.insert(place) }
                guard let text = reading.text else { return cell }
                if let place { decoded.insert(place) }
                return Cell(row: cell.row, column: cell.column, value: .text(text), isFormula: cell.isFormula)
            }
            return Sheet(name: sheet.name, visibility: sheet.visibility, cells: cells, merged: sheet.merged)
        }
        self.workbook =
            decoded.isEmpty
            ? workbook
            : Workbook(
                format: workbook.format, sheets: sheets, definedNames: workbook.definedNames,
                properties: workbook.properties, remarks: workbook.remarks)
        self.decoded = decoded
        self.undecided = undecided
    }

    fileprivate static func isSuspect(_ cell: Cell) -> Bool {
        guard case .text(let text) = cell.value else { return false }
        // A run of Unicode does not speak for its neighbours: each is looked at.
        return cell.runs.map { $0.contains { Vietnamese.mayBeLegacy($0.text) } } ?? Vietnamese.mayBeLegacy(text)
    }
}

/// What the texts of each font are in one sheet, where they tell.
private struct FontVerdicts {
    private var votes: [String: [LegacyText.Verdict: Int]] = [:]
    /// So many cells of a sheet are asked.
    private static let mostVoters = 20_000

    init(_ sheet: Sheet) {
        for cell in sheet.cells.prefix(Self.mostVoters) {
            guard case .text(let text) = cell.value else { continue }
            for run in Self.runs(of: cell, text) {
                let isASCII = run.text.utf8.allSatisfy { $0 < 0x80 }
                guard !isASCII else { continue }
                let verdict = LegacyText(run.text, font: run.font).verdict
                if case .open = verdict { continue }
                votes[run.font.lowercased(), default: [:]][verdict, default: 0] += 1
            }
        }
    }

    /// The cell's text where it was decoded.
    func read(_ cell: Cell) -> (text: String?, isUndecided: Bool) {
        guard case .text(let text) = cell.value else { return (nil, false) }
        var result = ""
        var isDecoded = false
        var isUndecided = false
        for run in Self.runs(of: cell, text) {
            let reading = LegacyText(run.text, font: run.font)
            switch verdict(of: reading) {
            case .legacy(let encoding):
                result += reading.decoded(from: encoding)
                isDecoded = true
            case .unicode: result += run.text
            case .open:
                result += run.text
                isUndecided = true
            }
        }
        return (isDecoded ? result : nil, isUndecided)
    }

    private func verdict(of reading: LegacyText) -> LegacyText.Verdict {
        guard case .open(let readings) = reading.verdict else { return reading.verdict }
        let own = votes[reading.font.lowercased()] ?? [:]
        let most = own.max { ($0.value, $0.key == .unicode ? 1 : 0) < ($1.value, $1.key == .unicode ? 1 : 0) }?.key
        switch most {
        case .legacy(let encoding)?:
            return readings.contains(encoding) || reading.fits(encoding) ? .legacy(encoding) : .open(readings)
        case .unicode?: return .unicode
        // Good Unicode in a font that says nothing else needs no other witness.
        default: return reading.isDoubtful ? .open(readings) : .unicode
        }
    }

    /// Adjacent runs of one font are one.
    private static func runs(of cell: Cell, _ text: String) -> [FontRun] {
        guard let runs = cell.runs else { return [FontRun(text: text, font: "")] }
        var joined: [FontRun] = []
        for run in runs {
            if let last = joined.last, last.font == run.font {
                joined[joined.count - 1] = FontRun(text: last.text + run.text, font: run.font)
            } else {
                joined.append(run)
            }
        }
        return joined
    }
}
