package import Foundation

/// When a mail that lies as a file was received.
package enum ReceiptTime {
    /// - Parameter bytes: of the mail.
    /// - Returns: what the topmost Received says (RFC 5321, 4.4: after the last semicolon), else Date; nil when there is
    ///   neither, or the bytes are no mail.
    package static func of(_ bytes: [UInt8]) -> Date? {
        guard let message = try? MessageReader.read(bytes) else { return nil }
        let top = message.headers.first { $0.isNamed("Received") }?.value.split(separator: ";").last
        return top.flatMap { MIMEText.date(String($0))?.date } ?? message.date
    }
}
