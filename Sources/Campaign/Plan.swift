package import Records

/// The campaign's calendar, standards and figures as the office keeps them: plan.xlsx.
package struct Plan: Sendable {
    package var stages: [Stage] = []
    package var obligations: [Obligation] = []
    package var standards: [Standard] = []
    package var targets: [Target] = []
    package var baselines: [Baseline] = []
    package var quotas: [Quota] = []
    package var decisions: [Decision] = []
    package var holidays: [Holiday] = []
    package var contacts: [Contact] = []
    package var mailModes: [MailMode] = []
    package var retentions: [Retention] = []
    /// What is wrong with the workbook by itself; rows that could not be read are left out.
    package var problems: [CampaignProblem] = []

    /// Names of the workbook's sheets, in its order.
    package var sheets: [String] = []

    /// When nominations are taken, and which years they are about.
    package struct Stage: Hashable, Sendable {
        package let code: String
        package let label: String
        package let open: DaySpan
        package let years: ClosedRange<Int>?
        package let forms: [String]
        /// Free text of the office: `mo`, `dong`, `du_kien`.
        package let state: String
        package let row: Int
    }

    /// A form that every unit of a kind owes for a year.
    package struct Obligation: Hashable, Sendable {
        package let form: String
        package let kind: UnitRecord.Kind
        package let year: Int
        /// nil: the office has set no date, so nobody is early or late.
        package let due: Due?
        /// Days before and after the due day on which to remind.
        package let remindBefore: [Int]
        package let remindAfter: [Int]
        /// Who gets a copy: codes of units.
        package let copies: [String]
        package let row: Int

        package struct Due: Hashable, Sendable {
            package let day: CivilDate
            /// The document that sets it; letters name no day without one.
            package let document: String
        }
    }

    /// A clause of section IV of the plan.
    package struct Standard: Hashable, Sendable {
        package let id: String
        package let shortName: String
        /// As letters cite it: `IV.2.6`.
        package let clause: String
        /// A figures, E papers, J a person's judgement; several in a row.
        package let nature: String
        package let forms: [String]
        /// Whether letters print what it takes; nil: as the decision `hien_muc` says for all.
        package let showsThreshold: Bool?
        /// What it takes, in the plan's words; empty where figures decide nothing.
        package let threshold: String
        package let row: Int
    }

    /// The reduction that the district planned for a unit and year, in hundredths of a percentage point.
    package struct Target: Hashable, Sendable {
        package let unit: UnitCode
        package let year: Int
        package let poor: Int?
        package let nearPoor: Int?
        package let document: String
        package let row: Int
    }

    /// Households at the end of a year, for years without an accepted report.
    package struct Baseline: Hashable, Sendable {
        package let unit: UnitCode
        package let year: Int
        package let figures: ClosingFigures
        package let source: String
        package let document: String
        package let row: Int
    }

    /// How many nominations a unit may send in a stage.
    package struct Quota: Hashable, Sendable {
        package let stage: String
        package let unit: UnitCode
        package let collectives: Int?
        package let individuals: Int?
        package let households: Int?
        package let row: Int

        package subscript(kind: NomineeClass) -> Int? {
            switch kind {
            case .collective: collectives
            case .individual: individuals
            case .household: households
            }
        }
    }

    /// What the office decided where the plan leaves a question open.
    package struct Decision: Hashable, Sendable {
        package let key: String
        package let value: String
        package let document: String
        package let decidedBy: String
        package let day: CivilDate?
        package let row: Int
    }

    package struct Holiday: Hashable, Sendable {
        package let day: CivilDate
        package let name: String
        package var row = 0
    }

    /// Whom to call about what.
    package struct Contact: Hashable, Sendable {
        /// What the findings that bring this contact are about: `khen_thuong`, `ho_ngheo`, `ky_thuat`.
        package let kind: String
        /// As the letter prints it: `Về số liệu hộ nghèo`.
        package let subject: String
        package let name: String
        package let office: String
        package let phone: String
        package let email: String
        package var row = 0
    }

    /// Whether a kind of notice goes out at once.
    package struct MailMode: Hashable, Sendable {
        /// The template's name.
        package let notice: String
        package let waitsForPress: Bool
        /// The hours of working days in which it may leave, in seconds since midnight; nil for any time.
        package let hours: Range<Double>?
        package var row = 0
    }

    /// How long the papers of a form are kept.
    package struct Retention: Hashable, Sendable {
        package let form: String
        package let years: Int
        package var row = 0
    }
}

/// What nominees are counted as.
package enum NomineeClass: Hashable, Sendable {
    case collective, individual, household

    /// - Parameter kind: the answer to a nomination's `doi_tuong`.
    package init(_ kind: String) {
        self =
            switch kind {
            case "ho_gia_dinh": .household
            case "can_bo", "ca_nhan_khac", "nha_hao_tam": .individual
            default: .collective
            }
    }
}

/// Households of a place at the end of a year.
package struct ClosingFigures: Hashable, Sendable {
    package var total: Int
    package var poor: Int
    package var nearPoor: Int

    package init(total: Int, poor: Int, nearPoor: Int) {
        self.total = total
        self.poor = poor
        self.nearPoor = nearPoor
    }
}

extension Plan {
    package func stage(_ code: String) -> Stage? { stages.first { $0.code == code } }

    /// The stages that take nominations on that day.
    package func openStages(on day: CivilDate) -> [Stage] { stages.filter { $0.open.contains(day) } }

    package func obligation(_ form: String, _ kind: UnitRecord.Kind, year: Int) -> Obligation? {
        obligations.first { $0.form == form && $0.kind == kind && $0.year == year }
    }

    /// By the id that forms put into `formpost::standard`, e.g. `IV.2.3.1-5b`.
    package func standard(_ id: String) -> Standard? { standards.first { $0.id == id } }

    /// What it takes to reach a standard, where letters may say so.
    package func shownThreshold(_ id: String) -> String? {
        guard let standard = standard(id), !standard.threshold.isEmpty,
            standard.showsThreshold ?? (decision(.showsThreshold)?.value == "co")
        else { return nil }
        return standard.threshold
    }

    package func target(_ unit: UnitCode, _ year: Int) -> Target? {
        targets.first { $0.unit == unit && $0.year == year }
    }

    package func baseline(_ unit: UnitCode, _ year: Int) -> Baseline? {
        baselines.first { $0.unit == unit && $0.year == year }
    }

    package func quota(_ unit: UnitCode, stage: String) -> Quota? {
        quotas.first { $0.unit == unit && $0.stage == stage }
    }

    package func decision(_ key: String) -> Decision? { decisions.first { $0.key == key } }

    package func contacts(_ kind: String) -> [Contact] { contacts.filter { $0.kind == kind } }

    package func isHoliday(_ day: CivilDate) -> Bool { holidays.contains { $0.day == day } }

    package func waitsForPress(_ notice: String) -> Bool {
        mailModes.first { $0.notice == notice }?.waitsForPress ?? false
    }

    /// The years that the plan's sheets speak of; nil when they speak of none.
    package var years: ClosedRange<Int>? {
        let years =
            obligations.map(\.year) + targets.map(\.year) + baselines.map(\.year)
            + stages.flatMap { stage in stage.years.map { [$0.lowerBound, $0.upperBound] } ?? [] }
        guard let first = years.min(), let last = years.max() else { return nil }
        return first...last
    }
}
