/// What the attributes of a cell say (OpenDocument 1.3 Part 3, 9.1.4 `table:table-cell`); its text comes after them.
struct OpenDocumentCell {
    enum ValueType { case none, number, percentage, date, time, boolean, string, void }

    private(set) var type = ValueType.none
    /// LibreOffice's own mark; the value's type is `string` then.
    private(set) var isError = false
    private(set) var hasFormula = false
    /// How LibreOffice keeps a boolean that was typed into a workbook of another format.
    private var truth: Bool?
    private var number: Double?
    private var date: CellValue?
    private var duration: Int64?
    private var boolean: Bool?
    /// `office:string-value`: the text where it differs from the one that is shown.
    private(set) var string: [UInt8]?
    private(set) var style: [UInt8] = []
    /// Columns that hold this cell.
    private(set) var columns = 1
    private(set) var columnsSpanned = 1
    private(set) var rowsSpanned = 1

    /// Takes the attributes of the next cell.
    mutating func begin(
        _ attributes: XMLAttributes, _ namespaces: inout OpenDocumentNamespaces
    ) throws(WorkbookError) {
        reset()
        try attributes.forEach { (key, value) throws(WorkbookError) in
            switch namespaces[key.namespace] {
            case .office: takeValue(key, value)
            case .table: takePlace(key, value)
            case .calcext: if case "value-type" = key { isError = value.isSame(as: "error") }
            default: break
            }
        }
    }

    private mutating func reset() {
        type = .none
        isError = false
        hasFormula = false
        truth = nil
        number = nil
        date = nil
        duration = nil
        boolean = nil
        string = nil
        if !style.isEmpty { style.removeAll(keepingCapacity: true) }
        columns = 1
        columnsSpanned = 1
        rowsSpanned = 1
    }

    private mutating func takeValue(_ key: XMLName, _ value: UnsafeBufferPointer<UInt8>) {
        switch key {
        case "value-type": type = Self.type(value)
        case "value": number = DecimalParser.double(value)
        case "date-value": date = Self.date(value)
        case "time-value": duration = OpenDocumentDuration.milliseconds(value)
        case "boolean-value": boolean = value.isSame(as: "true")
        case "string-value": string = Array(value)
        default: break
        }
    }

    private mutating func takePlace(_ key: XMLName, _ value: UnsafeBufferPointer<UInt8>) {
        switch key {
        case "style-name": style.append(contentsOf: value)
        case "formula":
            hasFormula = true
            truth = Self.constant(value)
        case "number-columns-repeated": columns = Self.count(value)
        case "number-columns-spanned": columnsSpanned = Self.count(value)
        case "number-rows-spanned": rowsSpanned = Self.count(value)
        default: break
        }
    }

    /// How often, at least once; anything else than a whole number counts as once.
    static func count(_ value: UnsafeBufferPointer<UInt8>) -> Int {
        max(1, DecimalParser.integer(value) ?? 1)
    }

    private static func type(_ name: UnsafeBufferPointer<UInt8>) -> ValueType {
        if name.isSame(as: "float") { return .number }
        if name.isSame(as: "string") { return .string }
        if name.isSame(as: "date") { return .date }
        if name.isSame(as: "percentage") { return .percentage }
        if name.isSame(as: "currency") { return .number }
        if name.isSame(as: "time") { return .time }
        if name.isSame(as: "boolean") { return .boolean }
        return name.isSame(as: "void") ? .void : .none
    }

    /// The formula `TRUE()` or `FALSE()`, in any syntax.
    private static func constant(_ formula: UnsafeBufferPointer<UInt8>) -> Bool? {
        guard formula.count <= 16, let mark = formula.firstIndex(of: UInt8(ascii: "=")) else { return nil }
        let text = formula[(mark + 1)...]
        if text.elementsEqual("TRUE()".utf8) { return true }
        return text.elementsEqual("FALSE()".utf8) ? false : nil
    }

    /// Excel's day that never was counts as the one before it, as it does in an xlsx workbook.
    private static func date(_ value: UnsafeBufferPointer<UInt8>) -> CellValue? {
        guard value.starts(with: "1900-02-29".utf8) else { return ISODate.value(value) }
        return (Array("1900-02-28".utf8) + value.dropFirst(10)).withUnsafeBufferPointer { ISODate.value($0) }
    }

    // MARK: Values

    /// The value, where the attributes have it; nil when the text decides.
    ///
    /// - Parameters:
    ///   - hasNullDate1899: day 0 of the workbook is 1899-12-30: what lies in it is a time without a day.
    ///   - isDuration: whether the cell's format shows times beyond 24 hours; asked for times alone.
    func value(hasNullDate1899: Bool, isDuration: () -> Bool) -> CellValue? {
        if isError { return nil }
        switch type {
        case .number:
            if let truth, number == (truth ? 1 : 0) { return .boolean(truth) }
            return number.map { .number($0) }
        case .percentage: return number.map { .number($0) }
        case .boolean: return boolean.map { .boolean($0) }
        case .date:
            guard case .date(let milliseconds) = date else { return nil }
            let clock = milliseconds - Self.nullDate
            return hasNullDate1899 && (0..<Self.day).contains(clock) ? .time(milliseconds: clock) : date
        case .time: return duration.map { Self.time($0, isDuration: isDuration()) }
        case .none, .string, .void: return nil
        }
    }

    /// A formula's number 0 may stand for an error that only the text shows, as older programs write it.
    var mayBeError: Bool { isError || hasFormula && (number ?? 0) == 0 && (type == .number || type == .string) }

    var isPercent: Bool { type == .percentage }

    private static let day: Int64 = 86_400_000
    /// 1899-12-30.
    private static let nullDate: Int64 = -25_569 * day
    /// As far as days go: until 9999-12-31.
    private static let maximumDuration: Int64 = 2_958_466 * day

    /// As the same number is read from an xlsx workbook: before the first moment or after the last it has no time.
    private static func time(_ milliseconds: Int64, isDuration: Bool) -> CellValue {
        guard (0..<maximumDuration).contains(milliseconds) else {
            return .number(Double(milliseconds) / Double(day))
        }
        return isDuration ? .duration(milliseconds: milliseconds) : .time(milliseconds: milliseconds % day)
    }

    /// `#REF!`, `#NAME?`, `#N/A` or LibreOffice's `Err:502`.
    static func isError(_ text: some BidirectionalCollection<UInt8>) -> Bool {
        guard text.count <= 16, let last = text.last else { return false }
        if text.first == UInt8(ascii: "#") {
            let isNamed = last == UInt8(ascii: "!") || last == UInt8(ascii: "?")
            return isNamed && text.count > 2 || text.elementsEqual("#N/A".utf8)
        }
        return text.count == 7 && text.starts(with: "Err:".utf8)
            && text.dropFirst(4).allSatisfy { $0 &- UInt8(ascii: "0") <= 9 }
    }
}
