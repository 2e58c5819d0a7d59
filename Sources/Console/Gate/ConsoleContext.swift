import Hummingbird
import Ledger

/// One request, and who makes it.
struct ConsoleContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Of the browser, or of the proxy before us.
    let address: String
    /// nil until the session gate has known the browser.
    var visitor: Visitor?

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        address = source.channel.remoteAddress?.ipAddress ?? ""
    }
}

/// A person who has signed in.
struct Visitor: Sendable {
    let account: AccountRecord
    /// What every form must bring back.
    let csrf: String
    let address: String

    var role: Role { account.role }

    /// For the audit trail: who, and from where.
    var who: String { "\(account.name) (\(address))" }
}

extension ConsoleContext {
    /// - Throws: 403 for whoever may not come here, to the sign-in page for whoever has not signed in.
    func visitor(at place: Place) throws -> Visitor {
        guard let visitor else { throw Turned.toSignIn }
        guard place.isOpen(to: visitor.role) else { throw Turned.away }
        return visitor
    }

    /// - Throws: 403 unless the visitor has one of the roles.
    func visitor(_ roles: Set<Role>) throws -> Visitor {
        guard let visitor else { throw Turned.toSignIn }
        guard roles.contains(visitor.role) else { throw Turned.away }
        return visitor
    }
}

/// Why a page is not shown. `Protection` makes the answer of it.
enum Turned: Error {
    case toSignIn
    /// Not for this role.
    case away
    case notFound
    /// Something is wrong with the form that was sent, in words for the person at the browser.
    case back(String)
    /// The form does not come from a page of ours.
    case forged
}
