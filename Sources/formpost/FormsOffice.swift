import Campaign
import Foundation
import Intake
import Mail
import Records
import XLSForm

/// The office as its forms folder has it, for commands that touch no mail.
struct FormsOffice {
    let office: Office

    /// - Throws: exit status 78, after naming what is wrong in the folder.
    init(_ location: FormsLocation) throws {
        do {
            // No letter leaves from here, so it does not matter from whom.
            guard let nobody = MailAddress("formpost@localhost") else { throw CocoaError(.formatting) }
            office = try OfficeReader(folder: location.folder, zone: location.zone).office(
                contact: OfficeContact(from: nobody, generalMailbox: "", phone: "", maximumMessageBytes: 35 << 20))
        } catch {
            throw FormsTrouble.said(of: location.folder.path, error)
        }
    }

    var forms: FormLibrary { office.forms }
    var campaign: CampaignBook { office.campaign }

    /// - Throws: exit status 64 when there is no such form.
    func form(_ id: String, option: String) throws -> CompiledForm {
        guard let form = forms.current(id) else {
            let known = forms.current.map(\.definition.identity.id).joined(separator: ", ")
            throw CommandFailure.usage("\(option)\(id): no such form; there are \(known)")
        }
        return form
    }

    /// - Throws: exit status 64 when units.xlsx has no such unit.
    func unit(_ code: String) throws -> UnitCode {
        guard let unit = UnitCode(code), campaign.units.codes.contains(unit) else {
            let some = campaign.units.codes.prefix(3).map(\.rawValue).joined(separator: ", ")
            throw CommandFailure.usage("--unit \(code): no such code in units.xlsx, sheet don_vi; there are \(some) …")
        }
        return unit
    }
}
