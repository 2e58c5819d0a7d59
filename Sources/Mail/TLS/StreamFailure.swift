/// Why the bytes between us and a server stopped flowing.
enum StreamFailure: Error, Equatable {
    /// No address, or nobody listens there.
    case unreachable(String)
    /// The operation's deadline has passed.
    case timedOut
    /// The task was cancelled.
    case interrupted
    /// The server closed the connection.
    case closed
    /// The server sent more than the operation may read.
    case flooded
    /// The certificate is not to be trusted.
    case certificate(String)
    /// TLS broke down for another reason.
    case tls(String)
    /// A system call failed, with its `errno`.
    case system(Int32)
    /// The server broke the protocol's rules.
    case violation(String)
}

extension StreamFailure: CustomStringConvertible {
    var description: String {
        switch self {
        case .unreachable(let reason): "unreachable: \(reason)"
        case .timedOut: "no answer in time"
        case .interrupted: "interrupted"
        case .closed: "the server closed the connection"
        case .flooded: "the server sent more than was asked for"
        case .certificate(let reason): "certificate refused: \(reason)"
        case .tls(let reason): "TLS: \(reason)"
        case .system(let code): "system error \(code)"
        case .violation(let reason): reason
        }
    }
}
