import Foundation
package import Ledger
package import Records

/// What came in, as a table for people: time, sender, unit, form, outcome, receipt, notice.
package struct IntakeTable {
    private let rows: [[String]]

    package init(_ lines: [IntakeLine], zone: OfficeZone) {
        let head = ["time", "sender", "unit", "form", "outcome", "receipt", "notice"]
        rows =
            [head]
            + lines.map { line in
                [
                    Self.time(line, zone), LogText(line.sender).description, line.unit?.rawValue ?? "–",
                    line.form ?? "–",
                    line.verdict?.rawValue ?? line.outcome.rawValue, line.receipt?.description ?? "–",
                    line.notice.map { notice in
                        line.noticeState.map { "\(notice.rawValue) (\($0.rawValue))" } ?? notice.rawValue
                    } ?? "–",
                ]
            }
    }

    /// Lines of text, columns padded with spaces.
    package var lines: [String] {
        let widths = rows.reduce(into: Array(repeating: 0, count: 7)) { widths, row in
            for (column, text) in row.enumerated() { widths[column] = max(widths[column], text.count) }
        }
        return rows.map { row in
            let padded = zip(row, widths).map { text, width in
                text + String(repeating: " ", count: width - text.count)
            }
            return String(padded.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
        }
    }

    private static func time(_ line: IntakeLine, _ zone: OfficeZone) -> String {
        let day = CivilDate(line.received, in: zone)
        let seconds = Int(line.received.timeIntervalSince1970) + zone.secondsFromGMT
        let minutes = ((seconds % 86_400 + 86_400) % 86_400) / 60
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(day) \(two(minutes / 60)):\(two(minutes % 60))"
    }
}
