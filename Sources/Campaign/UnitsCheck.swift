import Records
import Vietnamese

/// Contradictions between the rows of units.xlsx.
struct UnitsCheck {
    let rows: [UnitRecord]
    let addresses: [AddressEntry]
    let successions: [Succession]
    let hamlets: [Hamlet]
    let clusters: [Cluster]

    func note(in log: inout ProblemLog) {
        noteUnits(in: &log)
        noteNames(in: &log)
        noteAddresses(in: &log)
        noteSuccessions(in: &log)
        noteEnds(in: &log)
        noteHamlets(in: &log)
        noteClusters(in: &log)
    }

    private var codes: Set<UnitCode> { Set(rows.map(\.code)) }

    private func noteUnits(in log: inout ProblemLog) {
        let clusterCodes = Set(clusters.map(\.code))
        for (index, unit) in rows.enumerated() {
            if let other = rows[..<index].first(where: { $0.code == unit.code && $0.span.overlaps(unit.span) }) {
                log.note(
                    .datesOverlap, sheet: "don_vi", row: unit.row, column: "tu_ngay",
                    "“\(unit.code)” is in force twice on the same day, also in row \(other.row).",
                    remedy: "Codes are never used again: end the earlier row the day before, or give another code.")
            }
            let leader = unit.contacts.leaderEmail
            if !leader.isEmpty, !leader.isMailAddress {
                log.note(
                    .addressInvalid, .warning, sheet: "don_vi", row: unit.row, column: "email_lanh_dao",
                    "“\(leader)” is not a mail address, so that the leader gets no copy of reminders.",
                    remedy: "Write one address such as lanhdao.thienloc@canloc.example, or leave it empty.")
            }
            if !unit.cluster.isEmpty, !clusterCodes.contains(unit.cluster) {
                log.note(
                    .clusterUnknown, sheet: "don_vi", row: unit.row, column: "cum",
                    "There is no cluster “\(unit.cluster)”.", remedy: "Add it to the sheet cum, or correct the code.")
            }
        }
    }

    /// Two units of one name at the same time could not be told apart in a drop-down.
    private func noteNames(in log: inout ProblemLog) {
        for same in Dictionary(grouping: rows, by: { Vietnamese.folded($0.label) }).values where same.count > 1 {
            for (index, unit) in same.enumerated() {
                let other = same[..<index].first { $0.code != unit.code && $0.span.overlaps(unit.span) }
                guard let other else { continue }
                log.note(
                    .nameShared, sheet: "don_vi", row: unit.row, column: "ten",
                    "“\(unit.label)” is also the name of “\(other.code)” in row \(other.row).",
                    remedy: "Give each its own name, or end the older one.")
            }
        }
    }

    private func noteAddresses(in log: inout ProblemLog) {
        var seen: [String: AddressEntry] = [:]
        for entry in addresses {
            if !entry.isConfirmed {
                log.note(
                    .addressUnconfirmed, .warning, sheet: "dia_chi_thu", row: entry.row, column: "xac_nhan_boi",
                    "“\(entry.address)” waits for confirmation and does not count.",
                    remedy: "Call the unit, then write who confirmed it and when.")
            }
            let key = "\(entry.address) \(entry.unit?.rawValue ?? "*") \(entry.right.rawValue)"
            if let other = seen[key], other.span.overlaps(entry.span) {
                log.note(
                    .rowDuplicate, .warning, sheet: "dia_chi_thu", row: entry.row, column: "dia_chi",
                    "The same as row \(other.row).", remedy: "Delete one of the two rows.")
            }
            seen[key] = entry
            guard let unit = entry.unit else { continue }
            if !codes.contains(unit) {
                noteUnknown(unit, sheet: "dia_chi_thu", row: entry.row, column: "ma_don_vi", in: &log)
            } else if !rows.contains(where: { $0.code == unit && $0.span.overlaps(entry.span) }) {
                log.note(
                    .unitNotInForce, .warning, sheet: "dia_chi_thu", row: entry.row, column: "ma_don_vi",
                    "“\(unit)” is not in force on any day of this row.",
                    remedy: "List the successor, which speaks for its predecessors, or correct the days.")
            } else if let end = lastDay(of: unit), entry.span.last.map({ $0 > end }) ?? true,
                !successions.contains(where: { $0.old == unit })
            {
                log.note(
                    .successorMissing, .warning, sheet: "dia_chi_thu", row: entry.row, column: "ma_don_vi",
                    "“\(unit)” ends on \(end) and nobody follows it: from then on “\(entry.address)” speaks for nobody.",
                    remedy: "Add a row to ke_thua, or end this row on that day.")
            }
        }
    }

    /// nil while the unit goes on.
    private func lastDay(of unit: UnitCode) -> CivilDate? {
        let ends = rows.filter { $0.code == unit }.map(\.span.last)
        return ends.contains(nil) ? nil : ends.compactMap(\.self).max()
    }

    private func noteClusters(in log: inout ProblemLog) {
        var seen = Set<String>()
        for (index, cluster) in clusters.enumerated() {
            // Heads stand in row 1; clusters that could not be read have problems of their own.
            let row = cluster.row ?? index + 2
            if !seen.insert(cluster.code).inserted {
                log.note(
                    .rowDuplicate, sheet: "cum", row: row, column: "ma", "“\(cluster.code)” stands twice.",
                    remedy: "Keep one of the two rows.")
            }
            if !cluster.email.isEmpty, !cluster.email.isMailAddress {
                log.note(
                    .addressInvalid, .warning, sheet: "cum", row: row, column: "email",
                    "“\(cluster.email)” is not a mail address, so that the Council member gets no list.",
                    remedy: "Write one address such as cum1@canloc.example, or leave it empty.")
            }
        }
    }

