import Foundation
import Records
import Testing

@testable import XLSForm

/// Each function by its answers, as `formpost evaluate` prints them.
@Suite struct ExpressionFunctionTests {
    /// Received on 11 June 2020 at 14:00 in the office's zone.
    static let bench = ExpressionBench(entries: [
        .init(name: "name", path: [], type: .text), .init(name: "picked", path: [], type: .text, choiceList: "list"),
        .init(name: "blank", path: [], type: .text), .init(name: "day", path: [], type: .date),
        .init(name: "stamp", path: [], type: .dateTime), .init(name: "hour", path: [], type: .time),
        .init(name: "amount", path: [], type: .decimal),
        .init(name: "rows", path: [], type: .container, isRepeat: true),
        .init(name: "value", path: ["rows"], repeatName: "rows", type: .integer),
    ]) { instance in
        instance.append("name", to: instance.root, value: .text("Trần Thị Hà"))
        instance.append("picked", to: instance.root, value: .text("water power"))
        instance.append("blank", to: instance.root)
        instance.append(
            "day", to: instance.root, type: .date, value: CivilDate(iso8601: "2020-06-11").map { .date($0) })
        // 23:30 UTC on 10 June is 06:30 on 11 June in the office.
        instance.append(
            "stamp", to: instance.root, type: .dateTime, value: .dateTime(Date(timeIntervalSince1970: 1_591_831_800)))
        instance.append("hour", to: instance.root, type: .time, value: .time(8 * 3600 + 30 * 60))
        instance.append("amount", to: instance.root, type: .decimal, value: .number(12_345_678_901_234))
        for value in [3, nil, 5, 3, nil] as [Int?] {
            let row = instance.append("rows", to: instance.root, type: .container)
            instance.append("value", to: row, type: .integer, value: value.map { .number(Decimal($0)) })
        }
    } snapshot: {
        ReferenceSnapshot(tables: [
            "places": ReferenceTable(
                columns: ["name", "label", "unit"],
                rows: [["t1", "Thôn Một", "x1"], ["t2", "Thôn Hai", "x1"], ["t3", "Thôn Ba", "x2"]])
        ])
    }

    @Test(arguments: [
        ("round(2.5)", "3"), ("round(-1.5)", "-1"), ("round(1.2345, 2)", "1.23"), ("int(-1.9)", "-1"), ("abs(-3)", "3"),
        ("pow(2, 10)", "1024"), ("pow(2, -2)", "0.25"), ("pow(2, 0.5) > 1.41421", "true"), ("floor(-1.1)", "-2"),
        ("ceiling(-1.9)", "-1"), ("5.1 - 3.85", "1.25"), ("-7 mod 3", "-1"), ("10000000000000 * 10", "100000000000000"),
        ("sum(${value})", "11"), ("min(${value})", "3"), ("max(${value}, 4)", "5"), ("min(3, 1, 2)", "1"),
        ("count(${value})", "5"), ("count-non-empty(${value})", "3"), ("count-distinct(${value})", "2"),
        ("count(/data/rows[value = 3])", "2"), ("sum(${value} | ${value})", "11"), ("true() + true()", "2"),
        ("string-length(${name})", "11"), ("string-length('')", "0"), ("number(' 12 ')", "12"), ("number(true())", "1"),
        ("count-selected(${picked})", "2"), ("${amount} + 1", "12345678901235"), ("position(/data/rows[4])", "4"),
    ])
    func numbers(_ source: String, _ value: String) throws {
        #expect(try Self.bench.text(source) == value)
    }

