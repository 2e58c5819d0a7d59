import Records

/// Contradictions inside plan.xlsx, and between it, units.xlsx and the forms.
struct PlanCheck {
    let plan: Plan
    let units: Units
    /// Ids of the forms that exist.
    let forms: Set<String>

    /// The questions that the plan leaves open and every office has to answer before the first letter.
    static let decisionKeys: Set<String> = [
        "nam_goc_thu_nhap", "nam_cuoi_2020", "gap_lan", "can_ngheo_la_tai_ngheo", "ket_hop_2_6", "ky_tinh_200tr",
        "ky_tinh_10_ho", "ky_ky_luat", "nam_xet_5b", "dat_va_vuot", "hien_muc", "danh_sach_ho", "co_quan_qd_huyen",
        "hinh_thuc_huyen", "trinh_tinh_can_khen_nao", "khong_chuyen_trach",
    ]

    func note(in log: inout ProblemLog) {
        noteForms(in: &log)
        noteUnitYears(in: &log)
        noteObligations(in: &log)
        noteQuotas(in: &log)
        noteDecisions(in: &log)
        noteTwice(plan.stages.map { ($0.code, $0.row) }, sheet: "dot", column: "ma", in: &log)
        noteTwice(plan.standards.map { ($0.id, $0.row) }, sheet: "tieu_chuan", column: "id", in: &log)
    }

    private func noteForms(in log: inout ProblemLog) {
        func check(_ form: String, sheet: String, row: Int) {
            guard !forms.contains(form) else { return }
            log.note(
                .formUnknown, .warning, sheet: sheet, row: row, column: "bieu", "There is no form “\(form)”.",
                remedy: "Put its workbook beside plan.xlsx, or correct the id.")
        }
        for stage in plan.stages { stage.forms.forEach { check($0, sheet: "dot", row: stage.row) } }
        for obligation in plan.obligations { check(obligation.form, sheet: "nghia_vu", row: obligation.row) }
        for standard in plan.standards { standard.forms.forEach { check($0, sheet: "tieu_chuan", row: standard.row) } }
    }

    /// Targets and baselines: of units that are in force in their year, each once.
    private func noteUnitYears(in log: inout ProblemLog) {
        let targets = plan.targets.map { (unit: $0.unit, year: $0.year, row: $0.row) }
        let baselines = plan.baselines.map { (unit: $0.unit, year: $0.year, row: $0.row) }
        for (sheet, entries) in [("chi_tieu", targets), ("so_lieu_goc", baselines)] {
            for entry in entries {
                guard knows(entry.unit, sheet: sheet, row: entry.row, in: &log) else { continue }
                if !units.exists(entry.unit, in: entry.year) {
                    log.note(
                        .unitNotInForce, .warning, sheet: sheet, row: entry.row, column: "ma_don_vi",
                        "“\(entry.unit)” is not in force at any time of \(entry.year).",
                        remedy: "Use the unit of that year; sums over predecessors are made by themselves.")
                }
            }
            noteTwice(
                entries.map { ("\($0.unit)-\($0.year)", $0.row) }, sheet: sheet, column: "ma_don_vi", in: &log)
        }
    }

    private func noteObligations(in log: inout ProblemLog) {
        noteTwice(
            plan.obligations.map { ("\($0.form) \($0.kind.rawValue) \($0.year)", $0.row) }, sheet: "nghia_vu",
            column: "bieu", in: &log)
        for obligation in plan.obligations {
            for copy in obligation.copies {
                guard let unit = UnitCode(copy) else {
                    log.note(
                        .codeInvalid, sheet: "nghia_vu", row: obligation.row, column: "ban_sao",
                        "“\(copy)” is not a unit's code.", remedy: "Write codes of units, with spaces between.")
                    continue
                }
                _ = knows(unit, sheet: "nghia_vu", row: obligation.row, column: "ban_sao", in: &log)
            }
        }
    }

    private func noteQuotas(in log: inout ProblemLog) {
        for quota in plan.quotas {
            _ = knows(quota.unit, sheet: "phan_bo", row: quota.row, in: &log)
            guard plan.stage(quota.stage) == nil else { continue }
            log.note(
                .stageUnknown, sheet: "phan_bo", row: quota.row, column: "dot", "There is no stage “\(quota.stage)”.",
                remedy: "Use a code of the sheet dot.")
        }
        noteTwice(
            plan.quotas.map { ("\($0.stage)-\($0.unit)", $0.row) }, sheet: "phan_bo", column: "ma_don_vi", in: &log)
    }

    private func noteDecisions(in log: inout ProblemLog) {
        noteTwice(plan.decisions.map { ($0.key, $0.row) }, sheet: "quy_uoc", column: "khoa", in: &log)
        for decision in plan.decisions {
            if !Self.decisionKeys.contains(decision.key) {
                log.note(
                    .decisionUnknown, .warning, sheet: "quy_uoc", row: decision.row, column: "khoa",
                    "No rule of the house reads “\(decision.key)”.", remedy: "Correct the key, or delete the row.")
            } else if decision.value.isEmpty {
                log.note(
                    .decisionOpen, .warning, sheet: "quy_uoc", row: decision.row, column: "gia_tri",
                    "“\(decision.key)” is not decided.", remedy: "Decide before the first letter goes out.")
            }
        }
        for key in Self.decisionKeys.subtracting(plan.decisions.map(\.key)).sorted() {
            log.note(
                .decisionOpen, .warning, sheet: "quy_uoc", column: "khoa", "“\(key)” is missing.",
                remedy: "Add a row with this key and the office's decision.")
        }
    }

    private func noteTwice(_ keys: [(String, Int)], sheet: String, column: String, in log: inout ProblemLog) {
        var seen: [String: Int] = [:]
        for (key, row) in keys {
            if let other = seen[key] {
                log.note(
                    .rowDuplicate, sheet: sheet, row: row, column: column, "“\(key)” stands in row \(other) already.",
                    remedy: "Keep one of the two rows.")
            } else {
                seen[key] = row
            }
        }
    }

    private func knows(
        _ unit: UnitCode, sheet: String, row: Int, column: String = "ma_don_vi", in log: inout ProblemLog
    ) -> Bool {
        if units.rows.contains(where: { $0.code == unit }) { return true }
        log.note(
            .unitUnknown, sheet: sheet, row: row, column: column, "There is no unit “\(unit)” in units.xlsx.",
            remedy: "Correct the code, or add the unit to units.xlsx.")
        return false
    }
}
