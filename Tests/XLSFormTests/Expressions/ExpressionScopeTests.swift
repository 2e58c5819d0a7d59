import Foundation
import Records
import Testing
import XLSForm

/// Names of a form: what `${name}` leads to, what is refused, what an expression depends on.
@Suite struct ExpressionScopeTests {
    /// A report with a group, and a repeat `hamlets` of three rows.
    static let bench = ExpressionBench(entries: [
        .init(name: "unit", path: [], type: .text, choiceList: "units"),
        .init(name: "totals", path: [], type: .container),
        .init(name: "poor", path: ["totals"], type: .integer),
        .init(name: "signed", path: ["totals"], type: .date),
        .init(name: "hamlets", path: [], type: .container, isRepeat: true),
        .init(name: "hamlet", path: ["hamlets"], repeatName: "hamlets", type: .text),
        .init(name: "figures", path: ["hamlets"], repeatName: "hamlets", type: .container),
        .init(name: "count", path: ["hamlets", "figures"], repeatName: "hamlets", type: .integer),
        .init(name: "twice", path: ["a"], type: .text), .init(name: "twice", path: ["b"], type: .text),
    ]) { instance in
        instance.append("unit", to: instance.root, value: .text("x01"))
        let totals = instance.append("totals", to: instance.root, type: .container)
        instance.append("poor", to: totals, type: .integer, value: .number(60))
        instance.append("signed", to: totals, type: .date, value: CivilDate(iso8601: "2020-06-11").map { .date($0) })
        for (name, count) in [("Một", 34), ("Hai", 7), ("Ba", 19)] {
            let row = instance.append("hamlets", to: instance.root, type: .container)
            instance.append("hamlet", to: row, value: .text(name))
            let figures = instance.append("figures", to: row, type: .container)
            instance.append("count", to: figures, type: .integer, value: .number(Decimal(count)))
        }
    }

    static let counts = bench.context.instance.nodes(named: "count")
    static let home = ["hamlets", "figures", "count"]

    @Test(arguments: [[], ["totals"]])
    func readsAQuestionThatIsNamedLikeTheRoot(path: [String]) throws {
        let bench = ExpressionBench(entries: [
            .init(name: "totals", path: [], type: .container), .init(name: "data", path: path, type: .integer),
        ]) { instance in
            let totals = instance.append("totals", to: instance.root, type: .container)
            instance.append("data", to: path.isEmpty ? instance.root : totals, type: .integer, value: .number(7))
        }
        #expect(try bench.truth("${data} + 1 = 8") == .yes)
        #expect(try bench.compile("${data} + 1").dependencies == ["data"])
    }