    @Test(arguments: [
        ("concat('a', 1, true(), ${blank})", "a1true"), ("concat(${value})", "353"),
        ("join('-', 'a', ${blank}, 2)", "a--2"),
        ("substr('hello', 2, 3)", "l"), ("substr('hello', -2)", "lo"), ("substr('hello', 0, -1)", "hell"),
        ("substr('hello', 9)", ""), ("substring('12345', 1.5, 2.6)", "234"), ("substring('12345', 0, 3)", "12"),
        ("substring('12345', -42, 1 div 0)", "12345"), ("substring('12345', 0 div 0, 3)", ""),
        ("substring('Hà Nội', 4)", "Nội"),
        ("substring-before('1999/04/01', '/')", "1999"), ("substring-after('1999/04/01', '/')", "04/01"),
        ("substring-after('abc', '')", "abc"), ("substring-before('abc', 'x')", ""),
        ("normalize-space('  a   b ')", "a b"),
        ("translate('bar', 'abc', 'AB')", "BAr"), ("translate('--aaa--', 'abc-', 'ABC')", "AAA"),
        ("selected-at(${picked}, 1)", "power"), ("selected-at(${picked}, 7)", ""), ("string(0.5)", "0.5"),
        ("jr:choice-name(${picked}, '${picked}')", "picked:water power"),
        ("jr:choice-name('x', ' /data/picked ')", "picked:x"),
        ("coalesce(${blank}, 'b')", "b"), ("coalesce(${name}, 'b')", "Trần Thị Hà"), ("if(1 > 2, 'a', 'b')", "b"),
        ("instance('places')/root/item[name = 't2']/label", "Thôn Hai"), ("once('x')", "x"),
        ("instance('places')/root/item[concat(/data/rows[1]/value, name) = '3t3']/label", "Thôn Ba"),
        ("count(instance('places')/root/item[unit = 'x1'])", "2"), ("instance('places')/root/item[3]/label", "Thôn Ba"),
        ("digest('abc', 'MD5', 'hex')", "900150983cd24fb0d6963f7d28e17f72"),
        ("digest('abc', 'SHA-1')", "qZk+NkcGgWq6PiVxeFDCbJzQ2J0="),
        ("string(1 div 0)", "Infinity"), ("string(100000000000000000000)", "100000000000000000000"),
    ])
    func texts(_ source: String, _ text: String) throws {
        #expect(try Self.bench.text(source) == text)
    }

    @Test(arguments: [
        ("string(${day})", "2020-06-11"), ("${day} + 0", "18424"), ("string(date(18424))", "2020-06-11"),
        ("string(date('2020-06-11'))", "2020-06-11"), ("string(date(${stamp}))", "2020-06-11"),
        ("string(today())", "2020-06-11"),
        ("string(now())", "2020-06-11T14:00:00.000+07:00"), ("${stamp} + 0", "18424"), ("date('1969-12-31') + 0", "-1"),
        ("format-date(${day}, '%d/%m/%Y')", "11/06/2020"),
        ("format-date(${day}, '%e-%n-%y %b %a %%')", "11-6-20 Jun Thu %"),
        ("format-date-time(${stamp}, '%Y-%m-%d %H:%M:%S.%3')", "2020-06-11 06:30:00.000"),
        ("format-date(${blank}, '%Y')", ""),
        ("format-date-time('2020-06-11T08:05:09Z', '%h:%M')", "15:05"), ("string(${hour})", "08:30:00"),
        ("round(decimal-date-time('1970-01-02T19:00:00+07:00'), 3)", "1.5"),
        ("string(date-time('2020-06-11'))", "2020-06-11T00:00:00.000+07:00"),
        ("format-date(18424, '%Y-%m-%d')", "2020-06-11"), ("number(format-date(${day}, '%Y'))", "2020"),
    ])
    func dates(_ source: String, _ text: String) throws {
        #expect(try Self.bench.text(source) == text)
    }

    @Test(arguments: [
        ("${day} = '2020-06-11'", true), ("${day} >= date('2016-01-01') and ${day} <= today()", true),
        ("${day} > '2020-06-10'", true),
        ("${stamp} = ${day}", true), ("${day} = 18424", true), ("${day} != '2020-06-12'", true),
        ("${hour} > 1 div 3", true),
        ("boolean-from-string('TRUE')", true), ("boolean-from-string('yes')", false), ("boolean(0 div 0)", false),
        ("boolean('0')", true), ("selected(${picked}, 'water')", true), ("selected(${picked}, 'wat')", false),
        ("selected(${blank}, 'x')", false), ("contains('Tân Kỳ', 'Kỳ')", true), ("contains('', '')", true),
        ("starts-with('ab', 'b')", false), ("ends-with('ab', 'b')", true), ("ends-with('b', 'ab')", false),
        ("'a' < 'b'", false), ("1 = true()", true), ("'x' = true()", true), ("0.1 + 0.2 = 0.3", true),
        ("1 div 3 * 3 = 1", true),
        ("10000000000000 = 10000000000000.000001", false), ("'1.0' = 1", true), ("'1.0' = '1'", false),
        ("regex('0912345678', '0[0-9]{9,10}')", true), ("regex('x0912345678', '0[0-9]{9,10}')", false),
        ("regex('', 'a*')", true),
    ])
    func truths(_ source: String, _ truth: Bool) throws {
        #expect(try Self.bench.truth(source) == Truth(truth))
    }

