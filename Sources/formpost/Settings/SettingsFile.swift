import Foundation
import Intake
import Mail
import Records
import Yams

/// Reads `formpost.yaml`. Every key is looked up by name, every unknown key and every wrong value is reported, all at once.
struct SettingsFile {
    private let file: String
    private let folder: String
    private let environment: [String: String]
    private var problems: [String] = []

    /// - Parameters:
    ///   - file: path of the YAML file.
    ///   - environment: `FORMPOST_DATA`, `FORMPOST_TIME_ZONE` … override the keys of the same name;
    ///     `FORMPOST_PASSWORD_<ACCOUNT>` and `FORMPOST_SMTP_PASSWORD` hold passwords.
    static func read(_ file: String, environment: [String: String]) throws(SettingsError) -> Settings {
        try read(try text(of: file), file: file, environment: environment)
    }

    static func read(_ text: String, file: String, environment: [String: String]) throws(SettingsError) -> Settings {
        let root = try root(of: text, file: file)
        var reader = SettingsFile(file: file, environment: environment)
        let settings = reader.settings(root)
        guard let settings, reader.problems.isEmpty else {
            throw SettingsError(file: file, problems: reader.problems)
        }
        return settings
    }

    /// The folders and the time zone alone, for commands that touch no mail: no account or password is asked for.
    /// - Parameter isNeeded: without it the file is not looked for, and the environment and the defaults stand alone.
    static func forms(
        _ file: String, isNeeded: Bool, environment: [String: String]
    ) throws(SettingsError) -> (folder: String, data: String, zone: OfficeZone) {
        let root = try root(of: isNeeded ? try text(of: file) : "{}", file: file)
        var reader = SettingsFile(file: file, environment: environment)
        guard let top = reader.top(root), let forms = reader.folder(top, "forms", default: "Forms"),
            let data = reader.folder(top, "data", default: "data"), let zone = reader.zone(top), reader.problems.isEmpty
        else { throw SettingsError(file: file, problems: reader.problems) }
        return (forms, data, zone)
    }

    private static func text(of file: String) throws(SettingsError) -> String {
        if let text = try? String(contentsOfFile: file, encoding: .utf8) { return text }
        var isFolder: ObjCBool = false
        let isThere = FileManager.default.fileExists(atPath: file, isDirectory: &isFolder)
        let problem =
            switch (isThere, isFolder.boolValue) {
            case (false, _): "is not there; name it with --config, or let `formpost init DIR` write one to start from"
            case (true, true): "is a folder; name the file in it, e.g. --config \(file)/formpost.yaml"
            case (true, false): "cannot be read; may you read it, and is it a text in UTF-8?"
            }
        throw SettingsError(file: file, problems: [problem])
    }

    private static func root(of text: String, file: String) throws(SettingsError) -> Node {
        do {
            if let node = try Yams.compose(yaml: text) { return node }
        } catch {
            throw SettingsError(file: file, problems: ["\(error)"])
        }
        throw SettingsError(file: file, problems: ["is empty"])
    }

    private init(file: String, environment: [String: String]) {
        self.file = file
        self.environment = environment
        folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
    }

    // MARK: - The keys

    private mutating func top(_ root: Node) -> [String: Node]? {
        guard var top = mapping(root, at: "", keys: SettingsKeys.simple + SettingsKeys.parts) else { return nil }
        for key in SettingsKeys.simple {
            let value = environment["FORMPOST_" + Self.variableName(key)] ?? ""
            if !value.isEmpty { top[key] = Node(value) }
        }
        return top
    }

    private mutating func folder(_ top: [String: Node], _ key: String, default standard: String) -> String? {
        folder(top[key] ?? Node(standard), at: key)
    }

    private mutating func folder(_ node: Node, at place: String) -> String? {
        let folder = path(node.string)
        if folder == nil { problems.append("\(place): the path of a folder is expected") }
        return folder
    }

    private mutating func zone(_ top: [String: Node]) -> OfficeZone? {
        let offset: String = text(top, "time-zone", at: "time-zone", default: "+07:00")
        let zone = OfficeZone(offset)
        if zone == nil { problems.append("time-zone: \"\(offset)\" is no offset; write it like \"+07:00\"") }
        return zone
    }

