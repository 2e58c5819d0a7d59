import Foundation
import Intake

/// Says why the forms folder cannot be used.
enum FormsTrouble {
    /// - Returns: exit status 78.
    static func said(of folder: String, _ error: any Error) -> any Error {
        switch FolderState(folder) {
        case .filled:
            CommandFailure.say("\(error)")
            CommandFailure.say("`formpost check` lists everything that is to be mended")
        case .missing, .notFolder, .empty:
            CommandFailure.say(
                "\(folder): no units.xlsx, plan.xlsx and forms there; name their folder: `forms:` in the settings "
                    + "(--config FILE names those), or --forms where a command has it")
        case .unreadable: CommandFailure.say("\(folder): you may not read this folder")
        }
        return ExitStatus.settings
    }
}
