import Records

/// A place as a letter counts it: one cell with all that was found there, or the rows of a column that all say the same
/// ("37 rows: 12-48"). What is about no cell is a place of its own.
struct FindingGroup {
    /// In the order given; those of the first cell come first.
    private(set) var findings: [Finding]
    /// What was found there, each thing once.
    let found: [String]
    /// What to do about it, each thing once.
    let todo: [String]
    /// Both in one, where nothing is asked for.
    let remarks: [String]

    /// At most this many stretches of rows are written out.
    static let longestList = 8

    /// Groups findings in their order; a group stands where its first finding stood.
    static func grouped(_ findings: [Finding], _ wording: FindingWording) -> [FindingGroup] {
        struct Column: Hashable {
            let sheet: String
            let column: Int
            let findings: [Said]
        }
        var groups: [FindingGroup] = []
        var places: [Column: Int] = [:]
        for findings in gatheredByCell(findings) {
            let said = findings.map { Said($0, wording) }
            if let cell = findings[0].cell {
                let column = Column(sheet: cell.sheet, column: cell.column, findings: said)
                if let place = places[column] {
                    groups[place].findings += findings
                    continue
                }
                places[column] = groups.count
            }
            groups.append(FindingGroup(findings, said))
        }
        return groups
    }

    /// What one finding says, wherever it is.
    private struct Said: Hashable {
        let code: FindingCode
        let rule: Int?
        let question: String?
        let found: String
        let todo: String

        init(_ finding: Finding, _ wording: FindingWording) {
            code = finding.code
            rule = finding.rule
            question = finding.question
            (found, todo) = wording.foundAndTodo(finding)
        }
    }

    private init(_ findings: [Finding], _ said: [Said]) {
        self.findings = findings
        found = Self.once(said.lazy.map(\.found))
        todo = Self.once(said.lazy.map(\.todo))
        remarks = Self.once(said.lazy.map { FindingWording.remark($0.code, found: $0.found, todo: $0.todo) })
    }

    private static func once(_ texts: some Sequence<String>) -> [String] {
        texts.reduce(into: []) { if !$1.isEmpty, !$0.contains($1) { $0.append($1) } }
    }

    private static func gatheredByCell(_ findings: [Finding]) -> [[Finding]] {
        var gathered: [[Finding]] = []
        var cells: [CellReference: Int] = [:]
        for finding in findings {
            if let cell = finding.cell {
                if let place = cells[cell] {
                    gathered[place].append(finding)
                    continue
                }
                cells[cell] = gathered.count
            }
            gathered.append([finding])
        }
        return gathered
    }

    /// The clauses of the plan that these findings serve, each once.
    var clauses: [String] { Self.once(findings.lazy.flatMap(\.clauses)) }

    /// Where it is: one cell, the rows of a column, or the whole file.
    func place(_ words: Words) -> String {
        let label = Quotation.text(findings[0].label)
        guard let cell = findings[0].cell else { return label.isEmpty ? words["place.file"] : label }
        let rows = Set(findings.compactMap(\.cell?.row)).sorted()
        var arguments = ["sheet": Quotation.name(cell.sheet), "label": label]
        guard rows.count > 1 else {
            arguments["cell"] = cell.a1
            return words["place.cell", arguments]
        }
        arguments["column"] = CellReference.letters(cell.column)
        arguments["count"] = String(rows.count)
        arguments["rows"] = Self.stretches(rows)
        return words[label.isEmpty ? "place.cells" : "place.column", arguments]
    }

    /// The place with the label behind it, where the place does not name it itself.
    func placeAndLabel(_ words: Words) -> String {
        let label = Quotation.text(findings[0].label)
        let isOneCell = findings[0].cell != nil && Set(findings.compactMap(\.cell?.row)).count == 1
        return place(words) + (isOneCell && !label.isEmpty ? " - " + label : "")
    }

    /// `12-48, 50, 52-53`; what is too long ends with an ellipsis.
    static func stretches(_ rows: [Int]) -> String {
        var stretches: [ClosedRange<Int>] = []
        for row in rows {
            if let last = stretches.last, row == last.upperBound + 1 {
                stretches[stretches.count - 1] = last.lowerBound...row
            } else {
                stretches.append(row...row)
            }
        }
        let shown = stretches.prefix(longestList).map {
            $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)"
        }
        return shown.joined(separator: ", ") + (stretches.count > longestList ? ", …" : "")
    }
}
