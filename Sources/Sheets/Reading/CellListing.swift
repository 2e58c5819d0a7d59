import Records

/// What the reader sees, one JSON object for each cell, as `formpost cells` prints it.
package enum CellListing {
    /// One line without its line feed for each cell: sheets in the workbook's order, cells by row.
    ///
    /// `{"sheet","ref","row","column","type","value"}`; type is `text`, `number`, `boolean`, `date` or `error`. A date's
    /// value is ISO 8601 without zone: `2020-06-11`, `2020-06-11T08:30:00`, a time alone `08:30:00`, a duration
    /// `PT5400S`. A formula without a result has no line: it holds nothing yet.
    package static func lines(of workbook: Workbook) -> some Sequence<String> {
        workbook.sheets.lazy.flatMap { sheet in
            let name = quoted(sheet.name)
            return sheet.cells.lazy.compactMap { line($0, sheet: name) }
        }
    }

    private static func line(_ cell: Cell, sheet: String) -> String? {
        guard let (type, value) = typeAndValue(cell.value) else { return nil }
        let reference = CellReference.letters(cell.column) + String(cell.row)
        return """
            {"sheet":\(sheet),"ref":"\(reference)","row":\(cell.row),"column":\(cell.column),"type":"\(type)",\
            "value":\(value)}
            """
    }

    /// The type's word and the value as JSON.
    private static func typeAndValue(_ value: CellValue) -> (String, String)? {
        switch value {
        case .text(let text): ("text", quoted(text))
        case .number(let number): ("number", json(number))
        case .boolean(let truth): ("boolean", truth ? "true" : "false")
        case .date(let milliseconds): ("date", "\"\(date(milliseconds))\"")
        case .time(let milliseconds): ("date", "\"\(time(milliseconds))\"")
        case .duration(let milliseconds): ("date", "\"PT\(seconds(milliseconds))S\"")
        case .error(let code): ("error", quoted(code))
        case .formulaWithoutValue: nil
        }
    }

    private static func json(_ number: Double) -> String {
        if let whole = Int64(exactly: number), abs(whole) < 1 << 53 { return String(whole) }
        return number.isFinite ? "\(number)" : "null"
    }

    private static func date(_ milliseconds: Int64) -> String {
        let clock = (milliseconds % 86_400_000 + 86_400_000) % 86_400_000
        let day = CivilDate(daysSince1970: Int((milliseconds - clock) / 86_400_000))
        return clock == 0 ? day.description : "\(day)T\(time(clock))"
    }

    private static func time(_ milliseconds: Int64) -> String {
        let whole = milliseconds / 1000
        let clock = [whole / 3600, whole / 60 % 60, whole % 60].map { twoDigits($0) }.joined(separator: ":")
        return clock + fraction(milliseconds)
    }

    private static func seconds(_ milliseconds: Int64) -> String {
        String(milliseconds / 1000) + fraction(milliseconds)
    }

    /// `.250`, or nothing for whole seconds.
    private static func fraction(_ milliseconds: Int64) -> String {
        let rest = milliseconds % 1000
        return rest == 0 ? "" : "." + String(String(1000 + rest).dropFirst())
    }

    private static func twoDigits(_ number: Int64) -> String {
        number < 10 ? "0\(number)" : String(number)
    }

    /// A JSON string (RFC 8259, 7).
    private static func quoted(_ text: String) -> String {
        var bytes: [UInt8] = [UInt8(ascii: "\"")]
        bytes.reserveCapacity(text.utf8.count + 2)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\n"): bytes += Array("\\n".utf8)
            case UInt8(ascii: "\r"): bytes += Array("\\r".utf8)
            case UInt8(ascii: "\t"): bytes += Array("\\t".utf8)
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
        return String(decoding: bytes, as: UTF8.self)
    }
}
