import Records
import Synchronization

/// The figures of filed revisions, by revision: decoded once. A revision's answers never change, so that an entry is true for
/// as long as its row lives; what a rolled-back transaction has inserted is forgotten, as its number is given out again.
final class FiguresCache: Sendable {
    private let entries = Mutex<[Int64: [String: String]]>([:])

    func figures(of revision: Int64, decode: () throws -> [String: String]) rethrows -> [String: String] {
        if let known = entries.withLock({ $0[revision] }) { return known }
        let figures = try decode()
        entries.withLock { $0[revision] = figures }
        return figures
    }

    func forget(_ revisions: some Sequence<Int64>) {
        entries.withLock { entries in
            for revision in revisions { entries[revision] = nil }
        }
    }
}

/// The revisions that a transaction has inserted and not yet committed.
final class FreshRevisions {
    var ids: [Int64] = []
}
