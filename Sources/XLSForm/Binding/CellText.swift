import Foundation
import Records
import Sheets
import Vietnamese

/// A cell's content as text.
enum CellText {
    /// Numbers in plain decimal with a point, texts trimmed; nil when nothing stands there.
    static func plain(_ value: CellValue) -> String? {
        switch value {
        case .text(let text):
            let trimmed = Vietnamese.nfc(text.trimmed)
            return trimmed.isEmpty ? nil : trimmed
        case .number(let number): return plain(number, point: ".")
        case .boolean(let value): return value ? "TRUE" : "FALSE"
        case .date(let milliseconds): return day(milliseconds).description
        case .time(let milliseconds), .duration(let milliseconds): return clock(milliseconds)
        case .error(let code): return code
        case .formulaWithoutValue: return nil
        }
    }

    /// As the sender reads it: numbers with a comma, grouped from five digits on where they are quantities.
    static func shown(_ cell: Cell?, groups: Bool) -> String {
        guard let cell else { return "" }
        switch cell.value {
        case .number(let number):
            guard cell.isPercent || groups && abs(number) >= 10_000, let value = decimal(number) else {
                return plain(number, point: ",")
            }
            return cell.isPercent ? Vietnamese.formatNumber(value * 100) + " %" : Vietnamese.formatNumber(value)
        case .date(let milliseconds):
            let (year, month, day) = day(milliseconds).components
            return Vietnamese.formatDate(year: year, month: month, day: day)
        default: return plain(cell.value) ?? ""
        }
    }

    /// In plain decimal, as exactly as `decimal` has it.
    /// - Parameter point: what stands before the decimals.
    private static func plain(_ number: Double, point: String) -> String {
        if let whole = whole(number) { return String(whole) }
        if let short = ShortDecimal(number) { return short.text(point: point) }
        return (decimal(number).map { "\($0)" } ?? "\(number)").replacing(".", with: point)
    }

    private static func whole(_ number: Double) -> Int64? {
        number == number.rounded() && abs(number) < 1e15 ? Int64(number) : nil
    }

    /// A double as its shortest 15 significant digits, which is what a spreadsheet keeps and shows; nil for NaN and
    /// infinities.
    static func decimal(_ number: Double) -> Decimal? {
        guard number.isFinite else { return nil }
        if let whole = whole(number) { return Decimal(whole) }
        if let short = ShortDecimal(number) { return short.decimal }
        return Decimal(string: String(format: "%.15g", number), locale: Locale(identifier: "en_US_POSIX"))
    }

    static func day(_ milliseconds: Int64) -> CivilDate {
        let length: Int64 = 86_400_000
        return CivilDate(daysSince1970: Int(milliseconds / length - (milliseconds % length < 0 ? 1 : 0)))
    }

    private static func clock(_ milliseconds: Int64) -> String {
        let minutes = milliseconds.magnitude / 60_000
        let rest = minutes % 60
        return "\(minutes / 60):" + (rest < 10 ? "0" : "") + "\(rest)"
    }
}

/// A number of few decimals, as nearly all in a workbook are, found without printing it first.
private struct ShortDecimal {
    private let significand: Int64
    private let decimals: Int
    private static let powers: [Double] = [10, 100, 1_000, 10_000, 100_000, 1_000_000]

    /// nil when the number has more than six decimals or fifteen digits. Below that, a quotient by a power of ten that
    /// comes to the same double is the number's shortest decimal.
    init?(_ number: Double) {
        for (index, power) in Self.powers.enumerated() {
            let scaled = (number * power).rounded()
            guard abs(scaled) < 1e15 else { return nil }
            guard scaled / power == number else { continue }
            significand = Int64(scaled)
            decimals = index + 1
            return
        }
        return nil
    }

    var decimal: Decimal {
        Decimal(
            sign: significand < 0 ? .minus : .plus, exponent: -decimals, significand: Decimal(significand.magnitude))
    }

    func text(point: String) -> String {
        let (whole, fraction) = significand.magnitude.quotientAndRemainder(
            dividingBy: UInt64(Self.powers[decimals - 1]))
        let digits = String(fraction)
        let zeros = String(repeating: "0", count: decimals - digits.utf8.count)
        return (significand < 0 ? "-" : "") + String(whole) + point + zeros + digits
    }
}

extension AnswerValue {
    /// One text for each value, to compare what was printed with what came back.
    var plainText: String {
        switch self {
        case .text(let text): text
        case .number(let number): "\(number)"
        case .date(let date): date.description
        case .dateTime(let instant): "\(Int64(instant.timeIntervalSince1970))"
        case .time(let seconds): "\(seconds)"
        }
    }
}