    @Test func isRelativeWithinTheSameRow() throws {
        #expect(try Self.bench.text("${hamlet}", at: Self.home, Self.counts[1]) == "Hai")
        #expect(
            try Self.bench.truth(". = 19 and ${hamlet} = 'Ba' and ${count} = .", at: Self.home, Self.counts[2]) == .yes)
        #expect(try Self.bench.truth("${poor} = 60", at: Self.home, Self.counts[0]) == .yes)
    }

    @Test func isEveryRowFromOutside() throws {
        #expect(try Self.bench.truth("sum(${count}) = ${poor}") == .yes)
        #expect(try Self.bench.truth("count(${hamlets}) = 3 and count(${hamlet}) = 3") == .yes)
        #expect(try Self.bench.text("join(', ', ${hamlet})") == "Một, Hai, Ba")
        #expect(try Self.bench.truth("max(${count}) = 34 and min(${count}) = 7") == .yes)
    }

    @Test func meansTheCurrentRowInsideAPredicate() throws {
        let rank = "count(/data/hamlets[figures/count > ${count}]) + 1"
        let ranks = try Self.counts.map { try Self.bench.text(rank, at: Self.home, $0) }
        #expect(ranks == ["1", "3", "2"])
        let before = "/data/hamlets[position() = position(current()/../..) - 1]/hamlet"
        #expect(try Self.counts.map { try Self.bench.text(before, at: Self.home, $0) } == ["", "Một", "Hai"])
    }

    @Test func indexedRepeat() throws {
        #expect(try Self.bench.text("indexed-repeat(${hamlet}, ${hamlets}, 2)") == "Hai")
        #expect(try Self.bench.text("indexed-repeat(${count}, ${hamlets}, 3)", at: Self.home, Self.counts[0]) == "19")
        #expect(try Self.bench.text("indexed-repeat(/data/hamlets/hamlet, /data/hamlets, 1)") == "Một")
        #expect(try Self.bench.text("indexed-repeat(${hamlet}, ${hamlets}, 9)") == "")
        #expect(try Self.bench.text("/data/hamlets[2]/hamlet") == "Hai")
    }

    @Test(arguments: [
        ("1 + ${nothing}", ExpressionError.Code.unknownName, 5), ("${twice} = 'x'", .ambiguousName, 1),
        ("/data/nothing > 1", .unknownName, 7), ("/wrong/unit", .unknownName, 2),
        ("${poor} > ${count}", .severalNodes, 11),
        ("/data/hamlets/hamlet = 'x'", .severalNodes, 1), ("string-length(${hamlet})", .severalNodes, 15),
        ("if(${count} > 1, 1, 0)", .severalNodes, 4), ("foo(1)", .unknownFunction, 1),
        ("1 + upper-case('a')", .unknownFunction, 5),
        ("area(${unit})", .refusedFunction, 1), ("round()", .argumentCount, 1), ("if(1, 2)", .argumentCount, 1),
        ("true(1)", .argumentCount, 1), ("pulldata('a', 'b', 'c')", .argumentCount, 1), ("count(5)", .typeMismatch, 7),
        ("sum('a')", .typeMismatch, 5), ("'abc' + 1", .typeMismatch, 1), ("${poor} = 'abc'", .typeMismatch, 11),
        ("${signed} >= 'hôm qua'", .typeMismatch, 14), ("date('31/12/2020')", .typeMismatch, 6),
        ("5 | 6", .typeMismatch, 1),
        ("regex(${unit}, '[')", .pattern, 16), ("regex(${unit}, '(?=a)')", .pattern, 16), ("$x + 1", .unsupported, 1),
        ("indexed-repeat(${unit}, ${hamlets}, 1)", .typeMismatch, 16),
        ("indexed-repeat(${hamlet}, ${totals}, 1)", .typeMismatch, 27),
        ("jr:choice-name(${unit}, '${nothing}')", .unknownName, 25), ("digest(${unit}, 'CRC')", .typeMismatch, 17),
        ("/data/unit/text()", .unsupported, 12),
    ])
    func refuses(_ source: String, _ code: ExpressionError.Code, _ column: Int) {
        let error = #expect(throws: ExpressionError.self) { try Self.bench.compile(source) }
        #expect(error?.code == code, "\(source): \(String(describing: error))")
        #expect(error?.column == column, "\(source): \(String(describing: error))")
    }

    @Test(arguments: [
        ("${poor} + sum(${count})", ["poor", "count"]), (". > 1 and ${unit} != ''", ["unit"]),
        ("/data/totals/poor", ["poor"]), ("../poor", ["poor"]),
        ("indexed-repeat(${hamlet}, ${hamlets}, 1)", ["hamlet", "hamlets"]),
        ("instance('t')/root/item[name = ${unit}]/label", ["unit"]), ("count(//count)", ["count"]), ("1 + 1", []),
    ])
    func knowsWhatItReads(_ source: String, _ names: [String]) throws {
        #expect(try Self.bench.compile(source, at: ["totals", "signed"]).dependencies == Set(names))
    }

    @Test(arguments: [
        ("${poor} + 1", NodeType.decimal), ("${signed}", .date), ("today()", .date), ("${unit} != ''", .text),
        ("pulldata('a', 'b', 'c', 'd')", .text), ("if(${poor} > 1, ${poor}, '')", .untyped),
        ("coalesce(${poor}, 0)", .decimal),
    ])
    func knowsItsType(_ source: String, _ type: NodeType) throws {
        #expect(try Self.bench.compile(source).resultType == type)
    }

    @Test func knowsItsTables() throws {
        let both = try Self.bench.compile("pulldata('a', 'b', 'c', ${unit}) = instance('d')/root/item[1]/x")
        #expect(both.tableNames == ["a", "d"])
    }

    @Test func remembersWhatItRead() throws {
        var context = Self.bench.context
        let rule = try Self.bench.compile("${poor} = sum(${count})")
        #expect(try rule.truth(at: context.instance.root, in: &context) == .yes)
        #expect(context.nodesRead == context.instance.nodes(named: "poor") + context.instance.nodes(named: "count"))
    }

    @Test func aChangedValueIsSeen() throws {
        var context = Self.bench.context
        let sum = try Self.bench.compile("sum(${count})")
        #expect(try sum.text(at: context.instance.root, in: &context) == "60")
        context.setValue(.number(40), of: Self.counts[1])
        #expect(try sum.text(at: context.instance.root, in: &context) == "93")
        context.setValue(nil, of: Self.counts[0])
        #expect(try sum.text(at: context.instance.root, in: &context) == "59")
    }
}
