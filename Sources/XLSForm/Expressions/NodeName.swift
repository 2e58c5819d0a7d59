import Synchronization

/// The name of a question, section or attribute, interned: two are the same when their numbers are.
///
/// Names come from forms and from the operator's own files, never from mail, so that the table stays small.
package struct NodeName: Hashable, Sendable, CustomStringConvertible {
    private struct Table {
        var numbers: [String: Int32] = [:]
        var names: [String] = []
    }

    private static let table = Mutex(Table())

    let number: Int32

    package init(_ name: String) {
        number = Self.table.withLock { table in
            if let known = table.numbers[name] { return known }
            let number = Int32(table.names.count)
            table.numbers[name] = number
            table.names.append(name)
            return number
        }
    }

    package var description: String {
        Self.table.withLock { $0.names[Int(number)] }
    }

    package static func == (left: NodeName, right: NodeName) -> Bool { left.number == right.number }

    package func hash(into hasher: inout Hasher) { hasher.combine(number) }
}
