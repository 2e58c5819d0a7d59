import CXLSXWriter
import Foundation
import Records

/// Puts drop-downs, input messages and checks (ECMA-376 Part 1, 18.3.1.32) into a worksheet.
struct ValidationWriter {
    let sheet: UnsafeMutablePointer<lxw_worksheet>

    func write(_ draft: ValidationDraft) throws(WorkbookWriterError) {
        let range = draft.range
        guard (1...range.lastRow).contains(range.firstRow), range.lastRow <= CellReference.maximumRow,
            (1...range.lastColumn).contains(range.firstColumn), range.lastColumn <= CellReference.maximumColumn
        else { throw WorkbookWriterError(.content, "validation outside the sheet: \(range)") }
        var validation = lxw_data_validation()
        var texts = BorrowedTexts()
        validation.ignore_blank = UInt8(LXW_VALIDATION_ON.rawValue)
        validation.show_input = UInt8(LXW_VALIDATION_ON.rawValue)
        validation.show_error = UInt8(LXW_VALIDATION_ON.rawValue)
        validation.dropdown = UInt8(LXW_VALIDATION_ON.rawValue)
        validation.error_type = UInt8(
            draft.stops ? LXW_VALIDATION_ERROR_TYPE_STOP.rawValue : LXW_VALIDATION_ERROR_TYPE_WARNING.rawValue)
        validation.input_title = texts.lend(draft.inputTitle)
        validation.input_message = texts.lend(draft.inputMessage)
        validation.error_title = texts.lend(draft.errorTitle)
        validation.error_message = texts.lend(draft.errorMessage)
        set(draft.rule, of: &validation, texts: &texts)
        let code = worksheet_data_validation_range(
            sheet, lxw_row_t(range.firstRow - 1), lxw_col_t(range.firstColumn - 1), lxw_row_t(range.lastRow - 1),
            lxw_col_t(range.lastColumn - 1), &validation)
        withExtendedLifetime(texts) {}
        try WorkbookWriter.check(
            code, "validation at \(CellReference.letters(range.firstColumn))\(range.firstRow)")
    }

    private func set(_ rule: ValidationDraft.Rule, of validation: inout lxw_data_validation, texts: inout BorrowedTexts)
    {
        let between = UInt8(LXW_VALIDATION_CRITERIA_BETWEEN.rawValue)
        // Fifteen digits are what a cell keeps exactly.
        let widest = 999_999_999_999_999.0
        switch rule {
        case .list(let formula):
            validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
            validation.value_formula = texts.lend(formula)
        case .wholeNumber:
            validation.validate = UInt8(LXW_VALIDATION_TYPE_INTEGER.rawValue)
            validation.criteria = between
            (validation.minimum_number, validation.maximum_number) = (-widest, widest)
        case .decimal:
            validation.validate = UInt8(LXW_VALIDATION_TYPE_DECIMAL.rawValue)
            validation.criteria = between
            (validation.minimum_number, validation.maximum_number) = (-widest, widest)
        case .between(let lowest, let highest, let isWhole):
            let type = isWhole ? LXW_VALIDATION_TYPE_INTEGER : LXW_VALIDATION_TYPE_DECIMAL
            validation.validate = UInt8(type.rawValue)
            validation.criteria = between
            (validation.minimum_number, validation.maximum_number) = (lowest, highest)
        case .date:
            validation.validate = UInt8(LXW_VALIDATION_TYPE_DATE.rawValue)
            validation.criteria = between
            validation.minimum_datetime.year = 1900
            validation.minimum_datetime.month = 3
            validation.minimum_datetime.day = 1
            validation.maximum_datetime.year = 9999
            validation.maximum_datetime.month = 12
            validation.maximum_datetime.day = 31
        case .textLength(let maximum):
            validation.validate = UInt8(LXW_VALIDATION_TYPE_LENGTH.rawValue)
            validation.criteria = UInt8(LXW_VALIDATION_CRITERIA_LESS_THAN_OR_EQUAL_TO.rawValue)
            validation.value_number = Double(maximum)
        case .any:
            validation.validate = UInt8(LXW_VALIDATION_TYPE_ANY.rawValue)
        }
    }
}

/// C copies of texts, lent to a struct of pointers for the length of one call and freed afterwards.
private struct BorrowedTexts: ~Copyable {
    private var pointers: [UnsafeMutablePointer<CChar>] = []

    init() {}

    /// nil for an empty text, which is how the library says "none".
    mutating func lend(_ text: String) -> UnsafeMutablePointer<CChar>? {
        guard !text.isEmpty, let copy = strdup(Text.writable(text)) else { return nil }
        pointers.append(copy)
        return copy
    }

    deinit { pointers.forEach { free($0) } }
}
