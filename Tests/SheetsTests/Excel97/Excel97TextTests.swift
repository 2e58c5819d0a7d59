import Sheets
import Testing

/// Texts of workbook streams: how they are cut by CONTINUE records, their fonts, the bytes of older files.
@Suite struct Excel97TextTests {
    typealias Builder = BinaryWorkbookBuilder

    private func text(_ strings: [UInt8], before: [UInt8] = []) throws -> String? {
        let builder = Builder(before: before, after: strings, cells: Builder.shared(1, 1, 0))
        guard case .text(let text) = try builder.read().sheets[0].cells.first?.value else { return nil }
        return text
    }

    @Test func readsTextsOfOneAndTwoBytes() throws {
        #expect(try text(Builder.strings([3, 0, 0] + Builder.latin("ab\u{B8}"))) == "ab\u{B8}")
        #expect(try text(Builder.strings([4, 0, 1] + Builder.wide("Xã ờ"))) == "Xã ờ")
        #expect(try text(Builder.strings([2, 0, 1] + Builder.wide("😀"))) == "😀")
    }

    /// [MS-XLS] 2.5.293: where a text is cut, the next record begins with a new flag.
    @Test(arguments: [
        // Cut within the characters, in the same width and in another.
        Builder.strings([4, 0, 0] + Builder.latin("ab"), [0] + Builder.latin("cd")),
        Builder.strings([4, 0, 0] + Builder.latin("ab"), [1] + Builder.wide("cd")),
        Builder.strings([4, 0, 1] + Builder.wide("abc"), [0] + Builder.latin("d")),
        // Cut before the first character.
        Builder.strings([4, 0, 1], [0] + Builder.latin("abcd")),
        // A record that holds nothing but the flag, and one that holds nothing.
        Builder.strings([4, 0, 1] + Builder.wide("ab"), [0], [0] + Builder.latin("cd")),
        Builder.strings([4, 0, 1] + Builder.wide("ab"), [], [0] + Builder.latin("cd")),
        // A byte left over.
        Builder.strings([4, 0, 1] + Builder.wide("ab") + [0x63], [0] + Builder.latin("cd")),
        // Cut within the head, the runs and the phonetic block, where no flag is repeated.
        Builder.strings([4], [0, 0] + Builder.latin("abcd")),
        Builder.strings([4, 0, 8, 1, 0] + Builder.latin("abcd"), [0, 0, 0, 0]),
        Builder.strings([4, 0, 4, 4, 0, 0, 0] + Builder.latin("abcd") + [9], [9, 9, 9]),
    ])
    func putsTextsTogetherAgain(first: [UInt8]) throws {
        #expect(try text(first) == "abcd")
        // What follows such a text is found, too.
        let next = first + Builder.record(0x3C, [2, 0, 0] + Builder.latin("xy"))
        let builder = Builder(after: next, cells: Builder.shared(1, 1, 0) + Builder.shared(2, 1, 1))
        #expect(try builder.listing() == ["A1=\"abcd\"", "A2=\"xy\""])
    }

    /// There is no font 4: the fifth is number 5.
    @Test func namesTheFontsOfRuns() throws {
        let fonts = ["Arial", "B", "C", "D", ".VnTime"].flatMap(Builder.font)
        let string: [UInt8] = [5, 0, 8, 2, 0] + Builder.latin("a\u{B8}\u{B8}bc") + [1, 0, 5, 0, 3, 0, 1, 0]
        let builder = Builder(
            before: fonts + Builder.format(font: 2), after: Builder.strings(string), cells: Builder.shared(1, 1, 0))
        #expect(
            try builder.read().sheets[0].cells[0].runs == [
                FontRun(text: "a", font: "C"), FontRun(text: "\u{B8}\u{B8}", font: ".VnTime"),
                FontRun(text: "bc", font: "B"),
            ])
    }

    @Test func givesAWholeCellItsFont() throws {
        let builder = Builder(
            before: Builder.font(".VnTime") + Builder.format(), after: Builder.strings([2, 0, 0, 0xB8, 0x61]),
            cells: Builder.shared(1, 1, 0))
        #expect(try builder.read().sheets[0].cells[0].runs == [FontRun(text: "\u{B8}a", font: ".VnTime")])
    }

    /// Excel 5 and 95: a code page for the whole workbook. The bytes of TCVN3 come through as U+00A1…U+00FE.
    @Test(arguments: [
        (1252, [0x80, 0xA1, 0xFE, 0x81] as [UInt8], "€\u{A1}\u{FE}\u{81}"),
        (1258, [0xD0, 0xF2, 0xC3, 0xFE], "Đ\u{323}Ă₫"),
        (874, [0xA1, 0xFB], "ก๛"), (1251, [0xC0, 0xFF], "Ая"), (10_000, [0x80, 0xD0], "Ä–"), (0x8001, [0xB8], "\u{B8}"),
        (4242, [0xB8], "\u{B8}"),
    ])
    func readsBytesOfOlderFiles(page: Int, bytes: [UInt8], text: String) throws {
        let label = Builder.cell(0x0204, 1, 1, Little.short(bytes.count) + bytes)
        let builder = Builder(.biff5, before: Builder.record(0x42, Little.short(page)), cells: label)
        #expect(try builder.listing() == ["A1=\"\(text)\""])
    }

    @Test func readsRichTextOfOlderFiles() throws {
        let fonts = ["Arial", ".VnTime"].flatMap { name in
            Builder.record(0x31, Array(repeating: 0, count: 14) + [UInt8(name.utf8.count)] + Builder.latin(name))
        }
        let label = Builder.cell(0xD6, 1, 1, [2, 0, 0x61, 0xB8, 1, 1, 1])
        let builder = Builder(.biff5, before: fonts + Builder.format(), cells: label)
        #expect(
            try builder.read().sheets[0].cells[0].runs == [
                FontRun(text: "a", font: "Arial"), FontRun(text: "\u{B8}", font: ".VnTime"),
            ])
    }

    @Test func takesTheTextOfAFormulaFromWhereItStands() throws {
        let formula = Builder.cell(0x06, 1, 1, [0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0])
        let shared = Builder.record(0x04BC, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
        let result =
            Builder.record(0x0207, [4, 0, 0] + Builder.latin("ab")) + Builder.record(0x3C, [1] + Builder.wide("cờ"))
        #expect(try Builder(cells: formula + shared + result).listing() == ["A1=\"abcờ\""])
        #expect(try Builder(cells: formula + Builder.number(1, 2, 1)).listing() == ["A1=formula", "B1=1.0"])
    }
}
