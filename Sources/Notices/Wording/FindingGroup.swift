import Records

/// Findings that say the same of one column, told once: "37 rows: 12-48".
struct FindingGroup {
    private(set) var findings: [Finding]
    let found: String
    let todo: String

    /// At most this many stretches of rows are written out.
    static let longestList = 8

    /// Groups findings in their order; a group stands where its first finding stood.
    static func grouped(_ findings: [Finding], _ wording: FindingWording) -> [FindingGroup] {
        struct Key: Hashable {
            let code: FindingCode
            let rule: Int?
            let question: String?
            let sheet: String
            let column: Int
            let found: String
            let todo: String
        }
        var groups: [FindingGroup] = []
        var places: [Key: Int] = [:]
        for finding in findings {
            let found = wording.found(finding)
            let todo = wording.todo(finding)
            if let cell = finding.cell {
                let key = Key(
                    code: finding.code, rule: finding.rule, question: finding.question, sheet: cell.sheet,
                    column: cell.column, found: found, todo: todo)
                if let place = places[key] {
                    groups[place].findings.append(finding)
                    continue
                }
                places[key] = groups.count
            }
            groups.append(FindingGroup(findings: [finding], found: found, todo: todo))
        }
        return groups
    }

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
