/// Turns the numbers that workbooks keep for days and times into values (ECMA-376 Part 1, 18.17.4).
struct SerialDate: Sendable {
    /// True when day 0 is 1904-01-01; else day 1 is 1900-01-01 and the 29th of February 1900 is counted.
    let isEpoch1904: Bool

    private static let millisecondsPerDay = 86_400_000.0
    /// 9999-12-31, the last day that a workbook can show, as days since 1970-01-01.
    private static let lastDay = 2_932_896

    /// What a number shows in its format; the number itself where the format cannot show it (before the first day or
    /// after the last).
    func value(_ serial: Double, _ format: NumberFormat) -> CellValue {
        switch format {
        case .number, .percent: .number(serial)
        case .date: date(serial)
        case .time: time(serial)
        case .duration: duration(serial)
        }
    }

    private func date(_ serial: Double) -> CellValue {
        guard serial >= 0, serial < 2_958_466 else { return .number(serial) }
        // Before day 1 there is no day, only a time of day.
        if serial < 1, !isEpoch1904 { return time(serial) }
        let total = Int64((serial * Self.millisecondsPerDay).rounded())
        let day = Int(total / 86_400_000)
        let days: Int
        if isEpoch1904 {
            days = day - 24_107
        } else {
            // Day 60 never was; it counts as the 28th of February like day 59.
            days = day - (day < 60 ? 25_568 : 25_569)
        }
        guard days <= Self.lastDay else { return .number(serial) }
        return .date(milliseconds: Int64(days) * 86_400_000 + total % 86_400_000)
    }

    private func time(_ serial: Double) -> CellValue {
        guard serial >= 0, serial < 2_958_466 else { return .number(serial) }
        let total = Int64((serial * Self.millisecondsPerDay).rounded())
        return .time(milliseconds: total % 86_400_000)
    }

    private func duration(_ serial: Double) -> CellValue {
        guard serial >= 0, serial < 2_958_466 else { return .number(serial) }
        return .duration(milliseconds: Int64((serial * Self.millisecondsPerDay).rounded()))
    }
}
