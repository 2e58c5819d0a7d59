import Ledger
import Mail
import Records

/// Delivery reports (RFC 3464): what became of a letter after a server had taken it.
extension Filing {
    /// A server may quote at length.
    private static let longestDiagnostic = 300

    /// Notes with the letter that a server could not deliver it, or not yet. Anybody can write such a report: it must
    /// name the letter and its recipient, and it changes nothing but what people are shown.
    func note(_ report: DeliveryReport, to message: Message) throws {
        guard let notice = try notice(of: report, message) else { return }
        let addresses = Set(([notice.recipient] + notice.copies).compactMap { MailAddress($0)?.folded })
        let failures = report.recipients.filter { recipient in
            (recipient.action == .failed || recipient.action == .delayed)
                && recipient.address.map { addresses.contains($0.folded) } ?? false
        }
        // What failed for good outweighs what may yet arrive.
        guard let failure = failures.first(where: { $0.action == .failed }) ?? failures.first,
            failure.action == .failed || notice.bounce.isEmpty
        else { return }
        let words = [
            failure.action.rawValue, failure.status, String(failure.diagnostic.prefix(Self.longestDiagnostic)),
        ]
        try transaction.recordBounce(of: notice.id, words.filter { !$0.isEmpty }.joined(separator: " "), at: now)
    }

    /// The letter is known by the Message-ID that the report returns, else by the token in the address that the report
    /// was sent to.
    private func notice(of report: DeliveryReport, _ message: Message) throws -> OutboxEntry? {
        if let id = report.originalMessageID, let notice = try stored.notice(messageID: id) { return notice }
        let token = message.to.lazy.compactMap { OutgoingMessage.token(in: $0, of: office.sender) }.first
        return try token.flatMap { Int64($0, radix: 36) }.flatMap { try stored.notice(RowID(rawValue: $0)) }
    }
}
