package import Campaign
package import Notices
package import XLSForm

/// Something wrong with the files that the office edits: where, what, and what to do. `formpost check` prints one a line.
package struct OfficeProblem: Error, Hashable, Sendable {
    package let file: String
    package let sheet: String?
    /// Counted from 1.
    package let row: Int?
    /// The column's head.
    package let column: String?
    package let code: String
    package let message: String
    package let remedy: String
    /// An error keeps the file from being used; a warning is told.
    package let isError: Bool

    package init(
        file: String, sheet: String? = nil, row: Int? = nil, column: String? = nil, code: String, message: String,
        remedy: String, isError: Bool = true
    ) {
        self.file = file
        self.sheet = sheet
        self.row = row
        self.column = column
        self.code = code
        self.message = message
        self.remedy = remedy
        self.isError = isError
    }

    package init(_ problem: FormProblem, file: String) {
        self.init(
            file: file, sheet: problem.sheet, row: problem.row, column: problem.column, code: problem.code.rawValue,
            message: problem.message, remedy: problem.remedy, isError: problem.severity == .error)
    }

    package init(_ problem: CampaignProblem) {
        self.init(
            file: problem.file, sheet: problem.sheet, row: problem.row, column: problem.column,
            code: problem.code.rawValue, message: problem.message, remedy: problem.remedy,
            isError: problem.severity == .error)
    }

    package init(_ problem: NoticeTemplateProblem) {
        let (message, remedy) =
            switch problem.kind {
            case .missing where problem.name.isEmpty:
                ("it is not there", "copy it from the notices that came with Formpost")
            case .missing: ("\(problem.name) has no words", "write a line for it")
            case .unreadable: ("\(problem.name) cannot be read", "compare it with the file that came with Formpost")
            case .unknownName:
                ("the notice offers no \(problem.name); it would stay empty", "use one of the names that it offers")
            }
        self.init(
            file: "notices/" + problem.file, row: problem.line > 0 ? problem.line : nil,
            code: "notice.\(problem.kind.rawValue)", message: message, remedy: remedy)
    }

    /// One line for people: `plan.xlsx, sheet chi_tieu, row 7, column nam: …`.
    package var sentence: String {
        var place = file
        if let sheet { place += ", sheet \(sheet)" }
        if let row { place += ", row \(row)" }
        if let column { place += ", column \(column)" }
        return "\(place): \(message)\(remedy.isEmpty ? "" : " → \(remedy)")"
    }
}

/// The errors for which the office's files cannot be used.
package struct OfficeProblems: Error, Sendable, CustomStringConvertible {
    package let problems: [OfficeProblem]

    package var description: String { problems.map(\.sentence).joined(separator: "\n") }
}
