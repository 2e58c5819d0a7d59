import ArgumentParser
import Foundation
import Intake
import Ledger

/// Where the settings are: `--config`, else `formpost.yaml` here.
struct SettingsOption: ParsableArguments {
    @Option(help: "The settings.", completion: .file(extensions: ["yaml"]))
    var config = Self.standard

    private static let standard = "formpost.yaml"

    /// Settings that are named must be there.
    var isNamed: Bool { config != Self.standard }

    /// - Throws: exit status 78, after saying what is wrong.
    func settings() throws -> Settings {
        do {
            return try SettingsFile.read(config, environment: ProcessInfo.processInfo.environment)
        } catch {
            throw CommandFailure.settings(error)
        }
    }

    /// - Throws: exit status 78, after naming what is wrong in the forms folder; 75 when the ledger cannot be read.
    func office(_ composition: Composition, _ ledger: Ledger) throws -> Office {
        do {
            return try composition.office(ledger)
        } catch let error as LedgerError {
            CommandFailure.say("\(composition.settings.data): \(error)")
            throw ExitStatus.tryAgain
        } catch {
            throw FormsTrouble.said(of: composition.settings.forms, error)
        }
    }
}
