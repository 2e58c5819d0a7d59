import Records
import Synchronization

/// The figures of filed revisions, by revision. A revision's answers never change, so that an entry stays true for as long
/// as the row lives; the transaction that inserts a row drops what a rolled-back one may have left under its number.
final class FiguresCache: Sendable {
    private let entries = Mutex<[Int64: [String: String]]>([:])

    func figures(of revision: Int64, decode: () throws -> [String: String]) rethrows -> [String: String] {
        if let known = entries.withLock({ $0[revision] }) { return known }
        let figures = try decode()
        entries.withLock { $0[revision] = figures }
        return figures
    }

    func forget(_ revision: Int64) {
        entries.withLock { $0[revision] = nil }
    }
}
