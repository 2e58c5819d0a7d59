package import Foundation

/// Puts outgoing mail into a Maildir instead of handing it to a server: for rehearsals and for the sample mailbox.
package final class MaildirTransport: MailTransport {
    private let directory: URL
    private let now: @Sendable () -> Date

    /// - Parameter now: the clock that names the files.
    package init(directory: URL, now: @escaping @Sendable () -> Date = { Date() }) {
        self.directory = directory
        self.now = now
    }

    package func send(
        _ message: [UInt8], from sender: String, to recipient: String, copies: [String]
    ) async -> DeliveryResult {
        guard ([sender, recipient] + copies).allSatisfy({ MailAddress($0) != nil }) else {
            return .refused(code: nil, "not an address that can go on an envelope")
        }
        do {
            let file = try Maildir.deliver(message, into: directory, at: now())
            return .sent(file.lastPathComponent)
        } catch {
            return .unreachable("\(error)")
        }
    }

    package func check() async -> String? {
        do {
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        } catch {
            return "\(directory.path) cannot be made"
        }
        return FileManager.default.isWritableFile(atPath: directory.path) ? nil : "\(directory.path) cannot be written"
    }

    package func close() async {}
}
