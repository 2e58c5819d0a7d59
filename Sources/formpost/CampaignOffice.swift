import Campaign
import Foundation
import Intake
import Ledger
import Records

/// The office and its ledger, for the commands that look at the campaign or press for it. They may run beside the worker.
struct CampaignOffice {
    let office: Office
    let ledger: Ledger
    let now = Date()

    /// - Throws: exit status 75 when the ledger cannot be used now, 78 when the settings or the forms are wrong.
    init(_ options: SettingsOption, mode: Ledger.Mode) throws {
        let settings = try options.settings()
        ledger = try LedgerFile.open(settings, mode)
        office = try options.office(Composition(settings: settings), ledger)
    }

    /// Who presses, for the audit trail: the user at the terminal.
    static var who: String { NSUserName() + " (terminal)" }

    /// The year that is asked for, else the newest that has begun and for which the plan asks something.
    /// - Throws: exit status 64 when the plan asks for nothing in that year.
    func year(_ asked: Int?) throws -> Int {
        let years = Set(office.campaign.plan.obligations.map(\.year))
        let today = CivilDate(now, in: office.zone).year
        guard let year = asked ?? years.filter({ $0 <= today }).max() ?? years.min(), years.contains(year) else {
            let known = years.sorted().map(String.init).joined(separator: ", ")
            throw CommandFailure.usage(
                "--period \(asked.map(String.init) ?? ""): plan.xlsx, sheet nghia_vu, asks for nothing in that year; "
                    + "it has \(known)")
        }
        return year
    }

    /// - Throws: exit status 64 when units.xlsx has no such unit.
    func unit(_ code: String) throws -> UnitCode {
        guard let unit = UnitCode(code), office.campaign.units.codes.contains(unit) else {
            let some = office.campaign.units.codes.prefix(3).map(\.rawValue).joined(separator: ", ")
            throw CommandFailure.usage("--unit \(code): no such code in units.xlsx, sheet don_vi; there are \(some) …")
        }
        return unit
    }
}

extension CivilDate {
    /// The last day of a year.
    init(lastOf year: Int) {
        self = CivilDate(year: year, month: 12, day: 31) ?? CivilDate(daysSince1970: 0)
    }
}
