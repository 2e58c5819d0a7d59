import Foundation
import Records
import Sheets

/// The checks and drop-downs of a workbook's answers, with the sheet of choices that they fill as they go.
struct DropDowns {
    private(set) var choices = ChoiceSheet()
    private let sources: [String: ChoiceSource]
    private let questions: [String: Question]
    /// Where each question stands, as far as drawn: the first cell of its column in tables.
    private var places: [String: Place] = [:]
    /// Values printed into the workbook, by question.
    private let printed: [String: String]

    private struct Place {
        let sheet: String
        let row: Int
        let column: Int
        let table: String?
    }

    init(form: FormDefinition, tables: ReferenceSnapshot, printed: [MetaSheet.Printed]) {
        var sources: [String: ChoiceSource] = [:]
        for question in form.questions { sources[question.name] = ChoiceSource(question, form: form, tables: tables) }
        self.sources = sources
        questions = Dictionary(form.questions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.printed = Dictionary(printed.map { ($0.question, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    mutating func place(sheet: String, question: String, row: Int, column: Int, table: String? = nil) {
        places[question] = Place(sheet: sheet, row: row, column: column, table: table)
    }

    /// nil where there is nothing to check and nothing to say.
    mutating func validation(for slot: EntrySlot, range: CellRange, help: CellHelp) -> ValidationDraft? {
        let (rule, error, stops) = rule(for: slot, range: range)
        if rule == .any, help.message.isEmpty { return nil }
        return ValidationDraft(
            range: range, rule: rule, inputTitle: help.title, inputMessage: help.message,
            errorTitle: rule == .any ? "" : EntryWording.checkTitle, errorMessage: error, stops: stops)
    }

    private mutating func rule(
        for slot: EntrySlot, range: CellRange
    ) -> (ValidationDraft.Rule, error: String, stops: Bool) {
        switch slot.question.kind {
        case .integer: return (.wholeNumber, EntryWording.wholeNumber, true)
        case .decimal: return (.decimal, EntryWording.decimal, true)
        case .range:
            guard let range = try? RangeLimits(slot.question.parameters) else {
                return (.decimal, EntryWording.decimal, true)
            }
            return (.between(range), EntryWording.range(range), true)
        case .date: return (.date, EntryWording.date, true)
        case .acknowledge, .selectMultiple:
            let tick = ChoiceSource.Item(name: EntryWording.tick, label: EntryWording.tick)
            guard let formula = choices.formula(listing: [tick]) else { return (.any, "", true) }
            return (.list(formula: formula), EntryWording.list, false)
        case .selectOne(_, let orOther):
            guard let formula = formula(for: slot.question, range) else { return (.any, "", true) }
            return (.list(formula: formula), orOther ? EntryWording.listOpen : EntryWording.list, !orOther)
        case .selectOneFromFile:
            guard let formula = formula(for: slot.question, range) else { return (.any, "", true) }
            // What depends on another answer may have no list there: then it is typed.
            let isOpen = sources[slot.question.name]?.cascade != nil
            return (.list(formula: formula), isOpen ? EntryWording.listOpen : EntryWording.list, !isOpen)
        default: return (.any, "", true)
        }
    }

    private mutating func formula(for question: Question, _ range: CellRange) -> String? {
        guard let source = sources[question.name] else { return nil }
        guard let cascade = source.cascade else { return choices.formula(listing: source.items) }
        if let value = printed[cascade.question] {
            return choices.formula(listing: source.items(narrowedBy: value))
        }
        guard let parent = sources[cascade.question], let place = places[cascade.question] else { return nil }
        let letters = CellReference.letters(place.column)
        let cell: String
        if place.table != nil {
            guard place.table == question.repeatName, place.row == range.firstRow else { return nil }
            cell = "$\(letters)\(place.row)"
        } else {
            cell = WorkbookWriter.reference(
                CellRange(
                    firstRow: place.row, firstColumn: place.column, lastRow: place.row, lastColumn: place.column),
                sheet: place.sheet)
        }
        let key = "\(question.kind) \(question.choiceFilter?.text ?? "") \(parent.items.count)"
        return choices.formula(cascading: source, key: key, parent: parent, cell: cell)
    }
}

extension ValidationDraft.Rule {
    /// The ends of a range; its steps are judged, since a spreadsheet has no check for them.
    fileprivate static func between(_ range: RangeLimits) -> Self {
        .between(
            NSDecimalNumber(decimal: range.lowest).doubleValue, NSDecimalNumber(decimal: range.highest).doubleValue,
            isWhole: range.isWhole)
    }
}
