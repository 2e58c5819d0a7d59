import Foundation
import Records
import Testing
import XLSForm

/// What a blank does: Kleene's logic, absent look-ups, and what the outside is shown.
@Suite struct TruthTests {
    /// `${yes}` and `${no}` are 1 and 0; `${blank}` is blank, so that `${blank} = 1` is undecided.
    static let bench = ExpressionBench(
        entries: [
            .init(name: "one", path: [], type: .integer), .init(name: "blank", path: [], type: .integer),
            .init(name: "blank_text", path: [], type: .text), .init(name: "zero_blank", path: [], type: .integer),
            .init(name: "day", path: [], type: .date),
        ]
    ) { instance in
        instance.append("one", to: instance.root, type: .integer, value: .number(1))
        instance.append("blank", to: instance.root, type: .integer)
        instance.append("blank_text", to: instance.root)
        instance.append("zero_blank", to: instance.root, type: .integer, blankIsZero: true)
        instance.append(
            "day", to: instance.root, type: .date, value: CivilDate(iso8601: "2020-06-11").map { .date($0) })
    } snapshot: {
        ReferenceSnapshot(tables: [
            "units": ReferenceTable(
                columns: ["khoa", "name", "count"], rows: [["a", "Tân Kỳ", "7"], ["b", "", ""], ["", "?", "9"]])
        ])
    }

    static let operands: [(String, Truth)] = [
        ("(${one} = 1)", .yes), ("(${one} = 0)", .no), ("(${blank} = 1)", .undecided),
    ]

    @Test func kleenesTables() throws {
        var count = 0
        for (left, a) in Self.operands {
            #expect(try Self.bench.truth("not\(left)") == !a)
            for (right, b) in Self.operands {
                let and: Truth = a == .no || b == .no ? .no : a == .yes && b == .yes ? .yes : .undecided
                let or: Truth = a == .yes || b == .yes ? .yes : a == .no && b == .no ? .no : .undecided
                #expect(try Self.bench.truth("\(left) and \(right)") == and, "\(left) and \(right)")
                #expect(try Self.bench.truth("\(left) or \(right)") == or, "\(left) or \(right)")
                for (other, c) in Self.operands {
                    let chosen = a == .yes ? b : a == .no ? c : .undecided
                    #expect(try Self.bench.truth("if(\(left), \(right), \(other))") == chosen)
                    count += 1
                }
            }
        }
        #expect(count == 27)
    }

    @Test(arguments: ["=", "!=", "<", "<=", ">", ">="])
    func everyComparisonWithABlankIsUndecided(_ sign: String) throws {
        for other in ["1", "${one}", "'x'", "${blank}", "true()", "${day}", "${blank} + 1"] {
            #expect(try Self.bench.truth("${blank_text} \(sign) \(other)") == .undecided, "\(sign) \(other)")
            #expect(try Self.bench.truth("\(other) \(sign) ${blank_text}") == .undecided, "\(other) \(sign)")
        }
    }

    @Test func aBlankIsTheEmptyText() throws {
        #expect(try Self.bench.truth("${blank} = ''") == .yes)
        #expect(try Self.bench.truth("'' != ${blank}") == .no)
        #expect(try Self.bench.truth("${one} = ''") == .no)
        #expect(try Self.bench.truth("${one} != ''") == .yes)
        #expect(try Self.bench.text("concat('<', ${blank}, '>')") == "<>")
        #expect(try Self.bench.truth("string-length(${blank}) > 0") == .no)
        #expect(try Self.bench.truth("boolean(${blank})") == .no)
    }

    @Test(arguments: [
        "${blank} + 1", "1 - ${blank}", "${blank} * 0", "${blank} div 1", "-${blank}", "${blank} mod 2",
        "number(${blank})",
        "round(${blank})", "int(${blank_text})", "abs(${blank} + 1)", "pow(${blank}, 2)", "min(${blank})",
        "date(${blank}) + 1",
        "if(${blank} = 1, 2, 3)", "number('')",
    ])
    func arithmeticWithABlankIsUndecidedAndShowsNaN(_ source: String) throws {
        #expect(try Self.bench.truth("(\(source)) >= 0") == .undecided)
        #expect(try Self.bench.json(source) == #"{"type":"number","value":"NaN"}"#)
    }

