package import Foundation

/// What one cell of a workbook answers to one question.
package struct Answer: Hashable, Sendable, Codable {
    /// The question's name.
    package let question: String
    /// Which row of the repeat the question stands in, counted from 1; nil outside repeats.
    package let row: Int?
    /// The value in the question's own type; nil when the cell is blank or could not be read as that type.
    package let value: AnswerValue?
    /// The cell's content as the sender would see it; empty when the cell is blank.
    package let shown: String
    /// Where it stands; nil for what no cell holds (calculations, metadata).
    package let cell: CellReference?

    package init(question: String, row: Int? = nil, value: AnswerValue?, shown: String, cell: CellReference?) {
        self.question = question
        self.row = row
        self.value = value
        self.shown = shown
        self.cell = cell
    }
}

/// A value of one of XLSForm's types. A choice is the text of its name; several choices are their names joined by spaces.
package enum AnswerValue: Hashable, Sendable, Codable {
    case text(String)
    case number(Decimal)
    case date(CivilDate)
    case dateTime(Date)
    /// Seconds since midnight.
    case time(Int)
}
