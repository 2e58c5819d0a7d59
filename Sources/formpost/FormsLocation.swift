import Foundation
import Intake
import Records

/// Where the forms are and what the office's clock says: named on the command line, else in the settings, else `Forms`
/// here. Of the settings only these two are read: who judges a workbook needs no mailbox and no password.
struct FormsLocation {
    let folder: FormsFolder
    let zone: OfficeZone

    /// - Parameter named: `--forms`.
    /// - Throws: exit status 78 when the settings are there and wrong, or named and not there.
    init(_ named: String?, options: SettingsOption) throws {
        let environment = ProcessInfo.processInfo.environment
        var forms = environment["FORMPOST_FORMS"].flatMap { $0.isEmpty ? nil : $0 } ?? "Forms"
        var zone = OfficeZone.indochina
        if options.isNamed || FileManager.default.fileExists(atPath: options.config) {
            do {
                (forms, zone) = try SettingsFile.forms(options.config, environment: environment)
            } catch {
                throw CommandFailure.settings(error)
            }
        }
        folder = FormsFolder(named ?? forms)
        self.zone = zone
    }
}
