import Foundation
import Records
import Testing
import XLSForm

/// 126 expressions put to JavaRosa and to Enketo's engine. Ours answers like JavaRosa, but for the table of differences.
@Suite struct ExpressionCorpusTests {
    /// Where the dialect departs from JavaRosa: what it answers, and why.
    static let differences: [String: (answer: String, reason: String)] = [
        "/data/household/resident[2]/nome": (#"{"type":"nodes","value":["Bia"]}"#, "positions are supported"),
        "/data/household/resident[last()]/nome": (#"{"type":"nodes","value":["Caio"]}"#, "last() is supported"),
        "count(//idade)": (#"{"type":"number","value":3}"#, "// is supported"),
        "//nome": (#"{"type":"nodes","value":["Ana","Bia","Caio"]}"#, "// is supported"),
        #"substring("hello", 2)"#: (#"{"type":"text","value":"ello"}"#, "substring() is supported, as in XPath 1.0"),
        #"substring("hello", 2, 3)"#: (#"{"type":"text","value":"ell"}"#, "substring() is supported"),
        #"substring("hello", 0, 3)"#: (#"{"type":"text","value":"he"}"#, "substring() as in XPath 1.0; Enketo says o"),
        #"substring("hello", 1.5, 2.6)"#: (#"{"type":"text","value":"ell"}"#, "substring() is supported"),
        "floor(1.9)": (#"{"type":"number","value":1}"#, "floor() is supported"),
        "ceiling(1.1)": (#"{"type":"number","value":2}"#, "ceiling() is supported"),
        "/data/missing != 0": (#"{"type":"boolean","value":false}"#, "a comparison with a blank is undecided"),
    ]

    static let refused: Set<String> = [
        "distance(/data/trecho)", "distance(/data/area_quadra)", "distance(/data/um_ponto)",
        #"distance("-23.5505 -46.6333 0 0;-23.5605 -46.6333 0 0")"#, "area(/data/area_quadra)", "area(/data/trecho)",
        #"area("-1 -1 0 0;-1 1 0 0;1 1 0 0;1 -1 0 0;-1 -1 0 0")"#, "round(distance(/data/trecho))",
        "round(area(/data/area_quadra))",
    ]

    @Test func agreesWithJavaRosaOrWithTheTable() throws {
        let expected = try #require(
            try JSONSerialization.jsonObject(with: fixture("javarosa-expected.json")) as? [String: [String: Any]])
        let instance = try InstanceReader.read(Array(fixture("instance.xml")))
        // The engines ran three hours west of Greenwich.
        let context = EvaluationContext(
            instance: instance, received: Date(timeIntervalSince1970: 0), zone: OfficeZone(secondsFromGMT: -3 * 3600))
        var console = ExpressionConsole(context: context)
        var count = 0
        for line in String(decoding: try fixture("corpus.txt"), as: UTF8.self).split(separator: "\n")
        where !line.hasPrefix("#") {
            let source = String(line)
            let answer = console.answer(source)
            count += 1
            if let difference = Self.differences[source] {
                #expect(answer == difference.answer, "\(source): \(difference.reason)")
            } else if Self.refused.contains(source) {
                #expect(throws: ExpressionError.self) {
                    try CompiledExpression(Expression(source), scope: nil, at: [])
                }
            } else {
                let wanted = try #require(expected[source], "\(source)")
                #expect(try agrees(answer, wanted), "\(source): \(answer), JavaRosa \(wanted)")
            }
        }
        #expect(count == 126)
    }

    private func fixture(_ name: String) throws -> Data { try XPathFixture.data(name) }

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
