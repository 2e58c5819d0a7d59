/// Picture e: who has sent what, a mark for each unit and form.
struct DutyMarks: Picture {
    enum Mark: CaseIterable, Sendable {
        case filed, waiting, correction, missing, notOwed

        var words: String {
            switch self {
            case .filed: "đã nhận"
            case .waiting: "chờ Phòng quyết định"
            case .correction: "chờ đơn vị sửa"
            case .missing: "chưa có"
            case .notOwed: "không phải gửi"
            }
        }
    }

    struct Unit: Sendable {
        let name: String
        let marks: [Mark]
    }

    let id: String
    let forms: [String]
    let units: [Unit]

    var title: String { "Đơn vị nào đã gửi biểu nào" }
    var heads: [String] { ["Biểu"] + Mark.allCases.dropLast().map(\.words) }
    var rows: [[String]] {
        forms.enumerated().map { index, form in
            [form] + Mark.allCases.dropLast().map { mark in String(units.count { $0.marks[index] == mark }) }
        }
    }

    var summary: String {
        let all = units.flatMap(\.marks).filter { $0 != .notOwed }
        return "Đã nhận \(all.count { $0 == .filed }) trong \(all.count) báo cáo phải gửi; chưa có "
            + "\(all.count { $0 == .missing })."
    }

    private static let (row, columns) = (17.0, 3)

    /// Units in columns side by side, so that all of them stand on one screen.
    var drawing: Drawing {
        let lines = (units.count + Self.columns - 1) / Self.columns
        let width = 330.0
        var drawing = Drawing(width: width * Double(Self.columns), height: Double(lines) * Self.row + 56)
        for (index, unit) in units.enumerated() {
            let (column, line) = (index / max(lines, 1), index % max(lines, 1))
            let (x, y) = (Double(column) * width, 22 + Double(line) * Self.row)
            drawing.text(unit.name, x + 210, y + 11, .end)
            let owed = unit.marks.filter { $0 != .notOwed }
            for (place, mark) in owed.enumerated() {
                Self.draw(mark, x + 218 + Double(place) * 20, y, on: &drawing)
            }
        }
        var x = 0.0
        let y = 36 + Double(lines) * Self.row
        for mark in Mark.allCases.dropLast() {
            Self.draw(mark, x, y, on: &drawing)
            drawing.text(mark.words, x + 20, y + 11, size: 11)
            x += 34 + Double(mark.words.count) * 6.4
        }
        return drawing
    }

    /// Full, half, a question mark, empty: told apart without colour.
    private static func draw(_ mark: Mark, _ x: Double, _ y: Double, on drawing: inout Drawing) {
        switch mark {
        case .filed: drawing.rectangle(x, y, 13, 13, .darkest)
        case .correction:
            drawing.rectangle(x, y, 13, 13, .paper)
            drawing.rectangle(x, y + 6.5, 13, 6.5, .middle)
        case .waiting:
            drawing.rectangle(x, y, 13, 13, .lightest)
            drawing.text("?", x + 6.5, y + 11, .middle, size: 11, isBold: true)
        case .missing: drawing.rectangle(x, y, 13, 13, .paper)
        case .notOwed: break
        }
    }
}
