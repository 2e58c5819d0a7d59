import Sheets
import Testing

/// Cells, sheets and names of workbook streams, record by record.
@Suite struct Excel97CellsTests {
    private typealias Builder = BinaryWorkbookBuilder

    /// 30 bits of a whole number, or the upper 30 of a double; maybe in hundredths ([MS-XLS] 2.5.217).
    @Test(
        arguments: [
            (UInt32(5) << 2 | 2, 5.0), (UInt32(bitPattern: -7) << 2 | 2, -7), (UInt32(1234) << 2 | 3, 12.34),
            (0x3FF8_0000, 1.5), (0x3FF8_0001, 0.015), (0, 0),
        ] as [(UInt32, Double)])
    func readsPackedNumbers(word: UInt32, number: Double) throws {
        let builder = Builder(cells: Builder.cell(0x027E, 1, 1, Little.word(word)))
        #expect(try builder.read().sheets[0].cells.map(\.value) == [.number(number)])
    }

    @Test func readsEveryKindOfCell() throws {
        let several = Little.short(0) + Little.word(6) + Little.short(0) + Little.word(10) + Little.short(2)
        let truth: [UInt8] = [1, 0, 1, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0]
        let fault: [UInt8] = [2, 0, 0x2A, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0]
        let nothing: [UInt8] = [3, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0]
        let sum = Little.double(2.5) + [0, 0, 0, 0, 0, 0, 0, 0]
        let cells = [
            Builder.number(1, 1, 1.25), Builder.record(0xBD, Little.short(0) + Little.short(1) + several),
            Builder.cell(0x0205, 2, 1, [1, 0]), Builder.cell(0x0205, 2, 2, [0x17, 1]),
            Builder.cell(0x0204, 3, 1, [2, 0, 0] + Builder.latin("ab")), Builder.cell(0x0204, 3, 2, [0, 0]),
            Builder.cell(0x0201, 3, 3, []), Builder.cell(0x06, 4, 1, sum), Builder.cell(0x0406, 4, 2, sum),
            Builder.cell(0x06, 4, 3, truth), Builder.cell(0x06, 4, 4, fault), Builder.cell(0x06, 4, 5, nothing),
            Builder.number(5, 1, .nan),
        ]
        let builder = Builder(cells: cells.flatMap { $0 })
        #expect(
            try builder.listing() == [
                "A1=1.25", "B1=1.0", "C1=2.0", "A2=true", "B2=error #REF!", "A3=\"ab\"", "A4=2.5", "B4=2.5", "C4=true",
                "D4=error #N/A", "A5=error #NUM!",
            ])
        #expect(try builder.read().sheets[0].cells.filter(\.isFormula).map(\.row) == [4, 4, 4, 4])
    }

    @Test(arguments: [(0, "date 1577836800000"), (1, "date 1704067200000")])
    func turnsNumbersIntoDaysByTheirFormat(epoch: Int, day: String) throws {
        let serial = epoch == 0 ? 43_831.0 : 43_830.0
        let code = Builder.record(0x041E, Little.short(164) + [10, 0, 0] + Builder.latin("dd/mm/yyyy"))
        let formats =
            Builder.format() + Builder.format(number: 164) + Builder.format(number: 14) + Builder.format(number: 9)
        let builder = Builder(
            before: Builder.record(0x22, Little.short(epoch)), after: formats + code,
            cells: Builder.number(1, 1, format: 1, serial) + Builder.number(1, 2, format: 2, serial)
                + Builder.number(1, 3, format: 3, 0.5) + Builder.number(1, 4, format: 99, 7))
        #expect(try builder.listing() == ["A1=\(day)", "B1=\(day)", "C1=0.5", "D1=7.0"])
        #expect(try builder.read().sheets[0].cells.map(\.isPercent) == [false, false, true, false])
    }

    /// Two of one place, which no program writes: the last counts.
    @Test func putsCellsInOrder() throws {
        let cells =
            Builder.number(2, 1, 1) + Builder.number(1, 2, 2) + Builder.number(1, 1, 3) + Builder.number(2, 1, 4)
        #expect(try Builder(cells: cells).listing() == ["A1=3.0", "B1=2.0", "A2=4.0"])
    }

    @Test func readsTheSheetsThatHoldCells() throws {
        let chart = Builder(cells: []).begin(0x0020) + Builder.number(9, 9, 9) + Builder.end
        var builder = Builder(
            cells: chart + Builder.record(0xE5, Little.short(1) + [0, 0, 1, 0, 2, 0, 3, 0]) + Builder.number(1, 1, 1))
        builder.sheets.append(.init(name: "Macro", kind: 1, records: Builder.number(1, 1, 2)))
        builder.sheets.append(.init(name: "Chart", kind: 2, records: []))
        builder.sheets.append(.init(name: "Hidden", visibility: 1, records: Builder.number(1, 1, 3)))
        builder.sheets.append(.init(name: "Very", visibility: 2, records: []))
        let workbook = try builder.read()
        #expect(workbook.format == .xls)
        #expect(workbook.sheets.map(\.name) == ["S", "Hidden", "Very"])
        #expect(workbook.sheets.map(\.visibility) == [.visible, .hidden, .veryHidden])
        #expect(workbook.sheets.map(\.cells.count) == [1, 1, 0])
        #expect(workbook.sheets[0].merged == [CellRange(firstRow: 1, firstColumn: 3, lastRow: 2, lastColumn: 4)])
        #expect(workbook.remarks == [.macrosIgnored])
    }

    // MARK: Names

    private static func name(_ name: String, sheet: Int = 0, flags: Int = 0, _ tokens: [UInt8]) -> [UInt8] {
        Builder.record(
            0x18,
            Little.short(flags) + [0, UInt8(name.utf8.count)] + Little.short(tokens.count) + Little.short(0)
                + Little.short(sheet) + [0, 0, 0, 0, 0] + Builder.latin(name) + tokens)
    }

    /// This workbook's sheets 1, a deleted one, and 0 to 1; then a sheet of another workbook.
    private static let links =
        Builder.record(0x01AE, Little.short(2) + Little.short(0x0401))
        + Builder.record(0x01AE, Little.short(1) + Little.short(9) + [0] + Builder.latin("other.xls"))
        + Builder.record(
            0x17,
            Little.short(4) + [0, 0, 1, 0, 1, 0] + [0, 0, 0xFF, 0xFF, 0xFF, 0xFF] + [0, 0, 0, 0, 1, 0]
                + [1, 0, 0, 0, 0, 0])

    @Test(
        arguments: [
            (
                [0x3A, 0, 0, 3, 0, 2, 0], "'It''s'!$C$4",
                CellRange(firstRow: 4, firstColumn: 3, lastRow: 4, lastColumn: 3)
            ),
            (
                [0x5A, 0, 0, 3, 0, 2, 0xC0], "'It''s'!C4",
                CellRange(firstRow: 4, firstColumn: 3, lastRow: 4, lastColumn: 3)
            ),
            (
                [0x3B, 0, 0, 1, 0, 4, 0, 0, 0, 2, 0], "'It''s'!$A$2:$C$5",
                CellRange(firstRow: 2, firstColumn: 1, lastRow: 5, lastColumn: 3)
            ),
            (
                [0x3B, 0, 0, 0, 0, 0xFF, 0xFF, 1, 0, 1, 0], "'It''s'!$B:$B",
                CellRange(firstRow: 1, firstColumn: 2, lastRow: 1_048_576, lastColumn: 2)
            ),
            (
                [0x3B, 0, 0, 4, 0, 4, 0, 0, 0, 0xFF, 0], "'It''s'!$5:$5",
                CellRange(firstRow: 5, firstColumn: 1, lastRow: 5, lastColumn: 16_384)
            ),
            ([0x3A, 1, 0, 3, 0, 2, 0], "#REF!", nil), ([0x3C, 0, 0, 0, 0, 0, 0], "#REF!", nil),
            ([0x3D, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], "#REF!", nil), ([0x1C, 0x17], "#REF!", nil),
            ([0x3A, 2, 0, 0, 0, 0, 0], "'S:It''s'!$A$1", nil), ([0x3A, 3, 0, 0, 0, 0, 0], "#REF!", nil),
            ([0x3A, 0, 0, 0, 0, 0, 0, 0x3A, 0, 0, 1, 0, 1, 0, 0x10], "'It''s'!$A$1,'It''s'!$B$2", nil),
            ([0x1E, 5, 0], "", nil), ([0x3A, 0, 0], "", nil), ([], "", nil),
        ] as [([UInt8], String, CellRange?)])
    func followsNamesToTheirCells(tokens: [UInt8], formula: String, range: CellRange?) throws {
        var builder = Builder(after: Self.links + Self.name("xf_a", tokens), cells: [])
        builder.sheets.append(.init(name: "It's", records: []))
        let workbook = try builder.read()
        let name = try #require(workbook.definedNames.first)
        #expect(name.name == "xf_a" && name.localSheet == nil)
        #expect(name.formula == formula)
        #expect(name.target == range.map { DefinedName.Target(sheet: "It's", range: $0) })
        #expect(workbook.remarks == [.externalLinksIgnored])
    }

    @Test func keepsNamesWithTheirSheet() throws {
        let tokens: [UInt8] = [0x3A, 0, 0, 0, 0, 0, 0]
        var builder = Builder(
            after: Self.links + Self.name("a", sheet: 3, tokens) + Self.name("b", sheet: 2, tokens)
                + Self.name("c", sheet: 9, tokens) + Self.name("\u{6}", sheet: 1, flags: 0x20, tokens), cells: [])
        builder.sheets.append(.init(name: "Chart", kind: 2, records: []))
        builder.sheets.append(.init(name: "T", records: []))
        let names = try builder.read().definedNames
        #expect(names.map(\.name) == ["a", "_xlnm.Print_Area"])
        #expect(names.map(\.localSheet) == [1, 0])
    }

    /// Excel 5 and 95 put the sheets into the token itself.
    @Test func followsNamesOfOlderFiles() throws {
        let body: [UInt8] =
            [0, 0, 0, 2] + Little.short(21) + [0, 0, 0, 0, 0, 0, 0, 0] + Builder.latin("ab")
            + [0x3B, 0xFF, 0xFF] + Array(repeating: 0, count: 12) + [1, 0, 4, 0, 0, 2]
        let builder = Builder(.biff5, after: Builder.record(0x18, body), cells: [])
        let name = try #require(try builder.read().definedNames.first)
        #expect(name.formula == "'S'!$A$2:$C$5")
        #expect(name.target?.range == CellRange(firstRow: 2, firstColumn: 1, lastRow: 5, lastColumn: 3))
    }
}
