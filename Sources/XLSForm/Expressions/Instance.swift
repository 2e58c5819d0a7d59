package import Records

/// What kind of value a node holds; the question decides it.
package enum NodeType: String, Sendable, Codable, CaseIterable {
    /// A group, a repeat's row, or the root.
    case container
    case text, integer, decimal, date, time, dateTime
    /// An instance without its form: the text counts as what it is used as.
    case untyped
}

/// The answers of one workbook as the tree that expressions walk: an arena of nodes in document order.
///
/// A repeat is one container for each of its rows, all of the same name under the same parent. Above the root element
/// stands the document itself. Tables that `instance()` reads are appended as further documents.
package struct Instance: Sendable {
    package struct Node: Hashable, Sendable, Comparable {
        let index: Int32

        package static func < (left: Node, right: Node) -> Bool { left.index < right.index }
    }

    enum Kind: UInt8, Sendable { case document, element, attribute }

    /// Everything about a node but its value; links are indexes, −1 for none.
    struct Record: Sendable {
        let name: NodeName
        let parent: Int32
        let kind: Kind
        let type: NodeType
        let blankIsZero: Bool
        var firstChild: Int32 = -1
        var lastChild: Int32 = -1
        var nextSibling: Int32 = -1
        let previousSibling: Int32
        /// Its place among the siblings of the same name, counted from 1.
        let ordinal: Int32
    }

    private(set) var records: [Record] = []
    private var values: [ExpressionValue] = []
    private var byName: [NodeName: [Node]] = [:]
    /// Where the answers end and the appended tables begin.
    private var answersEnd: Int?

    /// The document node above the root element.
    let document = Node(index: 0)
    /// The root element, `/data`.
    package let root = Node(index: 1)

    package init(root: String = "data") {
        add(NodeName(""), parent: -1, kind: .document, type: .container, value: .blank, blankIsZero: false)
        _ = append(root, to: document, type: .container)
    }

    /// Appends a node as the last child of `parent`. Nodes come in document order: `parent` is the node appended last or
    /// one of those around it, so that a row is complete before the next one begins.
    /// - Parameter blankIsZero: a blank counts as 0 in arithmetic (`formpost::blank`).
    @discardableResult
    package mutating func append(
        _ name: String, to parent: Node, type: NodeType = .text, value: AnswerValue? = nil, blankIsZero: Bool = false
    ) -> Node {
        append(NodeName(name), to: parent, type: type, value: ExpressionValue(value), blankIsZero: blankIsZero)
    }

    @discardableResult
    mutating func append(
        _ name: NodeName, to parent: Node, type: NodeType, value: ExpressionValue, blankIsZero: Bool = false
    ) -> Node {
        precondition(isOpen(parent), "nodes are appended in document order")
        let node = add(
            name, parent: parent.index, kind: .element, type: type, value: value, blankIsZero: blankIsZero)
        if answersEnd == nil { byName[name, default: []].append(node) }
        return node
    }

    /// Attributes come before the children of their element.
    mutating func appendAttribute(_ name: String, to parent: Node, value: String) {
        precondition(isOpen(parent), "attributes are appended in document order")
        add(
            NodeName(name), parent: parent.index, kind: .attribute, type: .untyped,
            value: value.isEmpty ? .blank : .text(value), blankIsZero: false)
    }

    /// Appends a document of its own, for a table; gives its root element.
    mutating func appendDocument(root name: String) -> Node {
        if answersEnd == nil { answersEnd = records.count }
        let index = add(
            NodeName(""), parent: -1, kind: .document, type: .container, value: .blank, blankIsZero: false)
        return append(NodeName(name), to: index, type: .container, value: .blank)
    }

    package mutating func setValue(_ value: AnswerValue?, of node: Node) {
        values[Int(node.index)] = ExpressionValue(value)
    }

    @discardableResult
    private mutating func add(
        _ name: NodeName, parent: Int32, kind: Kind, type: NodeType, value: ExpressionValue, blankIsZero: Bool
    ) -> Node {
        let index = Int32(records.count)
        let isChild = kind == .element && parent >= 0
        let previous = isChild ? records[Int(parent)].lastChild : -1
        records.append(
            Record(
                name: name, parent: parent, kind: kind, type: type, blankIsZero: blankIsZero, previousSibling: previous,
                ordinal: isChild ? ordinal(of: name, in: parent, after: previous) : 1))
        values.append(value)
        if isChild {
            records[Int(parent)].lastChild = index
            if previous >= 0 {
                records[Int(previous)].nextSibling = index
            } else {
                records[Int(parent)].firstChild = index
            }
        }
        return Node(index: index)
    }

    /// Rows of a repeat follow each other, so the search is short.
    private func ordinal(of name: NodeName, in parent: Int32, after previous: Int32) -> Int32 {
        if answersEnd == nil {
            // Siblings stand behind their parent, and the last node of a name behind all others of it.
            guard let last = byName[name]?.last, last.index > parent else { return 1 }
            if records[Int(last.index)].parent == parent { return records[Int(last.index)].ordinal + 1 }
        }
        var sibling = previous
        while sibling >= 0 {
            if records[Int(sibling)].name == name { return records[Int(sibling)].ordinal + 1 }
            sibling = records[Int(sibling)].previousSibling
        }
        return 1
    }

    /// Whether the node's subtree is still the end of the arena.
    private func isOpen(_ node: Node) -> Bool {
        var last = Int32(records.count) - 1
        while last > node.index { last = records[Int(last)].parent }
        return last == node.index
    }
}

