/// Why an SMTP dialogue cannot go on.
enum SMTPFailure: Error {
    /// The server said so (RFC 5321, 4.2).
    case reply(code: Int, text: String)
    /// The connection is gone.
    case lost(StreamFailure)

    /// For a connection that did not come about: no message is at fault.
    var unreachable: DeliveryResult {
        switch self {
        case .reply(let code, let text): .unreachable("\(code) \(text)")
        case .lost(let failure): .unreachable(failure.description)
        }
    }

    /// For a message whose data had not been sent to the end.
    var beforeData: DeliveryResult {
        switch self {
        case .reply(let code, let text) where code >= 500: .refused(code: code, text)
        case .reply(let code, let text): .deferred(code: code, text)
        case .lost(let failure): .deferred(code: nil, failure.description)
        }
    }

    /// For a message whose data had been sent to the end.
    var afterData: DeliveryResult {
        switch self {
        case .reply: beforeData
        case .lost(let failure): .unknown(failure.description)
        }
    }

    /// Whether a connection that lay idle was ended by the server meanwhile: another one will do.
    var isIdleEnd: Bool {
        switch self {
        case .reply(let code, _): code == 421
        case .lost(let failure): failure == .closed
        }
    }

    /// Whether the server has ended, or is ending, the connection (421: RFC 5321, 3.8).
    var endsConnection: Bool {
        switch self {
        case .reply(let code, _): code == 421
        case .lost: true
        }
    }
}
