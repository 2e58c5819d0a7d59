import Zip

/// Reads Office Open XML workbooks, transitional and strict, with or without macros (ECMA-376 Part 1, 18).
struct XLSXReader {
    private let parts: PackageParts
    private let limits: WorkbookLimits
    private let budget: WorkbookBudget
    private let format: WorkbookFormat
    private let workbookPart: String

    init(_ parts: PackageParts, workbookPart: String, format: WorkbookFormat, limits: WorkbookLimits) {
        self.parts = parts
        self.workbookPart = workbookPart
        self.format = format
        self.limits = limits
        budget = WorkbookBudget(limits)
    }

    func read() throws(WorkbookError) -> Workbook {
        var workbook = WorkbookPart(limits: limits, budget: budget)
        try parts.visit(workbookPart, with: &workbook)
        let relationships = try parts.relationships(of: workbookPart)
        var strings = SharedStrings(budget: budget)
        var formats = StylesPart(budget: budget)
        for relationship in relationships {
            guard let target = relationship.target else { continue }
            switch relationship.kind {
            case "sharedStrings": try parts.visit(target, with: &strings)
            case "styles": try parts.visit(target, with: &formats)
            default: break
            }
        }
        let dates = SerialDate(isEpoch1904: workbook.isEpoch1904)
        var worksheet = WorksheetPart(strings: strings, formats: formats, dates: dates, budget: budget)
        let byID = Dictionary(relationships.map { ($0.id, $0) }) { first, _ in first }
        var sheets: [Sheet] = []
        /// Where each sheet of the file stands in the result; nil for charts and dialogs.
        var positions: [Int?] = []
        for entry in workbook.sheets {
            guard let part = try worksheetPart(entry, byID) else {
                positions.append(nil)
                continue
            }
            worksheet.begin(entry.name)
            try parts.visit(part, with: &worksheet)
            positions.append(sheets.count)
            sheets.append(worksheet.finish(entry.visibility))
        }
        return Workbook(
            format: format, sheets: sheets, definedNames: definedNames(workbook, positions: positions, sheets: sheets),
            properties: try properties(), remarks: remarks(workbook, relationships))
    }

    /// The part of a worksheet; nil for the other kinds of sheet, which have no cells.
    private func worksheetPart(
        _ entry: WorkbookPart.SheetEntry, _ relationships: [String: PackageParts.Relationship]
    ) throws(WorkbookError) -> String? {
        guard let relationship = relationships[entry.relationship] else {
            throw WorkbookError(.damaged, "sheet \(entry.name) has no part")
        }
        guard relationship.kind == "worksheet" else { return nil }
        guard let part = relationship.target, parts.has(part) else {
            throw WorkbookError(.damaged, "the part of sheet \(entry.name) is missing")
        }
        return part
    }

    /// The names of the workbook and of the sheets that were read.
    private func definedNames(_ workbook: WorkbookPart, positions: [Int?], sheets: [Sheet]) -> [DefinedName] {
        let sheetNames = Dictionary(
            sheets.flatMap { [($0.name, $0.name), ($0.name.lowercased(), $0.name)] },
            uniquingKeysWith: { first, _ in first })
        return workbook.names.compactMap { entry in
            var localSheet: Int?
            if let local = entry.localSheet {
                guard positions.indices.contains(local), let position = positions[local] else { return nil }
                localSheet = position
            }
            return DefinedName(
                name: entry.name, localSheet: localSheet, formula: entry.formula,
                target: DefinedName.Target(formula: entry.formula, sheets: sheetNames))
        }
    }

    private func properties() throws(WorkbookError) -> [String: String] {
        var properties = CustomProperties(budget: budget)
        for relationship in parts.relationships {
            // The strict type is spelt without the hyphen.
            guard ["custom-properties", "customProperties"].contains(relationship.kind),
                let target = relationship.target
            else { continue }
            try parts.visit(target, with: &properties)
        }
        return properties.values
    }

    private func remarks(
        _ workbook: WorkbookPart, _ relationships: [PackageParts.Relationship]
    ) -> [WorkbookRemark] {
        var remarks: [WorkbookRemark] = []
        let macroKinds = ["vbaProject", "xlMacrosheet", "xlIntlMacrosheet"]
        if relationships.contains(where: { macroKinds.contains($0.kind) }) { remarks.append(.macrosIgnored) }
        if workbook.hasExternalReferences || relationships.contains(where: { $0.kind == "externalLink" }) {
            remarks.append(.externalLinksIgnored)
        }
        return remarks
    }
}
