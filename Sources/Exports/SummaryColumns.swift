import Foundation
import Records

/// Results by target and commune (E3, sheet 1), on two sheets: on one they could not be read in print.
enum CommuneColumns {
    static func households(_ reports: [UnitReport]) -> ExportTable {
        let words = ExportWording.self
        return ReportTable.areas(
            reports,
            [.sum(words.householdsAtEnd, "tong_cuoi")] + rates(.poor, words.poor, \.poor)
                + rates(.nearPoor, words.nearPoor, \.nearPoor) + [
                    .sum(words.ownPlan, "ho_co_ke_hoach", width: 8), .sum(words.registered, "ho_dang_ky", width: 8),
                    .sum(words.sponsored, "dd_so_ho", width: 8), .sum(words.sponsoredEscaped, "dd_so_thoat", width: 8),
                    nature, receipt,
                ])
    }

    static func resources(_ reports: [UnitReport]) -> ExportTable {
        let words = ExportWording.self
        return ReportTable.areas(
            reports,
            [
                .sum(words.budget, "ns_uu_tien", width: 15),
                .sum(words.given, "kp_giao", group: words.funds, width: 15),
                .sum(words.spent, "kp_su_dung", group: words.funds, width: 15),
                .sum(words.settled, "kp_quyet_toan", group: words.funds, width: 15),
            ] + sources(reports) + [
                .count(words.pilots, "mh_thon"), .text(words.fundRules, "quy_che", width: 16), receipt,
            ])
    }

    /// Provisional or official, without what the form adds in brackets.
    private static let nature = ReportColumn(ExportWording.nature, width: 12, .text) { group in
        .init(
            group.single?.text("tinh_chat").split(separator: "(").first.map { $0.trimmingCharacters(in: .whitespaces) })
    }

    static let receipt = ReportColumn(ExportWording.receipt, width: 15, .text) { group in
        .init(group.single.map { $0.receipt?.description ?? ExportWording.notReported })
    }

    private static func rates(
        _ kind: Households, _ group: String,
        _ target: @escaping @Sendable ((poor: Decimal?, nearPoor: Decimal?)) -> Decimal?
    ) -> [ReportColumn] {
        let words = ExportWording.self
        return [
            .sum(words.opening, kind.opening, group: group, width: 8),
            .sum(words.closing, kind.closing, group: group, width: 8),
            ReportColumn(words.openingRate, group: group, width: 8, .percent) {
                .init($0.rate(kind.opening, of: "tong_dau"))
            },
            ReportColumn(words.closingRate, group: group, width: 8, .percent) {
                .init($0.rate(kind.closing, of: "tong_cuoi"))
            },
            ReportColumn(words.reduction, group: group, width: 8, .percent) { .init($0.fall(kind)) },
            ReportColumn(words.target, group: group, width: 8, .percent) {
                .init($0.single.flatMap { target($0.target) })
            },
            ReportColumn(words.againstTarget, group: group, width: 8, .percent) { group in
                .init(group.single.flatMap { target($0.target) }.flatMap { plan in group.fall(kind).map { $0 - plan } })
            },
        ]
    }

    /// A column for each source that any unit names, in the order of their names, and all together.
    private static func sources(_ reports: [UnitReport]) -> [ReportColumn] {
        let words = ExportWording.self
        let named = Set(reports.flatMap { $0.names("nl_nguon") })
        let columns = named.sorted { $0.label < $1.label }.map { source in
            ReportColumn(source.label, group: words.resources, width: 15, .whole) {
                .init($0.sum("nl_gia_tri", where: "nl_nguon", is: source.name))
            }
        }
        return columns + [.sum(words.total, "nl_gia_tri", group: words.resources, width: 16)]
    }
}

/// What departments have done (E3, sheet 2).
enum DepartmentColumns {
    static func table(_ reports: [UnitReport]) -> ExportTable {
        let words = ExportWording.self
        return ReportTable.units(
            reports,
            [
                .count(words.documents, "vb_so"),
                ReportColumn(words.documentsInTime, width: 12, .whole) { group in
                    .init(group.ifThere { Decimal($0.inTime("vb_ngay", "vb_han")) })
                },
                .text(words.policyProposals, "dx_noi_dung", width: 34),
                .text(words.sponsoredPlaces, "dd_xa", width: 24),
                .sum(words.value, "dd_gia_tri", width: 15), .sum(words.escaped, "dd_so_ho_thoat"),
                .sum(words.raised, "nl_gia_tri", width: 15), .sum(words.gratitudeFund, "quy_den_on", width: 15),
                .sum(words.inspections, "kt_so_cuoc"), .sum(words.news, "tt_tin_bai"), CommuneColumns.receipt,
            ])
    }
}

