import Foundation
import Records
import Testing
import XLSForm

/// What an evaluation may cost. Counted in steps, never in time.
@Suite struct EvaluationBudgetTests {
    static let rowCount = 10_000

    static func bench(budget: Int = 1_000_000) -> ExpressionBench {
        ExpressionBench(
            entries: [
                .init(name: "total", path: [], type: .integer),
                .init(name: "rows", path: [], type: .container, isRepeat: true),
                .init(name: "value", path: ["rows"], repeatName: "rows", type: .integer),
                .init(name: "share", path: ["rows"], repeatName: "rows", type: .decimal),
            ], stepBudget: budget
        ) { instance in
            instance.append("total", to: instance.root, type: .integer, value: .number(1))
            for number in 0..<rowCount {
                let row = instance.append("rows", to: instance.root, type: .container)
                instance.append("value", to: row, type: .integer, value: .number(Decimal(number)))
                instance.append("share", to: row, type: .decimal)
            }
        }
    }

    @Test(arguments: [
        "sum(${value})", "count(${rows})", "sum(/data/rows/value)", "count(//value)", "max(${value})",
        "/data/rows[9999]/value",
        "indexed-repeat(${value}, ${rows}, 9999)", "count(/data/rows[value > 5])", "join(' ', ${value})",
        "/data/rows[position() = count(${rows})]/value", "count-distinct(${value})",
    ])
    func oneEvaluationIsLinear(_ source: String) throws {
        let bench = Self.bench()
        var context = bench.context
        _ = try bench.compile(source).evaluate(at: context.instance.root, in: &context)
        #expect(context.stepsUsed < 20 * Self.rowCount)
    }

    @Test(arguments: [
        "${value} div sum(${value})", "position(..)", "indexed-repeat(${value}, ${rows}, position(..) - 1)",
        "count(${rows})",
        "${value} * 2 + ${total}",
    ])
    func oneEvaluationForEachRowIsLinear(_ source: String) throws {
        let bench = Self.bench()
        var context = bench.context
        let compiled = try bench.compile(source, at: ["rows", "share"])
        var steps = 0
        for node in context.instance.nodes(named: "share") {
            let value = try compiled.singleValue(at: node, in: &context)
            steps += context.stepsUsed
            context.setValue(value.answer, of: node)
        }
        #expect(steps < 40 * Self.rowCount)
    }

    @Test(arguments: [
        "count(//*[count(//*[count(//*) > 1]) > 1])", "count(//*[count(preceding::*) > 5])",
        "sum(//value[. > count(//value[. > 3])])", "join('', //*[contains(join('', //value), 'x')])",
    ])
    func aHostileExpressionStops(_ source: String) throws {
        let bench = Self.bench(budget: 100_000)
        var context = bench.context
        let compiled = try bench.compile(source)
        let failure = #expect(throws: EvaluationFailure.self) {
            try compiled.evaluate(at: context.instance.root, in: &context)
        }
        #expect(failure?.code == .budget)
    }

    @Test func theBudgetIsEachEvaluationsOwn() throws {
        let bench = Self.bench(budget: 20_000)
        var context = bench.context
        let sum = try bench.compile("sum(${value}) + 0")
        for number in 0..<5 {
            context.setValue(.number(Decimal(number)), of: context.instance.nodes(named: "value")[0])
            #expect(try sum.truth(at: context.instance.root, in: &context) == .yes)
        }
    }

    /// As deep as the parser lets them be.
    @Test(arguments: [
        ("abs(", "1", ")"), ("if(1, ", "1", ", 2)"), ("coalesce('', ", "1", ")"), ("concat(", "1", ")"),
        ("", "1", " + 0"),
        ("", "1", " or 0"), ("--", "1", ""), ("count(/data[", "1", "])"), ("(", "1", ")"),
    ])
    func theDeepestTreesEvaluate(_ before: String, _ middle: String, _ after: String) throws {
        let bench = Self.bench()
        let nested = { (count: Int) in
            String(repeating: before, count: count) + middle + String(repeating: after, count: count)
        }
        let deepest = try #require((1...Expression.maximumDepth).last { (try? Expression(nested($0))) != nil })
        #expect(deepest >= Expression.maximumDepth / 3)
        #expect(try bench.truth(nested(deepest)) == .yes)
    }
}

@Suite struct InstanceTests {
    @Test func readsXML() throws {
        let xml = #"""
            <?xml version="1.0"?><!-- a --><data id='f' xmlns="urn:x" version="1">
              <a>1 &lt; 2 &#x1EBF;</a><b><![CDATA[<x>]]></b><g><c/><c>2</c></g> text <?p i?>
            </data>
            """#
        let instance = try InstanceReader.read(Array(xml.utf8))
        #expect(instance.children(of: instance.root).map { instance.name(of: $0) } == ["a", "b", "g"])
        #expect(instance.attribute("version", of: instance.root) == "1")
        #expect(instance.attribute("xmlns", of: instance.root) == nil)
        var console = ExpressionConsole(
            context: EvaluationContext(instance: instance, received: Date(timeIntervalSince1970: 0)))
        #expect(console.answer("string(/data/a)") == #"{"type":"text","value":"1 < 2 ế"}"#)
        #expect(console.answer("string(/data/b)") == #"{"type":"text","value":"<x>"}"#)
        #expect(console.answer("/data/g/c") == #"{"type":"nodes","value":["","2"]}"#)
    }

    @Test func typesComeFromTheForm() throws {
        let scope = ExpressionScope(entries: [
            .init(name: "n", path: [], type: .integer), .init(name: "d", path: [], type: .date),
            .init(name: "t", path: [], type: .text),
        ])
        let xml = "<data><n>007</n><d>2020-06-11</d><t>007</t></data>"
        let instance = try InstanceReader.read(Array(xml.utf8), scope: scope)
        var console = ExpressionConsole(
            context: EvaluationContext(instance: instance, received: Date(timeIntervalSince1970: 0)), scope: scope)
        #expect(console.answer("string(${n})") == #"{"type":"text","value":"7"}"#)
        #expect(console.answer("string(${t})") == #"{"type":"text","value":"007"}"#)
        #expect(console.answer("${d} + 1") == #"{"type":"number","value":18425}"#)
        #expect(console.answer("date(${d} + 1)") == #"{"type":"date","value":"2020-06-12"}"#)
    }

    @Test(arguments: [
        "", "<a", "<a>", "<a></b>", "<a/><b/>", "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "<a>&x;</a>", "<a b/>",
        "<a b=c/>",
        "text", "<a>&#xFFFFFFFFFF;</a>", "<1/>",
    ])
    func refusesWhatIsNotWellFormed(_ xml: String) {
        #expect(throws: InstanceReader.Failure.self) { try InstanceReader.read(Array(xml.utf8)) }
    }

    @Test func boundsDepth() {
        let xml = String(repeating: "<a>", count: 100_000)
        #expect(throws: InstanceReader.Failure.self) { try InstanceReader.read(Array(xml.utf8)) }
    }
}
