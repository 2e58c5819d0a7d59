/// Reads workbooks of Excel 97 to 2003 (BIFF8) and of Excel 5 and 95 (BIFF5): [MS-XLS].
struct XLSReader {
    private let file: CompoundFile
    private let limits: WorkbookLimits
    private let budget: WorkbookBudget

    /// Names of the stream with the workbook: a file for both generations has both, and the newer one says more.
    static let streamNames = ["Workbook", "Book"]
    private static let macroStorage = "_VBA_PROJECT_CUR"

    init(_ file: CompoundFile, limits: WorkbookLimits) {
        self.file = file
        self.limits = limits
        budget = WorkbookBudget(limits)
    }

    func read() throws(WorkbookError) -> Workbook {
        var records = BinaryRecords(try stream())
        let globals = try BinaryGlobals(&records, limits: limits, budget: budget)
        var worksheet = BinaryWorksheet(globals, budget: budget)
        var sheets: [Sheet] = []
        /// Where each sheet of the file stands in the result; nil for charts, macro sheets and modules.
        var positions: [Int?] = []
        for entry in globals.sheets {
            guard entry.isWorksheet else {
                positions.append(nil)
                continue
            }
            positions.append(sheets.count)
            sheets.append(try worksheet.read(entry, &records))
        }
        return Workbook(
            format: .xls, sheets: sheets, definedNames: definedNames(globals, positions: positions, sheets: sheets),
            properties: try properties(), remarks: remarks(globals))
    }

    private func stream() throws(WorkbookError) -> [UInt8] {
        for name in Self.streamNames {
            if let stream = try file.stream(name) { return stream }
        }
        throw WorkbookError(.notWorkbook, "a compound file without a workbook")
    }

    /// The names of the workbook and of the sheets that were read.
    private func definedNames(_ globals: BinaryGlobals, positions: [Int?], sheets: [Sheet]) -> [DefinedName] {
        let tokens = ReferenceTokens(
            links: globals.links, sheets: globals.sheets.map(\.name), encoding: globals.encoding)
        let sheetNames = Dictionary(sheets.map { ($0.name.lowercased(), $0.name) }) { first, _ in first }
        return globals.names.compactMap { entry in
            var localSheet: Int?
            if let local = entry.localSheet {
                guard positions.indices.contains(local), let position = positions[local] else { return nil }
                localSheet = position
            }
            let formula = tokens.formula(entry.tokens)
            return DefinedName(
                name: entry.name, localSheet: localSheet, formula: formula,
                target: DefinedName.Target(formula: formula, sheets: sheetNames))
        }
    }

    private func properties() throws(WorkbookError) -> [String: String] {
        let stream: [UInt8]?
        do throws(WorkbookError) {
            stream = try file.stream(PropertySet.streamName)
        } catch {
            // The cells can be read all the same.
            return [:]
        }
        return try stream.map { bytes throws(WorkbookError) in try PropertySet(bytes, budget: budget).values } ?? [:]
    }

    private func remarks(_ globals: BinaryGlobals) -> [WorkbookRemark] {
        var remarks: [WorkbookRemark] = []
        if globals.hasMacros || file.has(Self.macroStorage) { remarks.append(.macrosIgnored) }
        if globals.links.hasExternal { remarks.append(.externalLinksIgnored) }
        return remarks
    }
}
