import Campaign
package import Foundation
package import Ledger
package import Records

/// Freezes the figures of a year, form by form: later versions wait for a person from then on, and each unit whose report
/// was filed is told its final figures.
package struct PeriodFreeze {
    /// What became of one form.
    package struct Result: Sendable {
        package let form: String
        /// It was frozen before; nothing is written then.
        package let isOld: Bool
        package let letters: [(unit: UnitCode, outcome: CampaignLetters.Outcome)]
    }

    let office: Office
    let transaction: LedgerTransaction
    let now: Date

    package init(office: Office, transaction: LedgerTransaction, now: Date) {
        self.office = office
        self.transaction = transaction
        self.now = now
    }

    /// - Parameter document: that reports the figures; letters name it. May be empty.
    package func freeze(_ year: Int, by who: String, document: String) throws -> [Result] {
        try Set(office.campaign.duties(year: year).map(\.obligation.form)).sorted().map { form in
            let period = String(year)
            guard try transaction.stored.freeze(form: form, period: period) == nil else {
                return Result(form: form, isOld: true, letters: [])
            }
            try transaction.freeze(form: form, period: period, by: who, document: document, at: now)
            return Result(form: form, isOld: false, letters: try tell(form, period, who, document))
        }
    }

    private func tell(
        _ form: String, _ period: String, _ who: String, _ document: String
    ) throws -> [(unit: UnitCode, outcome: CampaignLetters.Outcome)] {
        let letters = CampaignLetters(office: office, transaction: transaction, now: now)
        let record = FreezeRecord(form: form, period: period, frozen: now, who: who, document: document)
        let filed = try transaction.stored.dutyStandings(form: form, period: period).filter { $0.value.filed != nil }
        return try filed.sorted { $0.key < $1.key }.map { ($0.key, try letters.tellFrozen($0.value, record)) }
    }
}
