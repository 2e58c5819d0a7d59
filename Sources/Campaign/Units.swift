package import Records
import Vietnamese

/// Who exists, since when and until when, who follows whom, and which addresses speak for them: units.xlsx.
package struct Units: Sendable {
    /// In the official order; a unit that changed has several rows.
    package let rows: [UnitRecord]
    package let addresses: [AddressEntry]
    package let successions: [Succession]
    package let hamlets: [Hamlet]
    package let clusters: [Cluster]
    /// What is wrong with the workbook; rows that could not be read are left out.
    package let problems: [CampaignProblem]

    private let rowsByCode: [UnitCode: [UnitRecord]]
    private let addressesByText: [String: [AddressEntry]]

    init(
        rows: [UnitRecord], addresses: [AddressEntry], successions: [Succession], hamlets: [Hamlet],
        clusters: [Cluster],
        problems: [CampaignProblem]
    ) {
        self.rows = rows.sorted { ($0.order, $0.code) < ($1.order, $1.code) }
        self.addresses = addresses
        self.successions = successions
        self.hamlets = hamlets
        self.clusters = clusters
        self.problems = problems
        rowsByCode = Dictionary(grouping: rows, by: \.code).mapValues { rows in
            rows.sorted { ($0.span.first?.daysSince1970 ?? .min) < ($1.span.first?.daysSince1970 ?? .min) }
        }
        addressesByText = Dictionary(grouping: addresses, by: \.address)
    }

    // MARK: Units and their names

    /// Every code that ever was, in the official order.
    package var codes: [UnitCode] {
        var seen = Set<UnitCode>()
        return rows.map(\.code).filter { seen.insert($0).inserted }
    }

    /// The unit as it was on that day; nil when there was none of that code.
    package func unit(_ code: UnitCode, on day: CivilDate) -> UnitRecord? {
        rowsByCode[code]?.last { $0.span.contains(day) }
    }

    /// Whether the unit was in force on any day of the year.
    package func exists(_ code: UnitCode, in year: Int) -> Bool {
        guard let first = CivilDate(year: year, month: 1, day: 1), let last = CivilDate(year: year, month: 12, day: 31)
        else { return false }
        let span = DaySpan(first: first, last: last)
        return rowsByCode[code]?.contains { $0.span.overlaps(span) } ?? false
    }

    /// The unit as it was on that day, else as it was last before, else as it will be first; nil for an unknown code.
    package func nearest(_ code: UnitCode, to day: CivilDate) -> UnitRecord? {
        guard let rows = rowsByCode[code] else { return nil }
        return unit(code, on: day) ?? rows.last { $0.span.last.map { $0 < day } ?? false } ?? rows.first
    }

    /// The units of that day in the official order.
    package func units(on day: CivilDate, kind: UnitRecord.Kind? = nil) -> [UnitRecord] {
        rows.filter { $0.span.contains(day) && (kind == nil || $0.kind == kind) }
    }

    /// `Xã Thiên Lộc`, also of a unit that is no more; the code itself when it is unknown.
    package func label(of code: UnitCode, on day: CivilDate) -> String {
        nearest(code, to: day)?.label ?? code.rawValue
    }

    /// `UBND xã Thiên Lộc`, as letters address it.
    package func officialName(of code: UnitCode, on day: CivilDate) -> String {
        nearest(code, to: day)?.officialName ?? code.rawValue
    }

    package func cluster(_ code: String) -> Cluster? { clusters.first { $0.code == code } }

    package func hamlets(of unit: UnitCode, on day: CivilDate) -> [Hamlet] {
        hamlets.filter { $0.unit == unit && $0.span.contains(day) }
    }

    // MARK: Who follows whom

    /// The units that had become part of this one by that day, near and far, without itself.
    package func predecessors(of code: UnitCode, on day: CivilDate) -> [UnitCode] {
        reach(from: code) { unit in successions.filter { $0.new == unit && $0.from <= day }.map(\.old) }
    }

    /// The units of which this one had become part by that day, near and far, without itself.
    package func successors(of code: UnitCode, on day: CivilDate) -> [UnitCode] {
        reach(from: code) { unit in successions.filter { $0.old == unit && $0.from <= day }.map(\.new) }
    }

    private func reach(from code: UnitCode, next: (UnitCode) -> [UnitCode]) -> [UnitCode] {
        var seen: Set<UnitCode> = [code]
        var found: [UnitCode] = []
        var open = [code]
        while let unit = open.popLast() {
            for neighbour in next(unit) where seen.insert(neighbour).inserted {
                found.append(neighbour)
                open.append(neighbour)
            }
        }
        return found.sorted { order(of: $0) < order(of: $1) }
    }

    /// False for codes that are not known, and for units that are still to come.
    private func hasBegun(_ code: UnitCode, by day: CivilDate) -> Bool {
        rowsByCode[code]?.contains { $0.span.first.map { $0 <= day } ?? true } ?? false
    }

    private func order(of code: UnitCode) -> Int { rowsByCode[code]?.last?.order ?? .max }

    // MARK: Addresses

    /// The units for which mail from that address may speak on that day: those listed for the address, else for its
    /// domain; then their predecessors, since a successor speaks for them. Empty for a stranger.
    package func possibleUnits(for address: String, on day: CivilDate) -> [UnitCode] {
        let entries = entries(for: address, on: day).filter { $0.right != .copy }
        let isForAll = entries.contains { $0.unit == nil }
        let listed = (isForAll ? codes : entries.compactMap(\.unit)).filter { hasBegun($0, by: day) }
            .sorted { order(of: $0) < order(of: $1) }
        var seen = Set<UnitCode>()
        let all = listed + listed.flatMap { predecessors(of: $0, on: day) }
        return all.filter { seen.insert($0).inserted }
    }

    /// Whether the address, or its domain, is listed at all on that day: only to such addresses notices go out.
    package func isListed(_ address: String, on day: CivilDate) -> Bool { !entries(for: address, on: day).isEmpty }

    /// Whether the address only gets copies: it is listed so, or is a leader's or a Council member's.
    package func getsCopiesOnly(_ address: String, on day: CivilDate) -> Bool {
        let text = address.trimmed.lowercased()
        let entries = entries(for: address, on: day)
        if !entries.isEmpty { return entries.allSatisfy { $0.right == .copy } }
        return rows.contains { $0.span.contains(day) && $0.contacts.leaderEmail.trimmed.lowercased() == text }
            || clusters.contains { $0.email.trimmed.lowercased() == text }
    }

    /// Whether the address sends for others by office, so that the unit has to be taken from the sheet.
    package func speaksOnBehalf(_ address: String, on day: CivilDate) -> Bool {
        entries(for: address, on: day).contains { $0.right == .onBehalf }
    }

    /// The addresses to write to about a unit. Of a unit that is no more these are its successors' too.
    package func addresses(of unit: UnitCode, right: AddressEntry.Right = .submit, on day: CivilDate) -> [String] {
        let units = Set([unit] + successors(of: unit, on: day))
        var seen = Set<String>()
        return addresses.filter { entry in
            entry.right == right && isInForce(entry, on: day) && !entry.address.hasPrefix("@")
                && entry.unit.map(units.contains) ?? false
        }.map(\.address).filter { seen.insert($0).inserted }
    }

    private func entries(for address: String, on day: CivilDate) -> [AddressEntry] {
        let address = address.trimmed.lowercased()
        let exact = (addressesByText[address] ?? []).filter { isInForce($0, on: day) }
        if !exact.isEmpty { return exact }
        guard let at = address.lastIndex(of: "@"), at != address.startIndex else { return [] }
        return (addressesByText[String(address[at...])] ?? []).filter { isInForce($0, on: day) }
    }

    private func isInForce(_ entry: AddressEntry, on day: CivilDate) -> Bool {
        entry.isConfirmed && entry.span.contains(day)
    }
}
