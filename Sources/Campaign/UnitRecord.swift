package import Records

/// A unit as it was named and placed in a span of days. A unit that changes its name or kind keeps its code and has
/// another row.
package struct UnitRecord: Hashable, Sendable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case commune = "xa_thi_tran"
        case department = "phong_ban"
        case organisation = "doan_the"
        case armedForce = "llvt"
        case association = "hiep_hoi"
        case other = "khac"
    }

    package let code: UnitCode
    /// As lists and drop-downs show it: `Xã Thiên Lộc`.
    package let label: String
    /// As letters address it: `UBND xã Thiên Lộc`.
    package let officialName: String
    package let kind: Kind
    /// Urban communes have a poverty line of their own.
    package let isUrban: Bool
    package let span: DaySpan
    /// The code of its emulation cluster; empty when it has none.
    package let cluster: String
    /// Its place in the official order.
    package let order: Int
    package let contacts: Contacts
    /// The statistics office's code. It moved between units, so nothing is found by it.
    package let statisticsCode: String
    /// Row of the sheet, counted from 1.
    package let row: Int

    package struct Contacts: Hashable, Sendable {
        /// The office's own clerk who follows the unit.
        package var officer = ""
        package var leader = ""
        package var leaderEmail = ""
        package var clerk = ""
        package var phone = ""

        package init() {}
    }
}

/// Days from one to another, both included; either end may be open.
package struct DaySpan: Hashable, Sendable {
    package let first: CivilDate?
    package let last: CivilDate?

    package init(first: CivilDate? = nil, last: CivilDate? = nil) {
        self.first = first
        self.last = last
    }

    package static let always = DaySpan()

    package func contains(_ day: CivilDate) -> Bool {
        (first.map { $0 <= day } ?? true) && (last.map { day <= $0 } ?? true)
    }

    package func overlaps(_ other: DaySpan) -> Bool {
        !(isBefore(other) || other.isBefore(self))
    }

    /// Whether every day of this span lies before the other.
    private func isBefore(_ other: DaySpan) -> Bool {
        guard let last, let first = other.first else { return false }
        return last < first
    }
}

/// A hamlet of a commune, as long as it bears that name.
package struct Hamlet: Hashable, Sendable {
    package let code: String
    package let label: String
    package let unit: UnitCode
    package let span: DaySpan
    /// What it was called, or what it was made of, before.
    package let formerName: String
    package let row: Int
}

/// A cluster of units that compete with each other, and the Council member in charge of it.
package struct Cluster: Hashable, Sendable {
    package let code: String
    package let label: String
    package let member: String
    package let email: String
    package var row: Int?
}

/// One unit taken over by another on a day.
package struct Succession: Hashable, Sendable {
    package let old: UnitCode
    package let new: UnitCode
    package let from: CivilDate
    package let document: String
    package let row: Int
}

/// What an address may do for a unit.
package struct AddressEntry: Hashable, Sendable {
    package enum Right: String, Sendable, Hashable, CaseIterable {
        case submit = "nop"
        /// A district officer who sends what came on paper, by telephone, by hand.
        case onBehalf = "nop_thay"
        case copy = "ban_sao"
    }

    /// In lower case; `@domain` stands for every address of the domain.
    package let address: String
    /// nil: every unit.
    package let unit: UnitCode?
    package let right: Right
    package let span: DaySpan
    /// Nobody of the office has confirmed it yet: it does not count.
    package let isConfirmed: Bool
    package let row: Int
}
