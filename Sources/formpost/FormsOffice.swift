import Campaign
import Foundation
import Intake
import Mail
import Records

/// The office as its forms folder has it, for commands that touch no mail.
struct FormsOffice {
    let office: Office

    /// - Throws: exit status 78, after naming what is wrong in the folder.
    init(_ folder: FormsFolder, zone: OfficeZone = .indochina) throws {
        do {
            // No letter leaves from here, so it does not matter from whom.
            guard let nobody = MailAddress("formpost@localhost") else { throw CocoaError(.formatting) }
            office = try OfficeReader(folder: folder, zone: zone).office(
                contact: OfficeContact(from: nobody, generalMailbox: "", phone: "", maximumMessageBytes: 35 << 20))
        } catch {
            throw CommandFailure.settings(error)
        }
    }

    var forms: FormLibrary { office.forms }
    var campaign: CampaignBook { office.campaign }

    /// - Throws: exit status 64 when units.xlsx has no such unit.
    func unit(_ code: String) throws -> UnitCode {
        guard let unit = UnitCode(code), campaign.units.codes.contains(unit) else {
            throw CommandFailure.usage("--unit \(code): no such code in units.xlsx, sheet don_vi")
        }
        return unit
    }
}
