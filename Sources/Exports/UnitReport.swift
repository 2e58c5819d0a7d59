package import Foundation
package import Records

/// What one unit has reported of a year, for the consolidated report.
package struct UnitReport: Sendable {
    /// nil of a unit that only stands for a sum.
    package let unit: UnitCode?
    package let name: String
    package let isUrban: Bool
    /// nil while no report counts.
    package let receipt: Receipt?
    /// The planned reduction, in percentage points.
    package let target: (poor: Decimal?, nearPoor: Decimal?)
    /// Households at the end of the year before, as the office knows them.
    package let before: (total: Decimal, poor: Decimal, nearPoor: Decimal)?
    private let answers: [String: [Answer]]
    /// Labels of the choices that were taken, by question and name.
    private let labels: [String: [String: String]]

    package init(
        unit: UnitCode? = nil, name: String, isUrban: Bool, receipt: Receipt? = nil,
        target: (poor: Decimal?, nearPoor: Decimal?) = (nil, nil),
        before: (total: Decimal, poor: Decimal, nearPoor: Decimal)? = nil, answers: [Answer] = [],
        labels: [String: [String: String]] = [:]
    ) {
        self.unit = unit
        self.name = name
        self.isUrban = isUrban
        self.receipt = receipt
        self.target = target
        self.before = before
        self.answers = Dictionary(grouping: answers, by: \.question)
        self.labels = labels
    }

    package var isThere: Bool { receipt != nil }

    /// The sum of a question's answers: of one outside tables, of every row within one; nil when nothing is answered.
    func sum(_ question: String) -> Decimal? {
        let numbers = numbers(question).values
        return numbers.isEmpty ? nil : numbers.reduce(0, +)
    }

    /// The sum over the rows in which another question of the table has the given answer.
    func sum(_ question: String, where other: String, is name: String) -> Decimal? {
        let numbers = numbers(question)
        let rows = Set((answers[other] ?? []).filter { $0.value == .text(name) }.compactMap(\.row))
        let chosen = numbers.filter { $0.key.map(rows.contains) ?? false }.values
        return chosen.isEmpty ? nil : chosen.reduce(0, +)
    }

    /// How many rows answer a question.
    func count(_ question: String) -> Int { (answers[question] ?? []).count { $0.value != nil } }

    /// What the answers say to people, one after another.
    func text(_ question: String) -> String {
        (answers[question] ?? []).compactMap { answer in
            guard case .text(let name)? = answer.value else { return answer.shown.isEmpty ? nil : answer.shown }
            return labels[question]?[name] ?? name
        }.joined(separator: "; ")
    }

    /// The choice's name, or the text.
    func value(_ question: String) -> String? {
        guard case .text(let text)? = answers[question]?.first?.value else { return nil }
        return text
    }

    private func numbers(_ question: String) -> [Int?: Decimal] {
        Dictionary(
            (answers[question] ?? []).compactMap { answer in
                guard case .number(let number)? = answer.value else { return nil }
                return (answer.row, number)
            }, uniquingKeysWith: +)
    }
}

/// One unit or several taken together: sums are over all, rates are made of the sums.
struct ReportGroup: Sendable {
    let reports: [UnitReport]

    /// The only unit; nil of several.
    var single: UnitReport? { reports.count == 1 ? reports[0] : nil }

    func sum(_ question: String) -> Decimal? { total(reports.map { $0.sum(question) }) }

    func sum(_ question: String, where other: String, is name: String) -> Decimal? {
        total(reports.map { $0.sum(question, where: other, is: name) })
    }

    /// The sum of a number over the units that have reported; nil of none.
    func ifThere(_ number: (UnitReport) -> Decimal) -> Decimal? { total(reports.filter(\.isThere).map(number)) }

    /// A percentage of sums, rounded half up to two decimals; nil of nothing.
    func rate(_ part: String, of whole: String) -> Decimal? {
        exactRate(part, of: whole)?.rounded(2)
    }

    /// By how many percentage points the rate fell, rounded half up to two decimals.
    func fall(_ kind: Households) -> Decimal? {
        guard let before = exactRate(kind.opening, of: "tong_dau"), let after = exactRate(kind.closing, of: "tong_cuoi")
        else { return nil }
        return (before - after).rounded(2)
    }

    private func exactRate(_ part: String, of whole: String) -> Decimal? {
        // Only of reports that have both: a part without its whole would raise the rate.
        let both = reports.compactMap { report in
            report.sum(part).flatMap { part in report.sum(whole).map { (part, $0) } }
        }
        let whole = both.reduce(Decimal(0)) { $0 + $1.1 }
        guard whole > 0 else { return nil }
        return both.reduce(Decimal(0)) { $0 + $1.0 } * 100 / whole
    }

    private func total(_ numbers: [Decimal?]) -> Decimal? {
        let known = numbers.compactMap(\.self)
        return known.isEmpty ? nil : known.reduce(0, +)
    }
}

/// The two kinds of households, by the names of their questions in the commune's report.
enum Households: CaseIterable {
    case poor, nearPoor

    private var stem: String { self == .poor ? "ngheo" : "can" }
    var opening: String { stem + "_dau" }
    var closing: String { stem + "_cuoi" }
    var escaped: String { stem + "_thoat" }
    var otherLoss: String { stem + "_giam_khac" }
    var again: String { stem + "_tai" }
    var new: String { stem + "_phat_sinh" }
    var otherGain: String { stem + "_tang_khac" }
}

extension Decimal {
    /// Half up, away from zero.
    func rounded(_ places: Int) -> Decimal {
        var (from, to) = (self, Decimal())
        NSDecimalRound(&to, &from, places, .plain)
        return to
    }
}

extension UnitReport {
    /// The choices that a question was answered with, with their labels.
    func names(_ question: String) -> [Choice] {
        Set(
            (answers[question] ?? []).compactMap { answer -> String? in
                guard case .text(let name)? = answer.value else { return nil }
                return name
            }
        ).map { Choice(name: $0, label: labels[question]?[$0] ?? $0) }
    }

    struct Choice: Hashable {
        let name: String
        let label: String
    }

    /// How many rows have a day that is not after the due day of the same row.
    func inTime(_ day: String, _ due: String) -> Int {
        let issued = days(day)
        return days(due).count { row, due in issued[row].map { $0 <= due } ?? false }
    }

    private func days(_ question: String) -> [Int?: CivilDate] {
        Dictionary(
            (answers[question] ?? []).compactMap { answer in
                guard case .date(let day)? = answer.value else { return nil }
                return (answer.row, day)
            }, uniquingKeysWith: { first, _ in first })
    }

    /// A unit that has reported nothing.
    static let nothing = UnitReport(name: "", isUrban: false)
}
