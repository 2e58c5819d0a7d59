/// What a workbook may carry that does more than show figures. It is not sent back to anybody.
package enum RemovedContent: String, Sendable, Hashable, Codable, CaseIterable {
    case macros, embeddedObjects, externalLinks, signatures
}

/// Takes macros, embedded objects and external links out of a package.
///
/// What cannot be taken out without knowing the part that refers to it is refused with `unsupported`.
struct ActiveContent {
    private(set) var removed: Set<RemovedContent> = []

    /// What is done with a relationship of some kind.
    private enum Treatment {
        case keep
        case remove(RemovedContent)
        case refuse
    }

    /// Media types of parts that only active content has.
    static func isActive(type: String) -> Bool {
        ["vbaproject", "oleobject", "activex", "macrosheet", "vmlmacro"].contains { type.contains($0) }
    }

    /// Removes the relationships; the parts behind them are then left behind, and the elements that name them are the
    /// business of those who edit the parts.
    /// - Returns: the ids that are gone, by part.
    mutating func remove(
        from package: inout EditedPackage, workbook: String, sheets: Set<String>
    ) throws(WorkbookError) -> [String: Set<String>] {
        var gone: [String: Set<String>] = [:]
        var seen: Set<String> = []
        var waiting = [""]
        while let part = waiting.popLast() {
            let isSheet = sheets.contains(PackageParts.normalized(part))
            let isKnown = part.isEmpty || part == workbook || isSheet
            var ids: Set<String> = []
            for relationship in try package.relationships(of: part) {
                switch Self.treatment(of: relationship, in: package) {
                case .keep:
                    guard let target = relationship.target, package.has(target) else { continue }
                    if seen.insert(PackageParts.normalized(target)).inserted { waiting.append(target) }
                case .remove(let content) where isKnown:
                    ids.insert(relationship.id)
                    removed.insert(content)
                case .remove, .refuse:
                    throw WorkbookError(.unsupported, "\(part) refers to a \(relationship.kind)")
                }
            }
            try package.removeRelationships(ids, of: part)
            if !ids.isEmpty { gone[PackageParts.normalized(part)] = ids }
        }
        return gone
    }

    private static func treatment(
        of relationship: PackageParts.Relationship, in package: EditedPackage
    ) -> Treatment {
        switch relationship.kind {
        case "vbaProject", "extensibility", "userCustomization", "attachedToolbars": return .remove(.macros)
        case "externalLink", "externalLinkPath": return .remove(.externalLinks)
        case "oleObject", "package", "control", "activeXControlBinary", "webextensiontaskpanes":
            return .remove(.embeddedObjects)
        case "origin": return .remove(.signatures)
        // A macro sheet is a sheet: without it the others would have other numbers.
        case "xlMacrosheet", "xlIntlMacrosheet", "connections", "queryTable": return .refuse
        case "hyperlink": return .keep
        default: break
        }
        guard let target = relationship.target else { return .refuse }
        let type = package.type(of: target) ?? ""
        return isActive(type: type) ? .refuse : .keep
    }
}