    private mutating func settings(_ root: Node) -> Settings? {
        guard let top = top(root) else { return nil }
        let data = folder(top, "data", default: "data")
        let forms = folder(top, "forms", default: "Forms")
        let zone = zone(top)
        let office = office(top["office"])
        let accounts = accounts(top["accounts"])
        let outgoing = outgoing(top["outgoing"])
        let trust = senderTrust(top["sender-trust"])
        let poll = number(top, "poll-seconds", at: "poll-seconds", default: 60, in: 1...86_400)
        let megabytes = number(
            top, "maximum-message-megabytes", at: "maximum-message-megabytes", default: 35, in: 1...1000)
        let attempts = number(top, "maximum-attempts", at: "maximum-attempts", default: 6, in: 1...100)
        let limits = answerLimits(top["limits"])
        let rehearsal = flag(top, "rehearsal")
        guard let data, let forms, let zone, let outgoing, let trust else { return nil }
        return Settings(
            data: data, forms: forms, zone: zone, office: office, accounts: accounts, outgoing: outgoing,
            senderTrust: trust, ownLists: ownLists(top["own-lists"]), pollSeconds: poll,
            maximumMessageBytes: megabytes << 20, maximumAttempts: attempts,
            answerLimits: limits, isRehearsal: rehearsal)
    }

    /// `true` or `false`; false where the key is missing.
    private mutating func flag(_ keys: [String: Node], _ name: String) -> Bool {
        guard let node = keys[name] else { return false }
        guard let value = node.bool ?? node.string.flatMap({ Bool($0) }) else {
            problems.append("\(name): write true or false")
            return false
        }
        return value
    }

    private mutating func office(_ node: Node?) -> Settings.Office {
        let keys = node.flatMap { mapping($0, at: "office", keys: SettingsKeys.office) } ?? [:]
        let console = text(keys, "console", at: "office.console", default: "")
        if !console.isEmpty, !["https://", "http://"].contains(where: console.hasPrefix) || console.contains(" ") {
            problems.append("office.console: an address such as https://thidua.canloc.example is expected")
        }
        let technical = text(keys, "technical-contact", at: "office.technical-contact", default: "")
        if !technical.isEmpty, MailAddress(technical) == nil {
            problems.append("office.technical-contact: \"\(technical)\" is no address")
        }
        return Settings.Office(
            generalMailbox: text(keys, "general-mailbox", at: "office.general-mailbox", default: ""),
            phone: text(keys, "phone", at: "office.phone", default: ""),
            console: console.hasSuffix("/") ? String(console.dropLast()) : console, technicalContact: technical)
    }

    private mutating func ownLists(_ node: Node?) -> [String] {
        guard let node else { return [] }
        guard let lists = node.sequence, lists.allSatisfy({ $0.string.flatMap { MailAddress($0) } != nil }) else {
            problems.append("own-lists: addresses are expected, e.g. [donvi@canloc.example]")
            return []
        }
        return lists.compactMap(\.string)
    }

    private mutating func answerLimits(_ node: Node?) -> AnswerLimits {
        let names = SettingsKeys.limits
        let keys = node.flatMap { mapping($0, at: "limits", keys: names) } ?? [:]
        var limits = AnswerLimits()
        limits.noticesPerSenderAndDay = number(
            keys, names[0], at: "limits." + names[0], default: limits.noticesPerSenderAndDay, in: 1...1_000_000)
        limits.strangerNoticesPerDay = number(
            keys, names[1], at: "limits." + names[1], default: limits.strangerNoticesPerDay, in: 0...1_000_000)
        limits.noticesPerHour = number(
            keys, names[2], at: "limits." + names[2], default: limits.noticesPerHour, in: 1...1_000_000)
        return limits
    }

    private mutating func accounts(_ node: Node?) -> [Settings.Account] {
        guard let sequence = node?.sequence, !sequence.isEmpty else {
            problems.append("accounts: at least one mailbox is needed")
            return []
        }
        var accounts: [Settings.Account] = []
        for (index, node) in sequence.enumerated() {
            let place = "accounts[\(index)]"
            guard let keys = mapping(node, at: place, keys: SettingsKeys.account) else { continue }
            let name = text(keys, "name", at: "\(place).name", default: nil) ?? ""
            if accounts.contains(where: { $0.name == name }) {
                problems.append("\(place).name: \"\(name)\" is taken by another account")
            }
            switch (keys["maildir"], keys["imap"]) {
            case (let maildir?, nil):
                if let folder = folder(maildir, at: "\(place).maildir") {
                    accounts.append(.init(name: name, source: .maildir(folder)))
                }
            case (nil, let imap?):
                if let imap = self.imap(imap, at: "\(place).imap", account: name) {
                    accounts.append(.init(name: name, source: .imap(imap)))
                }
            default: problems.append("\(place): needs either `maildir:` or `imap:`")
            }
        }
        return accounts
    }