/// What the Front and the mass organisations have done (E3, sheet 3).
enum OrganisationColumns {
    static func table(_ reports: [UnitReport]) -> ExportTable {
        let words = ExportWording.self
        return ReportTable.units(
            reports,
            [
                .sum(words.meetings, "tt_so_cuoc"), .sum(words.participants, "tt_luot"),
                .text(words.movements, "pt_ten", width: 34),
                .sum(words.helpedHouseholds, "pt_so_ho", group: words.movementResults),
                .sum(words.newHouses, "pt_nha_moi", group: words.movementResults),
                .sum(words.repairedHouses, "pt_nha_sua", group: words.movementResults),
                .sum(words.value, "pt_gia_tri", group: words.movementResults, width: 15),
                .sum(words.opening, "hv_dau", group: words.poorMembers),
                .sum(words.escaped, "hv_thoat", group: words.poorMembers),
                .sum(words.closing, "hv_cuoi", group: words.poorMembers),
                .sum(words.sponsorValue, "dd_gia_tri", width: 15), .sum(words.escaped, "dd_so_ho_thoat"),
                .sum(words.poorFundIn, "quy_thu", width: 15), .sum(words.poorFundOut, "quy_chi", width: 15),
                .sum(words.gratitudeFund, "quy_den_on", width: 15), CommuneColumns.receipt,
            ])
    }
}

/// How the number of poor or near-poor households moved in the year (E5).
enum MovementColumns {
    static func table(_ reports: [UnitReport], _ kind: Households) -> ExportTable {
        let words = ExportWording.self
        var columns: [ReportColumn] = [.sum(words.householdsAtEnd, "tong_cuoi")]
        columns += pair(words.opening, kind.opening, of: "tong_dau")
        for (head, question) in [
            (words.escapedInYear, kind.escaped), (words.otherLoss, kind.otherLoss), (words.again, kind.again),
            (words.new, kind.new), (words.otherGain, kind.otherGain),
        ] {
            columns += pair(head, question, of: "tong_cuoi")
        }
        columns += pair(words.closing, kind.closing, of: "tong_cuoi")
        if kind == .poor {
            columns += [
                .sum(words.minority, "ngheo_dtts", group: words.among),
                .sum(words.socialProtection, "ngheo_btxh", group: words.among),
                .sum(words.merit, "ngheo_ncc", group: words.among),
            ]
        }
        return ReportTable.areas(reports, columns)
    }

    private static func pair(_ group: String, _ question: String, of whole: String) -> [ReportColumn] {
        [
            .sum(ExportWording.households, question, group: group, width: 8),
            ReportColumn(ExportWording.rateHead, group: group, width: 8, .percent) {
                .init($0.rate(question, of: whole))
            },
        ]
    }
}

/// What units propose (E9). Whom they propose to reprimand is never in it.
enum ProposalColumns {
    static func table(_ reports: [UnitReport]) -> ExportTable {
        let words = ExportWording.self
        let proposing = reports.filter { !$0.text("kien_nghi").isEmpty || !$0.text("sua_ke_hoach").isEmpty }
        return ExportTable(
            columns: [
                .init(words.number, width: 5, .whole), .init(words.unit, width: 22, .text),
                .init(words.proposal, width: 44, .text), .init(words.planChange, width: 44, .text),
                .init(words.proposalGroup, width: 16, .text), .init(words.handledBy, width: 18, .text),
                .init(words.reply, width: 24, .text),
            ],
            rows: proposing.enumerated().map { index, report in
                ExportTable.Row([
                    .number(Decimal(index + 1)), .text(report.name), .init(report.text("kien_nghi")),
                    .init(report.text("sua_ke_hoach")), .blank, .blank, .blank,
                ])
            })
    }
}