    private func noteSuccessions(in log: inout ProblemLog) {
        var pairs: [String: Int] = [:]
        for succession in successions {
            if let other = pairs.updateValue(succession.row, forKey: "\(succession.old) \(succession.new)") {
                log.note(
                    .rowDuplicate, .warning, sheet: "ke_thua", row: succession.row, column: "ma_cu",
                    "The same as row \(other).", remedy: "Delete one of the two rows.")
            }
            func broken(_ column: String, _ message: String, _ remedy: String) {
                log.note(
                    .successionBroken, sheet: "ke_thua", row: succession.row, column: column, message, remedy: remedy)
            }
            if !codes.contains(succession.old) {
                noteUnknown(succession.old, sheet: "ke_thua", row: succession.row, column: "ma_cu", in: &log)
            }
            if !codes.contains(succession.new) {
                noteUnknown(succession.new, sheet: "ke_thua", row: succession.row, column: "ma_moi", in: &log)
            }
            if succession.old == succession.new {
                broken("ma_moi", "A unit cannot follow itself.", "A change of name is a second row in don_vi.")
            } else if leadsBack(succession) {
                broken("ma_moi", "The units follow each other in a circle.", "Delete one of the rows.")
            }
            let old = rows.filter { $0.code == succession.old }
            if old.contains(where: { $0.span.contains(succession.from) }) {
                broken(
                    "tu_ngay", "“\(succession.old)” is still in force on \(succession.from).",
                    "Write the day before into its den_ngay in don_vi.")
            }
            let new = rows.filter { $0.code == succession.new }
            if !new.isEmpty, !new.contains(where: { $0.span.contains(succession.from) }) {
                broken(
                    "tu_ngay", "“\(succession.new)” is not in force on \(succession.from).",
                    "Correct the day here or in don_vi.")
            }
        }
    }

    private func leadsBack(_ start: Succession) -> Bool {
        var seen: Set<UnitCode> = [start.new]
        var open = [start.new]
        while let unit = open.popLast() {
            for next in successions where next.old == unit {
                if next.new == start.old { return true }
                if seen.insert(next.new).inserted { open.append(next.new) }
            }
        }
        return false
    }

    /// A commune that ends needs somebody who answers for its years; one that goes on needs an address.
    private func noteEnds(in log: inout ProblemLog) {
        for (code, same) in Dictionary(grouping: rows, by: \.code) {
            guard
                let last = same.max(by: {
                    ($0.span.last?.daysSince1970 ?? .max) < ($1.span.last?.daysSince1970 ?? .max)
                })
            else { continue }
            if last.span.last != nil, last.kind == .commune, !successions.contains(where: { $0.old == code }) {
                log.note(
                    .successorMissing, .warning, sheet: "don_vi", row: last.row, column: "den_ngay",
                    "“\(code)” ends and nobody follows it.", remedy: "Add a row to ke_thua.")
            }
            let isReachable = addresses.contains { $0.unit == code && $0.right != .copy && $0.isConfirmed }
            if last.span.last == nil, !isReachable {
                log.note(
                    .unitWithoutAddress, .warning, sheet: "don_vi", row: last.row, column: "ma",
                    "“\(code)” has no confirmed address, so its mail would be a stranger's.",
                    remedy: "Add its address to dia_chi_thu.")
            }
        }
    }

    private func noteHamlets(in log: inout ProblemLog) {
        var seen: [String: [Hamlet]] = [:]
        for hamlet in hamlets {
            if let other = seen[hamlet.code]?.first(where: { $0.span.overlaps(hamlet.span) }) {
                log.note(
                    .datesOverlap, sheet: "thon", row: hamlet.row, column: "ma",
                    "“\(hamlet.code)” is in force twice on the same day, also in row \(other.row).",
                    remedy: "Give each hamlet its own code, or end the earlier row the day before.")
            }
            let namesake = seen.values.joined().first {
                $0.code != hamlet.code && $0.unit == hamlet.unit && $0.span.overlaps(hamlet.span)
                    && Vietnamese.folded($0.label) == Vietnamese.folded(hamlet.label)
            }
            if let namesake {
                log.note(
                    .nameShared, sheet: "thon", row: hamlet.row, column: "ten",
                    "“\(hamlet.label)” is also the name of “\(namesake.code)” in row \(namesake.row).",
                    remedy: "Give each its own name, or end the older one.")
            }
            seen[hamlet.code, default: []].append(hamlet)
            if !codes.contains(hamlet.unit) {
                noteUnknown(hamlet.unit, sheet: "thon", row: hamlet.row, column: "ma_don_vi", in: &log)
            } else if !rows.contains(where: { $0.code == hamlet.unit && $0.span.overlaps(hamlet.span) }) {
                log.note(
                    .unitNotInForce, sheet: "thon", row: hamlet.row, column: "ma_don_vi",
                    "“\(hamlet.unit)” is not in force on any day of this hamlet.",
                    remedy: "Correct the unit or the days.")
            }
        }
    }

    private func noteUnknown(_ unit: UnitCode, sheet: String, row: Int, column: String, in log: inout ProblemLog) {
        log.note(
            .unitUnknown, sheet: sheet, row: row, column: column, "There is no unit “\(unit)” in the sheet don_vi.",
            remedy: "Correct the code, or add the unit.")
    }
}
