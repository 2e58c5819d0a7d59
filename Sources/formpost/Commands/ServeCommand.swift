import Accounts
import ArgumentParser
import Console
import Foundation
import Intake
import Ledger
import ServiceLifecycle
import UnixSignals

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "The office's pages for a browser, until stopped.",
        discussion: """
            Reviews, letters, lists and accounts, beside a worker that may run or not. Listens on this machine only; for \
            other machines put a proxy that speaks TLS before it and say --behind-tls. The first account is made with \
            `formpost account add`.

            Example:
              formpost account add quantri --role administrator --display "Nguyễn Văn Tuấn"
              formpost serve
              formpost serve --port 8090 --behind-tls
            """)

    @OptionGroup var address: ConsoleAddress
    @OptionGroup var options: SettingsOption

    func run() async throws {
        let settings = try options.settings()
        let composition = Composition(settings: settings)
        let ledger = try LedgerFile.open(settings, .edit)
        let office = try options.office(composition, ledger)
        let server = try composition.console(
            ledger, Archive(folder: settings.data), office: office, address: address)
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: server)], gracefulShutdownSignals: [.sigterm, .sigint],
                logger: composition.logger))
        try await group.run()
        try ledger.close()
    }
}

/// Where the console listens.
struct ConsoleAddress: ParsableArguments {
    @Option(help: "The address that the console listens on.")
    var host = "127.0.0.1"

    @Option(help: "The port that the console listens on.")
    var port = 8080

    @Flag(help: "A proxy before the console speaks TLS: cookies go over TLS only.")
    var behindTls = false

    mutating func validate() throws {
        guard (0...65_535).contains(port) else { throw CommandFailure.usage("--port \(port): no port") }
    }
}

extension Composition {
    /// The console over the same books as a worker's, or beside a worker.
    func console(
        _ ledger: Ledger, _ archive: Archive, office: Office, address: ConsoleAddress
    ) throws -> ConsoleServer {
        if try ledger.read({ try $0.accounts() }).isEmpty {
            CommandFailure.say(
                "nobody can sign in yet: `formpost account add NAME --role administrator` makes an account")
        }
        let desk = ConsoleDesk(
            ledger: ledger, archive: archive, passwords: try PasswordDesk(), office: office,
            folder: FormsFolder(settings.forms), read: { try self.office(ledger) },
            pipeline: { pipeline($0) },
            health: { [data = settings.data] in
                OfficeHealth(
                    DataMarks(data: data),
                    disk: DiskSpace(of: data).map { .init(free: $0.free, size: $0.size, isLow: $0.isLow) })
            }, isBehindTLS: address.behindTls, logger: logger)
        let host = address.host
        return try ConsoleServer(
            desk: desk, host: host, port: address.port,
            isListening: { CommandFailure.say("listening on http://\(host):\($0)/") })
    }
}
