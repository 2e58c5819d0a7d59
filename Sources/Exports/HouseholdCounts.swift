import Campaign
package import Intake
package import Ledger
package import Records
import XLSForm

/// What a commune's list of households says of its poor households at the end of a year, in numbers only.
package struct HouseholdCounts: Sendable {
    /// The services of which a household is deprived, two indicators each (QĐ 59/2015/QĐ-TTg).
    package enum Service: Int, Sendable, CaseIterable {
        case health, education, housing, water, information

        fileprivate var questions: [String] { ["h_th\(rawValue * 2 + 1)", "h_th\(rawValue * 2 + 2)"] }
    }

    package private(set) var poor = 0
    package private(set) var nearPoor = 0
    /// By the label of the main cause.
    package private(set) var causes: [String: Int] = [:]
    package private(set) var deprived: [Service: Int] = [:]

    private static let form = "danh_sach_ho"

    /// Fails when no list of the year counts.
    package init?(of unit: UnitCode, year: Int, _ office: Office, _ stored: LedgerView) throws {
        let key = SubmissionKey(form: Self.form, unit: unit, period: String(year))
        guard let list = try stored.submission(key: key), let filed = try stored.filedRevision(of: list.id) else {
            return nil
        }
        let form = office.forms[filed.workbook.verdict.form] ?? office.forms.current(Self.form)
        self.init(filed.workbook.answers, causes: form?.definition.choiceLabels["h_nn1"] ?? [:])
    }

    /// - Parameter causes: the labels of the causes, by name.
    init(_ answers: [Answer], causes labels: [String: String]) {
        for household in Dictionary(grouping: answers.filter { $0.row != nil }, by: \.row).values {
            let chosen = household.reduce(into: [String: String]()) { chosen, answer in
                if case .text(let name)? = answer.value { chosen[answer.question] = name }
            }
            if chosen["h_cuoi"] == "can_ngheo" { nearPoor += 1 }
            guard chosen["h_cuoi"] == "ngheo" else { continue }
            poor += 1
            if let cause = chosen["h_nn1"] { causes[labels[cause] ?? cause, default: 0] += 1 }
            for service in Service.allCases where service.questions.contains(where: { chosen[$0] == "x" }) {
                deprived[service, default: 0] += 1
            }
        }
    }

    package mutating func add(_ other: HouseholdCounts) {
        poor += other.poor
        nearPoor += other.nearPoor
        causes.merge(other.causes, uniquingKeysWith: +)
        deprived.merge(other.deprived, uniquingKeysWith: +)
    }
}
