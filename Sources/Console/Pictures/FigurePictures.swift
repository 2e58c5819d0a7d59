import Campaign
import Exports
import Foundation
import Intake
import Ledger
import Records
import XLSForm

/// The district's pictures of a year: a, b and d.
struct DistrictPictures {
    private let district: DistrictFigures
    private let office: Office

    init(_ district: DistrictFigures, _ office: Office) {
        self.district = district
        self.office = office
    }

    var line: ShownPicture {
        let aim = DistrictFigures.Aim.self
        let known = district.years.map(\.year)
        // The line goes on to the year that is aimed at.
        let last = max(district.report.year, known.last ?? district.report.year, aim.year)
        let points = (min(known.first ?? district.report.year, aim.year)...last).map { year in
            let found = district.years.first { $0.year == year && $0.known > 0 }
            return RateLine.Point(
                year: year, rate: found?.rate, isProvisional: !(found?.isOfficial ?? false), known: found?.known ?? 0,
                of: district.report.communes.count)
        }
        let boundaries = Set(office.campaign.units.successions.map(\.from.year))
        return ShownPicture(
            RateLine(
                id: "ty-le", points: points, aim: aim.rate, aimYear: aim.year, boundaryYears: boundaries.sorted()))
    }

    var dumbbells: ShownPicture {
        ShownPicture(
            RateDumbbells(
                id: "tung-xa",
                communes: district.report.communes.map { report in
                    let rates = report.poorRates
                    return .init(name: report.name, start: rates.start, end: rates.end, planned: rates.planned)
                }))
    }

    var all: [ShownPicture] {
        let moves = [(false, "hộ nghèo"), (true, "hộ cận nghèo")].compactMap { isNearPoor, words in
            district.movement(isNearPoor: isNearPoor).map {
                ShownPicture(Waterfall(id: isNearPoor ? "can-ngheo" : "ngheo", kind: words, $0))
            }
        }
        return [line, dumbbells] + moves
    }
}

extension Waterfall {
    init(id: String, kind: String, _ movement: DistrictFigures.Movement) {
        self.init(
            id: id, kind: kind,
            steps: [
                Step(label: "đầu năm", count: movement.opening, kind: .level),
                Step(label: "thoát", count: movement.escaped, kind: .loss),
                Step(label: "giảm khác", count: movement.otherLoss, kind: .loss),
                Step(label: "tái", count: movement.again, kind: .gain),
                Step(label: "phát sinh", count: movement.new, kind: .gain),
                Step(label: "tăng khác", count: movement.otherGain, kind: .gain),
                Step(label: "cuối năm", count: movement.closing, kind: .level),
            ])
    }
}

extension ReductionBars {
    /// Of poor and of near-poor households; none where no year has anything to be held against.
    static func both(_ history: [CommuneYear]) -> [ReductionBars] {
        func bars(
            _ id: String, _ kind: String, _ closing: KeyPath<ClosingFigures, Int>,
            _ target: KeyPath<CommuneYear.Reduction, Int?>
        ) -> ReductionBars? {
            let years = history.map { year in
                Year(
                    year: year.year, fall: year.fall(closing).map { Decimal($0) / 100 },
                    target: year.target[keyPath: target].map { Decimal($0) / 100 })
            }.filter { $0.fall != nil || $0.target != nil }
            return years.isEmpty ? nil : ReductionBars(id: id, kind: kind, years: years)
        }
        return [
            bars("giam-ngheo", "hộ nghèo", \.poor, \.poor), bars("giam-can", "hộ cận nghèo", \.nearPoor, \.nearPoor),
        ].compactMap(\.self)
    }
}

/// What the lists of households of a commune say: pictures h and k.
struct HouseholdPictures {
    let shown: [ShownPicture]

    /// How far back a first list is looked for, in years.
    private static let reach = 6

