import Vietnamese

/// The heads of the `survey` sheet.
enum SurveyColumns {
    private static let ours: Set<String> = [
        "constraint", "constraint_message", "severity", "required_severity", "standard", "at", "unique", "blank",
        "rows", "receipt", "layout",
    ]
    private static let numbered: Set<String> = ["constraint", "constraint_message", "severity"]

    /// A mistyped column of ours would drop a rule in silence, so it is an error; other columns may be remarks.
    static func noteUnknownHeads(of table: SheetTable, in log: inout FormProblemLog) {
        for head in table.heads {
            if head.isOurs {
                let isKnown = ours.contains(head.name) && (head.number == 1 || numbered.contains(head.name))
                if !isKnown {
                    log.note(
                        .columnUnknown, sheet: table.name, row: table.headRow, column: head.text,
                        "There is no column “\(head.text)”.",
                        remedy: "Write one of: \(ours.sorted().map { "formpost::\($0)" }.joined(separator: ", ")).")
                }
            } else if head.name == "disabled" {
                log.note(
                    .columnUnknown, .warning, sheet: table.name, row: table.headRow, column: head.text,
                    "The column “\(head.text)” is no longer part of the standard; its rows are left out here.",
                    remedy: "Use relevant, or take the rows out.")
            } else if !SheetColumns.survey.used.contains(head.name) || head.name == "trigger" {
                log.note(
                    .columnUnknown, .warning, sheet: table.name, row: table.headRow, column: head.text,
                    "The column “\(head.text)” has no effect here.", remedy: "Check its spelling, or leave it out.")
            }
            if !head.language.isEmpty, !SheetColumns.survey.translated.contains(head.name) {
                log.note(
                    .columnUnknown, sheet: table.name, row: table.headRow, column: head.text,
                    "The column “\(head.text)” cannot be in a language.", remedy: "Leave out what follows the ::.")
            }
        }
    }
}

/// Names of questions, groups and repeats.
enum FormName {
    /// What every form's answers hold already.
    static let metadata = "meta"
    /// What the answers as a whole are called: no repeat may be.
    static let root = "data"

    /// A letter or `_`, then letters, digits, `-`, `.` and `_` (XML 1.0 names without colons, as pyxform asks).
    static func isLegal(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first, isStart(first) else { return false }
        return name.unicodeScalars.dropFirst().allSatisfy { isStart($0) || isFollower($0) }
    }

    /// The names of every `${name}` in a text.
    static func references(in text: String) -> [String] {
        text.split(separator: "${", omittingEmptySubsequences: false).dropFirst().compactMap { piece in
            piece.firstIndex(of: "}").map { String(piece[..<$0]).trimmed }
        }
    }

    /// Two names that fold to the same cannot be told apart everywhere a workbook goes.
    static func folded(_ name: String) -> String {
        name.lowercased().filter { !"-._".contains($0) }
    }

    private static func isStart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x41...0x5A, 0x5F, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x37D, 0x37F...0x1FFF,
            0x200C...0x200D, 0x2070...0x218F, 0x2C00...0x2FEF, 0x3001...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFFD,
            0x10000...0xEFFFF:
            true
        default: false
        }
    }

    private static func isFollower(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2D, 0x2E, 0x30...0x39, 0xB7, 0x300...0x36F, 0x203F...0x2040: true
        default: false
        }
    }
}
