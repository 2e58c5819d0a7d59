import GRDB

/// What keeps the ledger or the archive from doing its work. The message names places and causes, never values.
package struct LedgerError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable, CaseIterable {
        /// Another worker has this data folder open (exit status 75).
        case inUse
        /// There is no ledger in the folder, and it was to be read only.
        case missing
        /// The ledger was written by a newer Formpost.
        case tooNew
        /// The surroundings fail: disk full, I/O, locked for too long, no permission. Counts against no message.
        case surroundings
        /// The schema refused what was to be written: it is there already, or refers to nothing. Counts against the item.
        case conflict
        /// What is stored cannot be read back as what it should be.
        case damaged
    }

    package let code: Code
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { "\(code.rawValue): \(message)" }

    /// Says what an error of the engine or of this module means; nil for errors that come from elsewhere.
    init?(_ error: any Error) {
        if let known = error as? LedgerError {
            self = known
        } else if let failure = error as? DatabaseError {
            let isRefused =
                failure.resultCode == .SQLITE_CONSTRAINT || failure.resultCode == .SQLITE_MISMATCH
                || failure.resultCode == .SQLITE_TOOBIG
            // The statement is named, its arguments are not: they may hold personal data.
            let statement = failure.sql.map { " in \"\($0.prefix(120))\"" } ?? ""
            let text = failure.message ?? "SQLite error"
            self.init(
                isRefused ? .conflict : .surroundings,
                "\(text) (\(failure.extendedResultCode.rawValue))\(statement)")
        } else {
            return nil
        }
    }

    /// Runs engine calls so that nothing but a `LedgerError` comes out.
    static func wrap<T>(_ body: () throws -> T) throws(LedgerError) -> T {
        do {
            return try body()
        } catch {
            throw LedgerError(error) ?? LedgerError(.surroundings, "\(error)")
        }
    }
}