    private mutating func imap(_ node: Node, at place: String, account: String) -> Settings.Account.IMAP? {
        guard
            let keys = mapping(node, at: place, keys: SettingsKeys.imap),
            let (server, trust) = server(keys, at: place, ports: (tls: 993, startTLS: 143)),
            let user = text(keys, "user", at: "\(place).user", default: nil)
        else { return nil }
        let variable = "FORMPOST_PASSWORD_" + Self.variableName(account)
        guard let password = secret(keys, at: place, variable: variable, isNeeded: true) else { return nil }
        return Settings.Account.IMAP(
            server: server, trust: trust, user: user, password: password,
            folder: text(keys, "folder", at: "\(place).folder", default: "INBOX"),
            processed: text(keys, "processed", at: "\(place).processed", default: "Processed"),
            quarantine: text(keys, "quarantine", at: "\(place).quarantine", default: "Quarantine"))
    }

    private mutating func outgoing(_ node: Node?) -> Settings.Outgoing? {
        guard let node, let keys = mapping(node, at: "outgoing", keys: SettingsKeys.outgoing) else {
            problems.append("outgoing: missing; it says from which address and how answers go out")
            return nil
        }
        guard let fromText = text(keys, "from", at: "outgoing.from", default: nil) else { return nil }
        guard let from = Self.address(fromText) else {
            problems.append("outgoing.from: \"\(fromText)\" is no address; write it like `Phòng Nội vụ <noivu@…>`")
            return nil
        }
        switch (keys["maildir"], keys["smtp"]) {
        case (let maildir?, nil):
            return folder(maildir, at: "outgoing.maildir").map { Settings.Outgoing(from: from, route: .maildir($0)) }
        case (nil, let smtp?):
            return self.smtp(smtp, from: from).map { Settings.Outgoing(from: from, route: .smtp($0)) }
        default:
            problems.append("outgoing: needs either `maildir:` or `smtp:`")
            return nil
        }
    }

    /// Reads `Name <local@domain>` or `local@domain`.
    private static func address(_ text: String) -> MailAddress? {
        guard let open = text.lastIndex(of: "<"), text.last == ">" else { return MailAddress(text) }
        let name = text[..<open].trimmingCharacters(in: .whitespaces)
        return MailAddress(String(text[text.index(after: open)...].dropLast()), displayName: name)
    }

    private mutating func smtp(_ node: Node, from: MailAddress) -> Settings.Outgoing.SMTP? {
        let place = "outgoing.smtp"
        guard let keys = mapping(node, at: place, keys: SettingsKeys.smtp),
            let (server, trust) = server(keys, at: place, ports: (tls: 465, startTLS: 587))
        else { return nil }
        let user = keys["user"]?.string
        let password = secret(keys, at: place, variable: "FORMPOST_SMTP_PASSWORD", isNeeded: user != nil)
        return Settings.Outgoing.SMTP(
            server: server, trust: trust, user: user, password: password,
            helo: text(keys, "helo", at: "\(place).helo", default: from.domain))
    }

    private mutating func senderTrust(_ node: Node?) -> Settings.SenderTrustSetting? {
        guard let node,
            let keys = mapping(node, at: "sender-trust", keys: SettingsKeys.senderTrust)
        else {
            problems.append(
                "sender-trust: missing; `{authserv-id: NAME}` when the office's server writes Authentication-Results, "
                    + "`{trusted-server: true}` when it checks senders but writes no header")
            return nil
        }
        switch (keys["authserv-id"]?.string, keys["trusted-server"]?.bool) {
        case (let name?, nil) where !name.isEmpty:
            return .authservID(name, trustedHost: keys["trusted-host"]?.string ?? name)
        case (nil, true?): return .trustedServer
        default:
            problems.append("sender-trust: give either `authserv-id: NAME` or `trusted-server: true`")
            return nil
        }
    }