    @Test func undecidedTruthShowsFalse() throws {
        #expect(try Self.bench.json("${blank} = 1") == #"{"type":"boolean","value":false}"#)
        #expect(try Self.bench.json("not(${blank} = 1)") == #"{"type":"boolean","value":false}"#)
        #expect(try Self.bench.json("${blank}") == #"{"type":"nodes","value":[""]}"#)
    }

    @Test func whatIsNoNumberIsDecided() throws {
        #expect(try Self.bench.truth("number('abc') > 0") == .no)
        #expect(try Self.bench.truth("number('abc') != number('abc')") == .yes)
    }

    @Test func aBlankMayCountAsZero() throws {
        #expect(try Self.bench.truth("${zero_blank} >= 0") == .yes)
        #expect(try Self.bench.truth("${zero_blank} + 1 = 1") == .yes)
        #expect(try Self.bench.truth("${zero_blank} = 0") == .yes)
        #expect(try Self.bench.truth("${zero_blank} = ''") == .yes)
    }

    @Test func anAbsentLookUp() throws {
        let absent = "pulldata('units', 'count', 'khoa', 'z')"
        let empty = "pulldata('units', 'count', 'khoa', 'b')"
        let nowhere = "pulldata('no_table', 'count', 'khoa', 'a')"
        let blankKey = "pulldata('units', 'count', 'khoa', ${blank})"
        for lookUp in [absent, empty, nowhere, blankKey] {
            #expect(try Self.bench.truth("\(lookUp) = ''") == .yes)
            #expect(try Self.bench.truth("\(lookUp) != ''") == .no)
            #expect(try Self.bench.text("concat(\(lookUp), 'x')") == "x")
            #expect(try Self.bench.truth("${one} = number(\(lookUp))") == .undecided)
            #expect(try Self.bench.truth("\(lookUp) != 'khong'") == .undecided)
            #expect(try Self.bench.truth("\(lookUp) >= 2") == .undecided)
            #expect(try Self.bench.truth("\(lookUp) = '' or ${one} = number(\(lookUp))") == .yes)
        }
        #expect(try Self.bench.truth("pulldata('units', 'count', 'khoa', 'a') = 7") == .yes)
        #expect(try Self.bench.truth("pulldata('units', 'name', 'khoa', 'a') = 'Tân Kỳ'") == .yes)
    }

    @Test func lookUpsAreRecordedOnceEach() throws {
        var context = Self.bench.context
        let rule = try Self.bench.compile("pulldata('units', 'count', 'khoa', 'z') = '' or ${one} = 1")
        for _ in 0..<3 { _ = try rule.truth(at: context.instance.root, in: &context) }
        let found = try Self.bench.compile("pulldata('units', 'count', 'khoa', concat('', 'a'))")
        _ = try found.evaluate(at: context.instance.root, in: &context)
        #expect(
            context.lookups == [
                Lookup(table: "units", column: "count", keyColumn: "khoa", key: "z", found: nil),
                Lookup(table: "units", column: "count", keyColumn: "khoa", key: "a", found: "7"),
            ])
        #expect(rule.tableNames == ["units"])
    }

    @Test func aChecklistCountsWhatIsCertain() throws {
        #expect(try Self.bench.truth("checklist(1, 2, ${one} = 1, ${blank} = 1)") == .yes)
        #expect(try Self.bench.truth("checklist(2, -1, ${one} = 1, ${blank} = 1)") == .undecided)
        #expect(try Self.bench.truth("checklist(2, 3, ${one} = 0, ${blank} = 1)") == .no)
    }
}
