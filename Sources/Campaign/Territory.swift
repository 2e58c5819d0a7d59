import Records

/// A unit and a year.
struct UnitYear: Hashable, Sendable {
    let unit: UnitCode
    let year: Int

    var key: String { "\(unit)-\(year)" }
    var yearBefore: UnitYear { UnitYear(unit: unit, year: year - 1) }
}

/// A row of a yearly table: for which unit and year it stands, and from whose figures of which year it is summed.
struct TerritoryRow: Sendable {
    let place: UnitYear
    let key: String
    let sources: [UnitYear]
}

extension Units {
    /// The units that were in force at the end of a year and make up the ground of `code` as it is on a day: itself
    /// where it existed, and everything that became part of it in between.
    func territory(of code: UnitCode, inYear year: Int, asOf day: CivilDate) -> [UnitYear] {
        guard let end = CivilDate(year: year, month: 12, day: 31) else { return [] }
        var sources: [UnitYear] = []
        var seen: Set<UnitCode> = []
        var open = [code]
        while let unit = open.popLast() {
            guard seen.insert(unit).inserted else { continue }
            if self.unit(unit, on: end) != nil { sources.append(UnitYear(unit: unit, year: year)) }
            open += successions.filter { $0.new == unit && $0.from > end && $0.from <= day }.map(\.old)
        }
        return sources
    }
}
