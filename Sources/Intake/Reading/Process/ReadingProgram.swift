import Foundation
import Glibc
import Mail
import Sandbox

/// The reading process: rules first, then mail after mail, each answered, until the pipe is closed.
package enum ReadingProgram {
    /// Address space. The largest mail that is read takes a fraction of it.
    private static let memory = 3 << 30
    private static let cpuSecondsPerMail = 60

    struct Ready: Codable {
        let isConfined: Bool
    }

    enum Answer: Codable {
        case mail(ReadMail)
        case unreadable(MessageError)
    }

    /// Serves stdin and stdout. Everything that reading may need from the disk is loaded before the sandbox closes.
    package static func run() throws {
        let rules = try JSONDecoder().decode(MailReading.Rules.self, from: Data(try request()))
        let reading = MailReading(rules)
        MessageReader.prepare()
        try answer(Ready(isConfined: Sandbox.enter(memory: memory)))
        while let bytes = try? request() {
            Sandbox.allow(cpuSeconds: cpuSecondsPerMail)
            do {
                try answer(Answer.mail(try reading.readMail(bytes)))
            } catch let error as MessageError {
                try answer(Answer.unreadable(error))
            }
        }
    }

    private static func request() throws -> [UInt8] { try Frame.read(from: STDIN_FILENO, until: nil) }

    private static func answer(_ value: some Encodable) throws {
        try Frame.write([UInt8](try JSONEncoder().encode(value)), to: STDOUT_FILENO, until: nil)
    }
}
