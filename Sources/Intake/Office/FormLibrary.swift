import Campaign
package import Records
package import XLSForm

/// All forms, in all versions that are still accepted. Of each form one version is in force; earlier ones judge the
/// workbooks that were made from them.
package struct FormLibrary: Sendable {
    private let compiled: [FormIdentity: CompiledForm]
    private let inForce: [String: FormIdentity]

    /// - Parameters:
    ///   - current: the forms in force, at most one of each id.
    ///   - earlier: earlier versions.
    package init(current: [CompiledForm], earlier: [CompiledForm]) {
        compiled = Dictionary(
            (current + earlier).map { ($0.definition.identity, $0) }, uniquingKeysWith: { first, _ in first })
        inForce = Dictionary(
            current.map { ($0.definition.settings.id, $0.definition.identity) }, uniquingKeysWith: { first, _ in first }
        )
    }

    package subscript(identity: FormIdentity) -> CompiledForm? { compiled[identity] }

    /// The version in force.
    package func current(_ id: String) -> CompiledForm? { inForce[id].flatMap { compiled[$0] } }

    package func isInForce(_ identity: FormIdentity) -> Bool { inForce[identity.id] == identity }

    package var definitions: [FormDefinition] {
        compiled.values.map(\.definition).sorted {
            ($0.identity.id, $0.identity.version) < ($1.identity.id, $1.identity.version)
        }
    }

    /// The forms whose accepted answers somebody looks up.
    var formsRead: Set<String> {
        let tables = compiled.values.map(\.tablesRead)
        // Which table is named by an answer only shows when it is there.
        guard !tables.contains(nil) else { return Set(inForce.keys) }
        return tables.compactMap(\.self).reduce(FigureBook.formsRead) { $0.union($1) }.intersection(inForce.keys)
    }

    /// The forms in force, by id.
    package var current: [CompiledForm] {
        inForce.values.compactMap { compiled[$0] }.sorted { $0.definition.settings.id < $1.definition.settings.id }
    }
}
