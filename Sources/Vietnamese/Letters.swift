package import Foundation

/// Numbers, amounts, days and hours as the office's letters write them.
extension Vietnamese {
    /// `1.250.000`, `4,08`. With `fractionDigits` the number is rounded (half away from zero) and padded to as many.
    package static func formatNumber(_ value: Decimal, fractionDigits: Int? = nil) -> String {
        guard value.isFinite else { return "" }
        var value = value
        if let fractionDigits {
            var rounded = Decimal()
            NSDecimalRound(&rounded, &value, fractionDigits, .plain)
            value = rounded
        }
        let parts = value.magnitude.description.split(separator: ".", maxSplits: 1)
        var fraction = parts.count > 1 ? String(parts[1]) : ""
        if let fractionDigits {
            fraction += String(repeating: "0", count: max(0, fractionDigits - fraction.count))
        }
        let whole = grouped(parts.first ?? "0") + (fraction.isEmpty ? "" : "," + fraction)
        return value < 0 ? "-" + whole : whole
    }

    /// `1.250.000 đồng`; whole đồng only.
    package static func formatMoney(_ value: Decimal) -> String {
        formatNumber(value, fractionDigits: 0) + " đồng"
    }

    /// `4,08 %`.
    package static func formatRate(_ value: Decimal, fractionDigits: Int = 2) -> String {
        formatNumber(value, fractionDigits: fractionDigits) + " %"
    }

    /// `05/12/2019`.
    package static func formatDate(year: Int, month: Int, day: Int) -> String {
        "\(twoDigits(day))/\(twoDigits(month))/\(year)"
    }

    /// `16 giờ 55 phút`.
    package static func formatTime(hour: Int, minute: Int) -> String {
        "\(twoDigits(hour)) giờ \(twoDigits(minute)) phút"
    }

    private static func twoDigits(_ number: Int) -> String {
        (0...9).contains(number) ? "0\(number)" : String(number)
    }

    private static func grouped(_ digits: some StringProtocol) -> String {
        var output: [UInt8] = []
        for (offset, digit) in digits.utf8.enumerated() {
            if offset > 0, (digits.utf8.count - offset) % 3 == 0 { output.append(UInt8(ascii: ".")) }
            output.append(digit)
        }
        return String(decoding: output, as: UTF8.self)
    }
}
