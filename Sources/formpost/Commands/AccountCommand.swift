import Accounts
import ArgumentParser
import Foundation
import Ledger

struct AccountCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account",
        abstract: "Who may sign in to the console.",
        subcommands: [Add.self, Password.self, Disable.self, Enable.self, List.self])

    /// The first line of standard input: a password on the command line would stand in the list of processes.
    private static func password() throws -> String {
        if isatty(STDIN_FILENO) == 1 {
            CommandFailure.say("the password, at least \(Accounts.Password.shortest) characters, then Enter:")
        }
        guard let text = readLine(strippingNewline: true) else {
            throw CommandFailure.usage("no password on standard input; example: formpost account add ha < password.txt")
        }
        do {
            return try PasswordHash(of: checked(text)).text
        } catch PasswordError.length {
            throw CommandFailure.usage(
                "a password has \(Accounts.Password.shortest) characters at least and "
                    + "\(Accounts.Password.longest) bytes at most")
        }
    }

    private static func checked(_ text: String) throws(PasswordError) -> String {
        try Accounts.Password.check(text)
        return text
    }

    /// - Throws: exit status 64 when there is no such account.
    private static func change(
        _ name: String, _ options: SettingsOption, _ body: (LedgerTransaction) throws -> Void
    ) throws {
        let ledger = try LedgerFile.open(try options.settings(), .edit)
        try ledger.write { transaction in
            guard try transaction.stored.account(name) != nil else {
                throw CommandFailure.usage("\(name): no such account; see `formpost account list`")
            }
            try body(transaction)
        }
    }

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes an account; the password is the first line of standard input.",
            discussion: """
                Roles: \(Role.allCases.map(\.rawValue).joined(separator: ", ")).

                Example:
                  formpost account add ha --role interior --display "Trần Thị Hà"
                """)

        @Argument(help: "The name to sign in with: small letters, digits, dots, hyphens.")
        var name: String

        @Option(help: "What the person may do.")
        var role: String

        @Option(help: "The person's name, as pages show it; the account's name otherwise.")
        var display: String?

        @OptionGroup var options: SettingsOption

        func run() throws {
            guard AccountRecord.isName(name) else {
                throw CommandFailure.usage("\(name): 2 to 32 small letters, digits, dots, hyphens, e.g. ha.noivu")
            }
            guard let role = Role(rawValue: role) else {
                let known = Role.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandFailure.usage("--role \(role): no such role; there are \(known)")
            }
            let ledger = try LedgerFile.open(try options.settings(), .edit)
            let account = AccountRecord(
                name: name, display: display ?? name, role: role, password: try AccountCommand.password(),
                created: Date())
            do {
                try ledger.write { try $0.add(account, by: CampaignOffice.who) }
            } catch let error as LedgerError where error.code == .conflict {
                throw CommandFailure.usage("\(name): there is such an account already")
            }
        }
    }

    struct Password: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Gives an account another password, from standard input; its sessions end.")

        @Argument(help: "The account's name.")
        var name: String

        @OptionGroup var options: SettingsOption

        func run() throws {
            let hash = try AccountCommand.password()
            try AccountCommand.change(name, options) {
                try $0.setPassword(hash, of: name, by: CampaignOffice.who, at: Date())
            }
        }
    }

    struct Disable: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Closes an account; its sessions end, its name stays in the journal.")

        @Argument(help: "The account's name.")
        var name: String

        @OptionGroup var options: SettingsOption

        func run() throws {
            try AccountCommand.change(name, options) {
                try $0.setDisabled(true, of: name, by: CampaignOffice.who, at: Date())
            }
        }
    }

    struct Enable: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Opens a closed account again.")

        @Argument(help: "The account's name.")
        var name: String

        @OptionGroup var options: SettingsOption

        func run() throws {
            try AccountCommand.change(name, options) {
                try $0.setDisabled(false, of: name, by: CampaignOffice.who, at: Date())
            }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Who may sign in.")

        @OptionGroup var options: SettingsOption

        func run() throws {
            let ledger = try LedgerFile.open(try options.settings(), .read)
            var output = StandardOutput()
            for account in try ledger.read({ try $0.accounts() }) {
                let state = account.isDisabled ? "disabled" : "open"
                try output.write([account.name, account.role.rawValue, state, account.display].joined(separator: "\t"))
            }
            try output.flush()
        }
    }
}
