import Foundation
import Glibc
import Mail

/// An office in a folder of its own, with the repository's forms.
struct MaildirOffice {
    let scratch: Scratch

    init(
        forms: String? = nil, copyingForms: Bool = false, data: String = "data", account: String = "maildir: mail",
        outgoing: String = "maildir: replies", trust: String = "authserv-id: mx.canloc.example"
    ) throws {
        scratch = try Scratch()
        let copy = copyingForms ? try scratch.copyForms() : nil
        let yaml = """
            data: \(data)
            forms: \(forms ?? copy ?? Repository.path("Forms"))
            accounts: [{name: thu, \(account)}]
            outgoing: {from: noivu@canloc.example, \(outgoing)}
            sender-trust: {\(trust)}
            """
        _ = try scratch.write("formpost.yaml", yaml.utf8)
    }

    /// The first mails of cases of the sample mailbox, received in December 2019.
    func deliver(_ cases: [String]) throws {
        for (second, name) in cases.enumerated() {
            let bytes = [UInt8](try Data(contentsOf: URL(filePath: Repository.path("Mailbox/\(name)/1.eml"))))
            let time = Date(timeIntervalSince1970: 1_576_735_200 + Double(second))
            try Maildir.deliver(bytes, into: URL(filePath: scratch.path("mail")), at: time)
        }
    }

    /// A mail received on 19 December 2019, or so many days later.
    func deliver(_ mail: [UInt8], daysLater days: Double = 0) throws {
        let time = Date(timeIntervalSince1970: 1_576_735_200 + days * 86_400)
        try Maildir.deliver(mail, into: URL(filePath: scratch.path("mail")), at: time)
    }

    func run(_ arguments: [String], environment: [String: String] = [:]) throws -> ProgramRun {
        try ProgramRun(arguments, environment: environment, in: scratch)
    }

    func doctor(environment: [String: String] = [:], unprivileged: Bool = false) throws -> ProgramRun {
        try ProgramRun(
            ["doctor"], environment: environment, in: scratch, under: unprivileged ? Unprivileged.command : [])
    }
}

/// Runs a program as a user whom file permissions bind; root's own override them.
enum Unprivileged {
    private static let setpriv = "/usr/bin/setpriv"
    static let isPossible = getuid() != 0 || access(setpriv, X_OK) == 0

    /// Root without the two capabilities that override permissions: it still owns the files.
    static let command =
        getuid() != 0
        ? [] : [setpriv, "--bounding-set", "-dac_override,-dac_read_search", "--"]
}
