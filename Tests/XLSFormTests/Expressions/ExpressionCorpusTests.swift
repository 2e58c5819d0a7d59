import Foundation
import Records
import Testing
import XLSForm

/// 126 expressions put to JavaRosa and to Enketo's engine. Ours answers like JavaRosa, but for the table of differences.
@Suite struct ExpressionCorpusTests {
    struct Difference: Sendable {
        enum Engine: Sendable { case javaRosa, enketo }

        let source: String
        /// nil where the dialect refuses the expression.
        let answer: String?
        let from: Set<Engine>
        let reason: String

        init(_ source: String, _ answer: String?, from: Set<Engine>, _ reason: String) {
            self.source = source
            self.answer = answer
            self.from = from
            self.reason = reason
        }
    }

    static let differences: [Difference] =
        [
            .init("/data/household/resident[2]/nome", nodes("Bia"), from: [.javaRosa], "repeat[2] is supported"),
            .init("/data/household/resident[last()]/nome", nodes("Caio"), from: [.javaRosa], "last() is supported"),
            .init("count(//idade)", number("3"), from: [.javaRosa], "// is supported"),
            .init("//nome", nodes("Ana", "Bia", "Caio"), from: [.javaRosa], "// is supported"),
            .init(".", nodes(""), from: [.enketo], "a section has no text of its own"),
            .init(#"substring("hello", 2)"#, text("ello"), from: [.javaRosa], "substring() is supported"),
            .init(#"substring("hello", 2, 3)"#, text("ell"), from: [.javaRosa], "substring() is supported"),
            .init(#"substring("hello", 0, 3)"#, text("he"), from: [.javaRosa, .enketo], "XPath 1.0, section 4.2"),
            .init(#"substring("hello", 1.5, 2.6)"#, text("ell"), from: [.javaRosa], "substring() is supported"),
            .init("floor(1.9)", number("1"), from: [.javaRosa], "floor() is supported"),
            .init("ceiling(1.1)", number("2"), from: [.javaRosa], "ceiling() is supported"),
            .init("round(-1.5)", number("-1"), from: [.enketo], "halves go up, as XPath 1.0 says"),
            .init("/data/missing != 0", truth(false), from: [.javaRosa], "with a blank it is undecided"),
            .init("boolean(/data/blank)", truth(false), from: [.enketo], "a blank node is false"),
            .init(#"boolean-from-string("TRUE")"#, truth(true), from: [.enketo], "any case, as JavaRosa"),
            .init(#"coalesce(/data/age, "fallback")"#, nodes("42"), from: [.enketo], "the node is handed on"),
            .init("once(/data/age)", nodes("42"), from: [.enketo], "a section has no text of its own"),
            .init(#"regex("a12345678901b", "[0-9]{11}")"#, truth(false), from: [.enketo], "the whole value must match"),
            .init(#"regex("abc123", "[0-9]+")"#, truth(false), from: [.enketo], "the whole value must match"),
            .init(#"concat(/data/household/resident/nome, "!")"#, nil, from: [.enketo], "several nodes"),
            .init("/data/household/resident/idade = 7", nil, from: [.enketo], "several nodes"),
            .init("/data/household/resident/idade != 7", nil, from: [.enketo], "several nodes"),
        ]
        + [
            "distance(/data/trecho)", "distance(/data/area_quadra)", "distance(/data/um_ponto)",
            #"distance("-23.5505 -46.6333 0 0;-23.5605 -46.6333 0 0")"#, "area(/data/area_quadra)",
            "area(/data/trecho)", "round(distance(/data/trecho))", "round(area(/data/area_quadra))",
        ].map { .init($0, nil, from: [.javaRosa, .enketo], "geographic functions are refused") }
        + [
            // JavaRosa refuses it too, for a reason of its own.
            .init(
                #"area("-1 -1 0 0;-1 1 0 0;1 1 0 0;1 -1 0 0;-1 -1 0 0")"#, nil, from: [.enketo],
                "geographic functions are refused")
        ]

    private static func nodes(_ texts: String...) -> String {
        #"{"type":"nodes","value":["# + texts.map { "\"\($0)\"" }.joined(separator: ",") + "]}"
    }

    private static func number(_ digits: String) -> String { #"{"type":"number","value":"# + digits + "}" }

    private static func text(_ text: String) -> String { #"{"type":"text","value":""# + text + "\"}" }

    private static func truth(_ truth: Bool) -> String { #"{"type":"boolean","value":"# + "\(truth)}" }

    @Test(arguments: [
        (Difference.Engine.javaRosa, "javarosa-expected.json"), (Difference.Engine.enketo, "expected.json"),
    ])
    func agreesOrStandsInTheTable(_ engine: Difference.Engine, _ file: String) throws {
        let expected = try #require(
            try JSONSerialization.jsonObject(with: XPathFixture.data(file)) as? [String: [String: Any]])
        let instance = try InstanceReader.read(Array(XPathFixture.data("instance.xml")))
        // The engines ran three hours west of Greenwich.
        let context = EvaluationContext(
            instance: instance, received: Date(timeIntervalSince1970: 0), zone: OfficeZone(secondsFromGMT: -3 * 3600))
        var console = ExpressionConsole(context: context)
        var differing: Set<String> = []
        var count = 0
        for line in String(decoding: try XPathFixture.data("corpus.txt"), as: UTF8.self).split(separator: "\n")
        where !line.hasPrefix("#") {
            let source = String(line)
            let answer = console.answer(source)
            count += 1
            if try !agrees(answer, try #require(expected[source], "\(source)")) { differing.insert(source) }
            guard let difference = Self.differences.first(where: { $0.source == source }) else { continue }
            #expect(
                difference.answer.map { $0 == answer } ?? answer.hasPrefix(#"{"error":"#),
                "\(source): \(answer); \(difference.reason)")
        }
        #expect(count == 126)
        #expect(differing == Set(Self.differences.filter { $0.from.contains(engine) }.map(\.source)))
    }

    private func agrees(_ answer: String, _ wanted: [String: Any]) throws -> Bool {
        let object = try #require(try JSONSerialization.jsonObject(with: Data(answer.utf8)) as? [String: Any])
        let type = try #require(wanted["type"] as? String)
        if type == "error" { return object["error"] != nil }
        let names = ["nodeset": "nodes", "string": "text", "number": "number", "boolean": "boolean"]
        guard let given = object["value"] as? NSObject, let value = wanted["value"] as? NSObject else { return false }
        return object["type"] as? String == names[type] && given == value
    }
}

/// Fixtures of the reference engines.
enum XPathFixture {
    static func data(_ name: String) throws -> Data {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return try Data(contentsOf: folder.appendingPathComponent("Fixtures/xpath/\(name)"))
    }
}

@Suite struct RelativePathTests {
    /// pyxform's own table. In its names `r` begins a repeat; `a` is the shared repeat.
    @Test func agreesWithPyxform() throws {
        let lines = String(decoding: try XPathFixture.data("get_path_relative_to_lcar_cases.csv"), as: UTF8.self)
            .split(whereSeparator: \.isNewline).dropFirst()
        #expect(lines.count == 472)
        for line in lines {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            let found = RelativePath(
                to: segments(fields[0] + fields[1]), from: segments(fields[0] + fields[2]), fromParent: fields[3] == "1"
            )
            let way = try #require(found, "\(line)")
            #expect("\(way.steps),/\(way.names.joined(separator: "/"))" == "\(fields[4]),\(fields[5])", "\(line)")
        }
    }

    private func segments(_ path: String) -> [RelativePath.Segment] {
        path.split(separator: "/").map { .init(String($0), isRepeat: $0.hasPrefix("r") || $0 == "a") }
    }

    @Test func isAbsoluteWithoutASharedRepeat() {
        let left = [RelativePath.Segment("data"), .init("g"), .init("x")]
        let right = [RelativePath.Segment("data"), .init("g"), .init("y")]
        #expect(RelativePath(to: right, from: left) == nil)
        let row = [RelativePath.Segment("data"), .init("rows", isRepeat: true)]
        #expect(RelativePath(to: row, from: row + [.init("x")]) == nil)
    }
}
