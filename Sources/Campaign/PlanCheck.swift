import Records

/// Contradictions inside plan.xlsx, and between it, units.xlsx and the forms.
struct PlanCheck {
    let plan: Plan
    let units: Units
    /// Ids of the forms that exist.
    let forms: Set<String>

    func note(in log: inout ProblemLog) {
        noteForms(in: &log)
        noteUnitYears(in: &log)
        noteObligations(in: &log)
        noteQuotas(in: &log)
        noteDecisions(in: &log)
        noteMail(in: &log)
        noteTwice(plan.holidays.map { ($0.day.description, $0.row) }, sheet: "lich_nghi", column: "ngay", in: &log)
        noteTwice(plan.retentions.map { ($0.form, $0.row) }, sheet: "luu_tru", column: "bieu", in: &log)
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
        for retention in plan.retentions { check(retention.form, sheet: "luu_tru", row: retention.row) }
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
            if let last = CivilDate(year: obligation.year, month: 12, day: 31),
                units.units(on: last, kind: obligation.kind).isEmpty
            {
                log.note(
                    .dutyOfNobody, .warning, sheet: "nghia_vu", row: obligation.row, column: "loai_don_vi",
                    "No unit is a \(obligation.kind.rawValue) at the end of \(obligation.year).",
                    remedy: "Correct the kind or the year, or add the units to units.xlsx.")
            }
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
            let isKnown = knows(quota.unit, sheet: "phan_bo", row: quota.row, in: &log)
            if let open = plan.stage(quota.stage)?.open {
                if isKnown, !units.rows.contains(where: { $0.code == quota.unit && $0.span.overlaps(open) }) {
                    log.note(
                        .unitNotInForce, .warning, sheet: "phan_bo", row: quota.row, column: "ma_don_vi",
                        "“\(quota.unit)” is not in force on any day of the stage.",
                        remedy: "Allot to the unit that has followed it.")
                }
                continue
            }
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
            let key = DecisionKey(rawValue: decision.key)
            if key == nil {
                log.note(
                    .decisionUnknown, .warning, sheet: "quy_uoc", row: decision.row, column: "khoa",
                    "No rule of the house reads “\(decision.key)”.", remedy: "Correct the key, or delete the row.")
            } else if decision.value.isEmpty {
                log.note(
                    .decisionOpen, .warning, sheet: "quy_uoc", row: decision.row, column: "gia_tri",
                    "“\(decision.key)” is not decided.", remedy: "Decide before the first letter goes out.")
            } else if let key, !key.accepts(decision.value) {
                log.note(
                    .valueUnreadable, sheet: "quy_uoc", row: decision.row, column: "gia_tri",
                    "No rule reads “\(decision.value)” for “\(decision.key)”.",
                    remedy: "Write "
                        + (key.values.map { $0.joined(separator: " or ") }
                            ?? "spans of years for the mid-term and the end, such as 2016-2018; 2016-2019") + ".")
            }
        }
        for key in Set(DecisionKey.allCases.map(\.rawValue)).subtracting(plan.decisions.map(\.key)).sorted() {
            log.note(
                .decisionOpen, .warning, sheet: "quy_uoc", column: "khoa", "“\(key)” is missing.",
                remedy: "Add a row with this key and the office's decision.")
        }
    }

    /// Who is written to, and how.
    private func noteMail(in log: inout ProblemLog) {
        let kinds = Set(NoticeKind.allCases.map(\.rawValue))
        for mode in plan.mailModes where !kinds.contains(mode.notice) {
            log.note(
                .noticeUnknown, .warning, sheet: "thu", row: mode.row, column: "mau",
                "There is no notice “\(mode.notice)”.", remedy: "Use the name of a template in notices/.")
        }
        noteTwice(plan.mailModes.map { ($0.notice, $0.row) }, sheet: "thu", column: "mau", in: &log)
        for contact in plan.contacts {
            if !Self.topics.contains(contact.kind) {
                log.note(
                    .topicUnknown, .warning, sheet: "lien_he", row: contact.row, column: "loai",
                    "No letter names a contact for “\(contact.kind)”.",
                    remedy: "Use one of: \(Self.topics.joined(separator: ", ")).")
            }
            if !contact.email.isEmpty, !contact.email.isMailAddress {
                log.note(
                    .addressInvalid, .warning, sheet: "lien_he", row: contact.row, column: "email",
                    "“\(contact.email)” is not a mail address.",
                    remedy: "Write one address such as tuan@canloc.example, or leave it empty.")
            }
        }
    }

    /// What contacts are for, as letters choose them.
    private static let topics = ["khen_thuong", "ho_ngheo", "ky_thuat"]

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