    @Test func chanceIsTheSameForTheSameMessage() throws {
        let (first, again) = (try Self.bench.text("random()"), try Self.bench.text("random()"))
        #expect(first == again)
        #expect(try Self.bench.truth("random() >= 0 and random() < 1 and random() != random()") == .yes)
        let uuid = try Self.bench.text("uuid()")
        #expect(
            try #require(RegularPattern("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")).accepts(
                uuid))
        #expect(try Self.bench.text("string-length(uuid(12))") == "12")
    }

    @Test func severalNodesWhereNoFormSaysSo() throws {
        var console = ExpressionConsole(context: Self.bench.context)
        #expect(console.answer("/data/rows/value + 1").hasPrefix(#"{"error":"#))
        #expect(console.answer("instance('nowhere')/root/item").hasPrefix(#"{"error":"#))
        #expect(console.answer("1 +").hasSuffix(#""column":4}"#))
    }
}

@Suite struct RegularPatternTests {
    @Test(arguments: [
        ("[^@ ,;]+@[^@ ,;]+\\.[A-Za-z]+", "ha@nghean.gov.vn", true),
        ("[^@ ,;]+@[^@ ,;]+\\.[A-Za-z]+", "ha@nghean", false),
        ("[0-9]{10}(-[0-9]{3})?", "0123456789-001", true), ("[0-9]{10}(-[0-9]{3})?", "0123456789-01", false),
        ("a|bc|d*", "ddd", true), ("a|bc|d*", "ab", false), ("(a|b)+c", "ababc", true), ("(?:ab){2,3}", "ababab", true),
        ("(?:ab){2,3}", "abababab", false), ("a{2,}", "aaaa", true), ("a{2}", "aaa", false),
        ("\\d+\\s\\w+", "12 ab_3", true),
        ("\\D+", "12", false), ("\\p{Lu}\\p{L}*( \\p{Lu}\\p{L}*)*", "Trần Thị Hà", true), ("\\p{L}+", "a1", false),
        ("[\\w.-]+", "a.b-c_9", true), ("[]a]+", "]a", true), ("[^\\d]+", "a1", false), ("^abc$", "abc", true),
        ("a^b", "ab", false),
        (".*", "bất kỳ", true), ("a.c", "a\nc", false), ("x*?y+?", "xxy", true), ("\\.\\*\\[", ".*[", true),
        ("\\u1EBFx", "ếx", true),
        ("(a*)*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac", false), ("", "", true), ("", "a", false),
        ("[a-c-]+", "a-c", true),
    ])
    func matchesTheWhole(_ pattern: String, _ text: String, _ matches: Bool) throws {
        #expect(try #require(RegularPattern(pattern)).accepts(text) == matches)
    }

    @Test(arguments: [
        "[", "(", ")", "a)", "*", "+a", "a{", "a{2", "a{3,2}", "(?=a)", "(?!a)", "(?<n>a)", "\\1", "[z-a]", "\\q",
        "a++", "\\p{Xx}",
        "[a&&b]", "(a{1000}){1000}", "\\",
    ])
    func refuses(_ pattern: String) {
        #expect(RegularPattern(pattern) == nil)
    }

    @Test func survivesAnyPattern() {
        var generator = SeededGenerator(5)
        let pieces = [
            "a", "[", "]", "(", ")", "{", "2", ",", "}", "*", "+", "?", "|", "\\", "^", "-", "p{L}", "ộ", ".", "$",
        ]
        var read = 0
        for _ in 0..<20_000 {
            let source = (0..<Int.random(in: 0..<10, using: &generator)).map { _ in
                pieces.randomElement(using: &generator) ?? ""
            }.joined()
            if let pattern = RegularPattern(source) {
                read += 1
                _ = pattern.accepts("aa2,")
            }
        }
        #expect(read > 1_000)
    }
}

extension RegularPattern {
    fileprivate func accepts(_ text: String) -> Bool { matches(text) { (_: Int) throws(Never) in } }
}
