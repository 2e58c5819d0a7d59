import Foundation
import Intake
import Records

/// Where the forms and the data are and what the office's clock says: named on the command line, else in the settings,
/// else `Forms` and `data` here. Of the settings only these are read: who judges a workbook needs no mailbox and no
/// password.
struct FormsLocation {
    let folder: FormsFolder
    /// Folder of the ledger.
    let data: String
    let zone: OfficeZone

    /// - Parameter named: `--forms`.
    /// - Throws: exit status 78 when the settings are there and wrong, or named and not there.
    init(_ named: String?, options: SettingsOption) throws {
        let isNeeded = options.isNamed || FileManager.default.fileExists(atPath: options.config)
        do {
            let (forms, data, zone) = try SettingsFile.forms(
                options.config, isNeeded: isNeeded, environment: ProcessInfo.processInfo.environment)
            folder = FormsFolder(named ?? forms)
            self.data = data
            self.zone = zone
        } catch {
            throw CommandFailure.settings(error)
        }
    }
}