    // MARK: - Servers and secrets

    private mutating func server(
        _ keys: [String: Node], at place: String, ports: (tls: Int, startTLS: Int)
    ) -> (ServerAddress, TrustSettings)? {
        guard let host = text(keys, "host", at: "\(place).host", default: nil) else { return nil }
        let word = text(keys, "security", at: "\(place).security", default: "tls")
        let security: ServerAddress.Security
        switch word {
        case "tls": security = .tls
        case "starttls": security = .startTLS
        case "plain" where ["localhost", "::1"].contains(host) || host.hasPrefix("127."): security = .plain
        case "plain":
            problems.append("\(place).security: \"plain\" is allowed to this machine only; use tls or starttls")
            return nil
        default:
            problems.append("\(place).security: \"\(word)\" is unknown; tls, starttls or plain")
            return nil
        }
        let standard = security == .tls ? ports.tls : ports.startTLS
        let port = number(keys, "port", at: "\(place).port", default: standard, in: 1...65_535)
        let caFile = keys["ca-file"]?.string.flatMap { path($0) }
        return (
            ServerAddress(host: host, port: UInt16(port), security: security),
            TrustSettings(caFile: caFile, hostName: keys["certificate-name"]?.string)
        )
    }

    /// The environment first, then the file named by `password-file`. Where there is none, that is told once.
    private mutating func secret(
        _ keys: [String: Node], at place: String, variable: String, isNeeded: Bool
    ) -> Secret<String>? {
        if let value = environment[variable], !value.isEmpty { return Secret(value) }
        guard let file = path(keys["password-file"]?.string) else {
            if isNeeded {
                problems.append("\(place): no password; set \(variable) in the environment or give `password-file:`")
            }
            return nil
        }
        let text = try? String(contentsOfFile: file, encoding: .utf8)
        if let line = text?.split(whereSeparator: \.isNewline).first { return Secret(String(line)) }
        let isThere = FileManager.default.fileExists(atPath: file)
        let trouble = !isThere ? "is not there" : text == nil ? "may not be read" : "is empty"
        problems.append(
            "\(place).password-file: \(file) \(trouble); write the password into its first line, or set \(variable) in "
                + "the environment")
        return nil
    }

    /// An account's name, or a key, as it stands in the name of an environment variable: `nội vụ` becomes `N_I_V_`.
    private static func variableName(_ account: String) -> String {
        String(account.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    }

    // MARK: - Reading one value

    private mutating func mapping(_ node: Node, at place: String, keys: [String]) -> [String: Node]? {
        guard let mapping = node.mapping else {
            problems.append("\(place.isEmpty ? "the file" : place): keys and values are expected here")
            return nil
        }
        var found: [String: Node] = [:]
        for (key, value) in mapping {
            let name = key.string ?? ""
            guard keys.contains(name) else {
                let line = key.mark.map { " (line \($0.line))" } ?? ""
                problems.append(
                    "\(place.isEmpty ? "" : place + ".")\(name)\(line): unknown key; known are \(keys.joined(separator: ", "))"
                )
                continue
            }
            found[name] = value
        }
        return found
    }

    private func text(_ keys: [String: Node], _ key: String, at place: String, default standard: String) -> String {
        keys[key]?.string ?? standard
    }

    private mutating func text(
        _ keys: [String: Node], _ key: String, at place: String, default standard: String?
    ) -> String? {
        if let text = keys[key]?.string, !text.isEmpty { return text }
        if standard == nil { problems.append("\(place): missing") }
        return standard
    }

    private mutating func number(
        _ keys: [String: Node], _ key: String, at place: String, default standard: Int, in range: ClosedRange<Int>
    ) -> Int {
        guard let node = keys[key] else { return standard }
        guard let number = node.int, range.contains(number) else {
            problems.append("\(place): a number from \(range.lowerBound) to \(range.upperBound) is expected")
            return standard
        }
        return number
    }

    private func path(_ text: String?) -> String? {
        guard let text, !text.isEmpty else { return nil }
        return text.hasPrefix("/") ? text : URL(fileURLWithPath: folder).appendingPathComponent(text).standardized.path
    }
}
