import Foundation
import Mail
import Support
import Testing

/// The doctor on real servers: a mail goes through Postfix and, by LMTP, into Dovecot, and both write their lines.
@Suite(.enabled(if: TestServers.unavailable == nil, Comment(rawValue: TestServers.unavailable ?? "")))
struct DoctorServerTests {
    @Test func theServersNameIsFoundInWhatItDelivers() async throws {
        let servers = try TestServers.shared.get()
        let office = try Installation(user: "bac-si", servers: servers)
        defer { office.remove() }
        #expect(try await doctor(office).status == 0)
        var mail = MessageBuilder(from: "thuanthien@example.test")
        mail.to = "bac-si@example.test"
        let sender = servers.sender("thuanthien")
        _ = await sender.send(mail.bytes(), from: "thuanthien@example.test", to: "bac-si@example.test")
        await sender.close()
        try await eventually { try !servers.messages(of: "bac-si").isEmpty }

        // The server checks senders and writes nothing.
        let trusted = try await doctor(office)
        #expect(trusted.status == 0)
        #expect(trusted.line?.hasPrefix("ok    ") == true)

        // Dovecot's own line, by LMTP, stands above that of Postfix.
        try office.setTrust("authserv-id: mx.nowhere.test")
        let wrong = try await doctor(office)
        #expect(wrong.status == 78)
        #expect(wrong.line?.hasPrefix("FAIL  ") == true)
        #expect(wrong.output.contains("`trusted-host: mail.example.test`"))

        try office.setTrust("authserv-id: mx.nowhere.test\n  trusted-host: mail.example.test")
        let unwritten = try await doctor(office)
        #expect(unwritten.status == 78)
        #expect(unwritten.line?.hasPrefix("FAIL  ") == true)
        #expect(!unwritten.output.contains("`trusted-host"))
        #expect(try servers.fileNames(of: "bac-si").allSatisfy { !$0.hasSuffix("S") })
    }

    private struct Run {
        let status: Int32
        let output: String
        var line: Substring? { output.split(separator: "\n").first { $0.contains(" sender-trust, ") } }
    }

    private func doctor(_ office: Installation) async throws -> Run {
        let file = office.folder.appending(path: "doctor.txt")
        try Data().write(to: file)
        let status = try await office.run(["doctor"], output: try FileHandle(forWritingTo: file))
        return Run(status: status, output: try String(contentsOf: file, encoding: .utf8))
    }
}
