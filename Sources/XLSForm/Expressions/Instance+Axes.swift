extension Instance {
    /// Walks an axis (XPath 1.0, section 2.2) in its own order and gives how many nodes were looked at.
    func walk(
        _ axis: Syntax.Axis, from node: Node, where accepts: (Record) -> Bool, found: (Node) -> Void
    ) -> Int {
        var looked = 1
        func look(_ index: Int32) {
            looked += 1
            if accepts(records[Int(index)]) { found(Node(index: index)) }
        }
        /// A range of the arena is a run in document order; attributes are on no axis but their own.
        func look(in range: some Sequence<Int32>) {
            for index in range where records[Int(index)].kind != .attribute { look(index) }
        }
        func lookAlong(_ link: KeyPath<Record, Int32>, from start: Int32) {
            var next = start
            while next >= 0 {
                look(next)
                next = records[Int(next)][keyPath: link]
            }
        }
        let record = record(node)
        switch axis {
        case .self: look(node.index)
        case .child: lookAlong(\.nextSibling, from: record.firstChild)
        case .parent: if record.parent >= 0 { look(record.parent) }
        case .ancestor: lookAlong(\.parent, from: record.parent)
        case .ancestorOrSelf: lookAlong(\.parent, from: node.index)
        case .followingSibling: lookAlong(\.nextSibling, from: record.nextSibling)
        case .precedingSibling: lookAlong(\.previousSibling, from: record.previousSibling)
        case .descendant: look(in: (node.index + 1)..<end(of: node))
        case .descendantOrSelf:
            look(node.index)
            look(in: (node.index + 1)..<end(of: node))
        case .following:
            look(in: end(of: node)..<end(of: documentNode(above: node)))
        case .preceding:
            var around = Set<Int32>()
            var ancestor: Int32 = record.parent
            while ancestor >= 0 {
                around.insert(ancestor)
                ancestor = records[Int(ancestor)].parent
            }
            look(
                in: ((documentNode(above: node).index + 1)..<max(node.index, documentNode(above: node).index + 1))
                    .reversed().lazy.filter { !around.contains($0) })
        case .attribute:
            var index = node.index + 1
            while index < records.count, records[Int(index)].kind == .attribute,
                records[Int(index)].parent == node.index
            {
                look(index)
                index += 1
            }
        }
        return looked
    }
}
