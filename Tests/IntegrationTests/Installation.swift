import Campaign
import Foundation
import Intake
import Mail
import Records
import Sheets
import Support
import XLSForm
import Zip

/// A Formpost as an office would install it, in a folder of its own: settings, forms, data.
///
/// Its units write from `example.test`, the domain of the test servers; everything else is the forms of the repository.
struct Installation {
    let folder: URL
    let office: Office

    var settings: String { folder.appending(path: "formpost.yaml").path }
    var data: String { folder.appending(path: "data").path }

    /// - Parameters:
    ///   - servers: the mail servers whose mailbox `user@example.test` the office reads.
    ///   - attempts: after so many a mail goes to quarantine.
    init(user: String, servers: TestServers, attempts: Int = 6) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "formpost-\(UUID().uuidString)")
        let forms = folder.appending(path: "Forms")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // The folder itself, not a link to it: what is changed below must never be the repository's own.
        let original = Self.repository.appending(path: "Forms").resolvingSymlinksInPath()
        try FileManager.default.copyItem(at: original, to: forms)
        try Self.moveAddresses(in: forms.appending(path: "units.xlsx"))
        guard let from = MailAddress("\(user)@\(TestServers.domain)", displayName: "Phòng Nội vụ") else {
            throw CocoaError(.formatting)
        }
        office = try OfficeReader(folder: FormsFolder(forms.path), zone: .indochina).office(
            contact: OfficeContact(from: from, generalMailbox: "", phone: "", maximumMessageBytes: 35 << 20))
        let text = Self.settings(user: user, servers, attempts: attempts)
        try Data(text.utf8).write(to: folder.appending(path: "formpost.yaml"))
    }

    /// Changes what the settings say of senders: `trusted-server: true` in the beginning.
    func setTrust(_ setting: String) throws {
        let yaml = try String(contentsOfFile: settings, encoding: .utf8)
        let changed = yaml.replacing(#/sender-trust:\n  .*/#, with: "sender-trust:\n  \(setting)")
        try Data(changed.utf8).write(to: URL(filePath: settings))
    }

    func remove() {
        try? FileManager.default.removeItem(at: folder)
    }

    private static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func settings(user: String, _ servers: TestServers, attempts: Int) -> String {
        let imap = servers.imap()
        let smtp = servers.smtp()
        return """
            data: data
            forms: Forms
            accounts:
              - name: test
                imap:
                  host: \(imap.host)
                  port: \(imap.port)
                  security: tls
                  user: \(user)@\(TestServers.domain)
                  ca-file: \(servers.certificates.authority)
                  certificate-name: localhost
            outgoing:
              from: Phòng Nội vụ <\(user)@\(TestServers.domain)>
              smtp:
                host: \(smtp.host)
                port: \(smtp.port)
                security: starttls
                user: \(user)@\(TestServers.domain)
                ca-file: \(servers.certificates.authority)
                certificate-name: localhost
            sender-trust:
              trusted-server: true
            poll-seconds: 1
            maximum-attempts: \(attempts)
            """
    }

    /// The addresses of units.xlsx, moved from the sample's domain to that of the test servers.
    private static func moveAddresses(in workbook: URL) throws {
        let archive = try ZipArchive([UInt8](try Data(contentsOf: workbook)))
        var writer = ZipWriter()
        for entry in archive.entries {
            let bytes = try archive.read(entry)
            let text = String(decoding: bytes, as: UTF8.self)
            let moved = entry.name.hasSuffix(".xml") ? text.replacing("@canloc.example", with: "@example.test") : nil
            writer.add(entry.name, moved.map { Array($0.utf8) } ?? bytes)
        }
        try Data(try writer.finish()).write(to: workbook)
    }

    // MARK: - Running

    /// The program as the tests' own build made it.
    static var program: URL {
        let own = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        return own.deletingLastPathComponent().appending(path: "formpost")
    }

    /// Starts `formpost` with these arguments and the settings.
    func start(_ arguments: [String]) throws -> Process {
        let process = process(arguments)
        try process.run()
        return process
    }

    /// Runs `formpost` to its end. No thread waits meanwhile: the other tests need it.
    /// - Parameter output: takes what is printed.
    /// - Returns: the exit status.
    func run(_ arguments: [String], output: FileHandle = .nullDevice) async throws -> Int32 {
        let process = process(arguments)
        process.standardOutput = output
        return try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }

    private func process(_ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = Self.program
        process.arguments = arguments + ["--config", settings]
        process.environment = ProcessInfo.processInfo.environment.merging([
            "FORMPOST_PASSWORD_TEST": TestServers.password.revealed,
            "FORMPOST_SMTP_PASSWORD": TestServers.password.revealed,
        ]) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        return process
    }
}