extension Instance {
    package func name(of node: Node) -> String { record(node).name.description }

    package func parent(of node: Node) -> Node? { link(record(node).parent) }

    package func type(of node: Node) -> NodeType { record(node).type }

    /// Elements only, in document order.
    package func children(of node: Node) -> [Node] {
        var children: [Node] = []
        var next = record(node).firstChild
        while next >= 0 {
            children.append(Node(index: next))
            next = records[Int(next)].nextSibling
        }
        return children
    }

    /// The first child of that name.
    package func child(_ name: String, of node: Node) -> Node? { child(NodeName(name), of: node) }

    func child(_ name: NodeName, of node: Node) -> Node? {
        var next = record(node).firstChild
        while next >= 0 {
            if records[Int(next)].name == name { return Node(index: next) }
            next = records[Int(next)].nextSibling
        }
        return nil
    }

    /// Every node of the answers with that name, in document order, found without walking.
    package func nodes(named name: String) -> [Node] { nodes(named: NodeName(name)) }

    func nodes(named name: NodeName) -> [Node] { byName[name] ?? [] }

    /// The value as it stands in the node; a blank that counts as 0 is still blank here.
    package func value(of node: Node) -> ExpressionValue { values[Int(node.index)] }

    package func attribute(_ name: String, of node: Node) -> String? {
        let wanted = NodeName(name)
        var index = Int(node.index) + 1
        while index < records.count, records[index].kind == .attribute, records[index].parent == node.index {
            if records[index].name == wanted, case .text(let text) = values[index] { return text }
            index += 1
        }
        return nil
    }

    /// The only node of that name, or the first.
    func firstNode(named name: NodeName) -> Node? { byName[name]?.first }

    func blankIsZero(_ node: Node) -> Bool { records[Int(node.index)].blankIsZero }

    /// Whether the node belongs to an appended table.
    func isTable(_ node: Node) -> Bool { answersEnd.map { Int(node.index) >= $0 } ?? false }

    func record(_ node: Node) -> Record { records[Int(node.index)] }

    func link(_ index: Int32) -> Node? { index < 0 ? nil : Node(index: index) }

    /// The first index behind the node's subtree. The arena is in document order, so a subtree is a range of it.
    func end(of node: Node) -> Int32 {
        var current = node.index
        while current >= 0 {
            let record = records[Int(current)]
            if record.nextSibling >= 0 { return record.nextSibling }
            if record.kind == .document { return documentEnd(current) }
            if record.kind == .attribute { return current + 1 }
            current = record.parent
        }
        return Int32(records.count)
    }

    private func documentEnd(_ index: Int32) -> Int32 {
        var next = Int(index) + 1
        if index == 0, let answersEnd { return Int32(answersEnd) }
        while next < records.count, records[next].kind != .document { next += 1 }
        return Int32(next)
    }

    func documentNode(above node: Node) -> Node {
        var current = node
        while let parent = parent(of: current) { current = parent }
        return current
    }
}
