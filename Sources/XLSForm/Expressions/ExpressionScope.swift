/// What a form says about the names in its expressions: where each question stands and what it holds.
package struct ExpressionScope: Sendable {
    package struct Entry: Hashable, Sendable {
        package let name: String
        /// Names of the sections around it, outermost first, without the root.
        package let path: [String]
        /// How many leading names of `path` lead to the repeat that it stands in, that repeat included; nil outside.
        package let repeatDepth: Int?
        package let type: NodeType
        /// A repeat itself; its nodes are its rows.
        package let isRepeat: Bool
        /// The choice list, for `jr:choice-name`.
        package let choiceList: String?

        /// - Parameter repeatName: the last repeat of `path`.
        package init(
            name: String, path: [String], repeatName: String? = nil, type: NodeType, isRepeat: Bool = false,
            choiceList: String? = nil
        ) {
            self.name = name
            self.path = path
            repeatDepth = repeatName.flatMap { path.lastIndex(of: $0) }.map { $0 + 1 }
            self.type = type
            self.isRepeat = isRepeat
            self.choiceList = choiceList
        }

        package var fullPath: [String] { path + [name] }
    }

    package let root: String
    package private(set) var entries: [Entry]
    private var positions: [String: [Int]] = [:]
    private var pathPositions: [[String]: Int] = [:]

    package init(root: String = "data", entries: [Entry] = []) {
        self.root = root
        self.entries = []
        for entry in entries { add(entry) }
    }

    package mutating func add(_ entry: Entry) {
        positions[entry.name, default: []].append(entries.count)
        pathPositions[entry.fullPath] = entries.count
        entries.append(entry)
    }

    /// Every entry of that name; more than one is an ambiguity as soon as somebody refers to it.
    package func entries(named name: String) -> [Entry] { (positions[name] ?? []).map { entries[$0] } }

    /// The entry at a path below the root, without the root's own name.
    package func entry(at path: [String]) -> Entry? { pathPositions[path].map { entries[$0] } }

    /// Whether any entry stands at the path or below it.
    func knows(_ path: [String]) -> Bool {
        path.isEmpty || pathPositions[path] != nil || entries.contains { $0.fullPath.starts(with: path) }
    }
}
