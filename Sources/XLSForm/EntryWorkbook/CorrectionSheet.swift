import Records
import Sheets

/// The sheet "Cần sửa": one line for each finding with a link to its cell, and a column for the sender's explanation.
struct CorrectionSheet {
    let form: FormDefinition
    let receipt: Receipt?
    let places: FindingPlaces
    let findings: [MarkedFinding]
    /// Where a finding's cell stands in the workbook that gets the sheet.
    let cell: (Finding) -> CellReference?

    static let tagColumn = 1
    static let explanationColumn = 8
    static let headRow = 4
    static let tagPrefix = "xc_"
    /// Before the receipt, below the form.
    private static let receiptTag = tagPrefix + "receipt|"

    private static let widths: [Double] = [3, 5, 22, 9, 34, 30, 44, 34]

    func draft(title block: TitleBlock) -> SheetDraft {
        var sheet = SheetDraft(name: EntryWording.correctionSheet)
        sheet.isProtected = true
        sheet.isLandscape = true
        sheet.pageHeader = block.pageHeader
        sheet.hiddenColumns = [Self.tagColumn]
        for (index, width) in Self.widths.enumerated() { sheet.columnWidths[index + 1] = width }
        let whole = Self.widths.dropFirst().reduce(0, +)
        let title = [EntryWording.correctionTitle, receipt.map { "\(EntryWording.receipt): \($0)" }]
        put(
            title.compactMap(\.self).joined(separator: " - "), 1,
            EntryStyles.text(bold: true, size: 14, alignment: .center), into: &sheet)
        sheet.rowHeights[1] = 26
        put(EntryWording.correctionGuide, 2, EntryStyles.text(italic: true, wraps: true), into: &sheet)
        sheet.rowHeights[2] = RowHeight.fitting([(EntryWording.correctionGuide, whole)])
        sheet.cells.append(
            CellDraft(row: 1, column: Self.tagColumn, value: .text(EntrySlots.formPrefix + form.identity.description)))
        sheet.cells.append(
            CellDraft(
                row: 2, column: Self.tagColumn, value: .text(Self.receiptTag + (receipt?.description ?? ""))))
        for (index, head) in EntryWording.correctionHeads.enumerated() {
            sheet.cells.append(
                CellDraft(row: Self.headRow, column: index + 2, value: .text(head), style: EntryStyles.tableHead))
        }
        sheet.rowHeights[Self.headRow] = 26
        for (index, marked) in findings.enumerated() {
            let row = Self.headRow + 1 + index
            let cells = line(marked, ordinal: index + 1, row: row)
            sheet.cells += cells
            sheet.rowHeights[row] = RowHeight.fitting(
                zip(cells, Self.widths).dropFirst().map { (AnswerWriter.text($0.value), $1) })
        }
        sheet.frozenAt = (Self.headRow + 1, 2)
        sheet.repeatedRows = Self.headRow...Self.headRow
        return sheet
    }

    private func put(_ text: String, _ row: Int, _ style: CellStyle, into sheet: inout SheetDraft) {
        let range = CellRange(firstRow: row, firstColumn: 2, lastRow: row, lastColumn: Self.explanationColumn)
        sheet.merged.append((range, CellDraft(row: row, column: 2, value: .text(text), style: style)))
    }

    private func line(_ marked: MarkedFinding, ordinal: Int, row: Int) -> [CellDraft] {
        let place = places.place(of: marked.finding)
        let target = cell(marked.finding)
        let tag = FindingTag(
            code: marked.finding.code, question: place?.question, row: place?.row, rule: marked.finding.rule)
        var link = EntryStyles.label
        link.textColor = 0x05_63_C1
        link.alignment = .center
        var open = EntryStyles.label
        open.fill = EntryStyles.open
        open.isLocked = false
        open.numberFormat = "@"
        let address = target.map { target -> CellDraft.Value in
            let quoted = target.sheet.replacing("'", with: "''")
            return .link("internal:'\(quoted)'!\(target.a1)", text: target.a1)
        }
        let isOptional = marked.finding.severity != .error
        let values: [(CellDraft.Value, CellStyle)] = [
            (.text(Self.tagPrefix + tag.text), .plain), (.number(Double(ordinal)), EntryStyles.ordinal),
            (.text(target?.sheet ?? ""), EntryStyles.label), (address ?? .blank, link),
            (.text(marked.finding.label), EntryStyles.label), (.text(marked.found), EntryStyles.label),
            (.text(isOptional ? EntryWording.optional + marked.todo : marked.todo), EntryStyles.label), (.blank, open),
        ]
        return values.enumerated().map { index, pair in
            CellDraft(row: row, column: index + 1, value: pair.0, style: pair.1)
        }
    }

    /// Reads the explanations back from every sheet that carries the tags of the form, whatever it is called by now.
    static func explanations(in workbook: Workbook, of form: FormIdentity) -> [Explanation] {
        sheets(in: workbook, of: form).flatMap { sheet in
            sheet.cells.compactMap { cell -> Explanation? in
                guard case .text(let text) = cell.value, text.utf8.first == tagPrefix.utf8.first,
                    text.hasPrefix(tagPrefix),
                    let tag = FindingTag(text.dropFirst(tagPrefix.count)),
                    let answer = sheet[row: cell.row, column: cell.column + explanationColumn - tagColumn],
                    let words = CellText.plain(answer.value)
                else { return nil }
                return Explanation(
                    code: tag.code, question: tag.question, row: tag.row, rule: tag.rule,
                    text: String(words.prefix(Binder.longestText)))
            }
        }
    }

    /// The receipt that a sheet of the form bears: a sender's own workbook has no other place for it.
    static func receipt(in workbook: Workbook, of form: FormIdentity) -> Receipt? {
        for sheet in sheets(in: workbook, of: form) {
            for cell in sheet.cells {
                guard case .text(let text) = cell.value, text.hasPrefix(receiptTag) else { continue }
                if let receipt = Receipt(String(text.dropFirst(receiptTag.count))) { return receipt }
            }
        }
        return nil
    }

    /// The sheets that no other form claims.
    private static func sheets(in workbook: Workbook, of form: FormIdentity) -> [Sheet] {
        workbook.sheets.filter { sheet in
            let claimed = sheet.cells.lazy.compactMap { cell -> FormIdentity? in
                guard case .text(let text) = cell.value, text.hasPrefix(EntrySlots.formPrefix) else { return nil }
                return FormIdentity(tag: text.dropFirst(EntrySlots.formPrefix.count))
            }.first
            return claimed.map { $0.id == form.id } ?? true
        }
    }
}

/// Which finding a line of the sheet is about, as a text in its hidden column: code, question, row and rule.
struct FindingTag: Hashable {
    let code: FindingCode
    let question: String?
    let row: Int?
    let rule: Int?

    init(code: FindingCode, question: String?, row: Int?, rule: Int?) {
        self.code = code
        self.question = question
        self.row = row
        self.rule = rule
    }

    var text: String {
        [code.rawValue, question ?? "", row.map(String.init) ?? "", rule.map(String.init) ?? ""].joined(separator: "|")
    }

    init?(_ text: Substring) {
        let parts = text.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, let code = FindingCode(rawValue: parts[0]) else { return nil }
        self.init(
            code: code, question: parts[1].isEmpty ? nil : parts[1], row: Int(parts[2]), rule: Int(parts[3]))
    }
}
