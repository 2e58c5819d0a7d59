import Campaign
package import Foundation
package import Ledger
import Notices
package import Records

/// Places and households that somebody has registered to sponsor (form `dang_ky_do_dau`), as far as it counts.
package struct SponsorRegistration: Hashable, Sendable {
    package let unit: UnitCode
    package let receipt: Receipt
    package let sponsor: String
    /// The choice's name: `co_quan_huyen`, `doanh_nghiep`, …
    package let kind: String
    package let year: Int
    /// Number of the paper; may be empty.
    package let document: String
    package let day: CivilDate?
    package let lines: [Line]

    /// One sponsored place.
    package struct Line: Hashable, Sendable {
        /// `xa`, `thon`, `ho`.
        package let kind: String
        package let commune: UnitCode?
        /// The hamlet's code.
        package let hamlet: String?
        package let lastYear: Int?
    }

    package static let form = "dang_ky_do_dau"

    /// A unit that sponsors by itself, other than one that registers for a firm or a person.
    package var isOfTheUnitItself: Bool { Self.ownKinds.contains(kind) }

    private static let ownKinds: Set<String> = ["co_quan_huyen", "co_quan_xa", "llvt", "xa_thi_tran", "cong_dong"]

    /// Number and day of the paper: `12/ĐK-YT, ngày 05/03/2019`.
    package func paper(_ office: Office) -> String {
        let day = day.map { office.letters.word("paper.day", ["day": office.letters.day($0)]) }
        return [document, day].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: ", ")
    }

    /// All that count.
    package static func all(_ stored: LedgerView) throws -> [SponsorRegistration] {
        try stored.filedAnswers(form: form).compactMap { SponsorRegistration($0.submission, $0.answers) }
    }

    /// Fails without a sponsor or a year.
    init?(_ submission: SubmissionRecord, _ answers: [Answer]) {
        let sheet = AnswerRows(answers)
        guard let sponsor = sheet.text("ben_ten"), let year = submission.key.period.flatMap({ Int($0) }) else {
            return nil
        }
        unit = submission.key.unit
        receipt = submission.receipt
        self.sponsor = sponsor
        kind = sheet.text("ben_loai") ?? ""
        self.year = year
        document = sheet.text("dk_so") ?? ""
        day = sheet.day("dk_ngay")
        lines = sheet.rows(of: "dk_xa").map { row in
            Line(
                kind: sheet.text("dk_loai", row) ?? "", commune: sheet.text("dk_xa", row).flatMap { UnitCode($0) },
                hamlet: sheet.text("dk_thon", row), lastYear: sheet.integer("dk_den_nam", row))
        }
    }
}

/// Answers by question and row.
package struct AnswerRows: Sendable {
    private let values: [String: [Int: AnswerValue]]
    /// Stands for answers outside tables, whose rows count from 1.
    private static let outside = 0

    package init(_ answers: [Answer]) {
        values = answers.reduce(into: [:]) { values, answer in
            guard let value = answer.value else { return }
            values[answer.question, default: [:]][answer.row ?? Self.outside] = value
        }
    }

    /// The rows that answer a question.
    package func rows(of question: String) -> [Int] { (values[question] ?? [:]).keys.sorted() }

    /// A text or the name of a choice.
    package func text(_ question: String, _ row: Int? = nil) -> String? {
        guard case .text(let text)? = values[question]?[row ?? Self.outside], !text.isEmpty else { return nil }
        return text
    }

    package func number(_ question: String, _ row: Int? = nil) -> Decimal? {
        guard case .number(let number)? = values[question]?[row ?? Self.outside] else { return nil }
        return number
    }

    package func integer(_ question: String, _ row: Int? = nil) -> Int? {
        number(question, row).flatMap { Int("\($0)") }
    }

    package func day(_ question: String, _ row: Int? = nil) -> CivilDate? {
        guard case .date(let day)? = values[question]?[row ?? Self.outside] else { return nil }
        return day
    }
}