    init(_ unit: UnitCode, _ name: String, _ year: Int, _ office: Office, _ stored: LedgerView) throws {
        let lists = try (year - Self.reach...year).compactMap { year in
            try HouseholdCounts(of: unit, year: year, office, stored).map { (year, $0) }
        }
        guard let (lastYear, last) = lists.last else {
            shown = []
            return
        }
        let causes = CauseBars(id: "nguyen-nhan", place: "\(name), cuối năm \(lastYear)", last)
        let first = lists.count > 1 ? lists.first : nil
        shown = [
            ShownPicture(
                DeprivationBars(
                    id: "thieu-hut", first: first.map { "năm \($0.0)" } ?? "năm đầu (chưa có danh sách)",
                    last: "năm \(lastYear)",
                    services: HouseholdCounts.Service.allCases.map { service in
                        .init(
                            label: Wording.service(service),
                            first: first.map { Decimal($0.1.deprived[service] ?? 0) },
                            last: Decimal(last.deprived[service] ?? 0))
                    })), ShownPicture(causes),
        ]
    }
}

extension CauseBars {
    init(id: String, place: String, _ counts: HouseholdCounts) {
        self.init(
            id: id, place: place, causes: counts.causes.map { Cause(label: $0.key, households: $0.value) })
    }
}

extension Wording {
    static func service(_ service: HouseholdCounts.Service) -> String {
        switch service {
        case .health: "Y tế"
        case .education: "Giáo dục"
        case .housing: "Nhà ở"
        case .water: "Nước sạch, vệ sinh"
        case .information: "Thông tin"
        }
    }
}

/// How far the review of a stage has come: picture f. Of the stage that is open or was last, and of one only where it is
/// asked for.
struct AwardPicture {
    let shown: [ShownPicture]

    private static let groups: [(words: String, states: Set<DossierState>)] = [
        ("chờ đơn vị (sửa, chưa đáp ứng, bổ sung)", [.needsCorrection, .standardNotMet, .returned]),
        ("chờ thẩm định", [.queued]), ("đang thẩm định", [.inReview]),
        ("trong danh sách trình", [.proposedToDistrict, .proposedToProvince]),
        ("đã khen", [.awardedByDistrict, .awarded]),
        ("không trình, không khen, rút", [.declined, .notAwarded, .withdrawn]),
    ]

    /// - Parameter year: of the figures beside it; the stage whose years hold it.
    init(_ office: Office, _ stored: LedgerView, year: Int) throws {
        let plan = office.campaign.plan
        let stage = plan.stages.first { $0.years?.contains(year) ?? false }
        try self.init(office, stored, stage: stage?.code)
    }

    init(_ office: Office, _ stored: LedgerView, stage: String?) throws {
        let counts = try stored.dossierCounts(stage: stage)
        var forms: [String] = []
        for line in counts where !forms.contains(line.form) { forms.append(line.form) }
        guard !forms.isEmpty else {
            shown = []
            return
        }
        let titles = forms.map { (form: $0, title: office.forms.current($0)?.definition.settings.title ?? $0) }
        // As the plan numbers the contents, which the titles name in brackets.
        let inOrder = titles.sorted {
            ($0.title.split(separator: "(").last ?? "") < ($1.title.split(separator: "(").last ?? "")
        }
        let contents = inOrder.map { form, title in
            let own = counts.filter { $0.form == form }
            return ReviewProgress.Content(
                label: Self.label(title),
                counts: Self.groups.map { group in
                    own.filter { group.states.contains($0.state) }.reduce(0) { $0 + $1.count }
                })
        }
        shown = [ShownPicture(ReviewProgress(id: "khen-thuong", states: Self.groups.map(\.words), contents: contents))]
    }

    /// What the form nominates for, in as many words as fit.
    private static func label(_ title: String) -> String {
        let own = title.replacing("Đề nghị khen thưởng ", with: "")
        guard own.count > 28 else { return own }
        return own.prefix(28).split(separator: " ").dropLast().joined(separator: " ") + "…"
    }
}
