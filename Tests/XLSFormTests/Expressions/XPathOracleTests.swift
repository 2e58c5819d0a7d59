import CLibXML2
import Foundation
import Records
import Testing
import XLSForm

/// Generated XPath 1.0 put to libxml2 and to us. Left out is what the dialect answers differently on purpose: blanks,
/// several nodes as one value, the text of a container, binary fractions.
@Suite struct XPathOracleTests {
    /// Every element has an `id` of its own, by which node sets are compared; no element is blank.
    static let xml = """
        <data id="1"><age id="2">42</age><half id="3">0.5</half><name id="4">Maria da Silva</name><group id="5">\
        <row id="6"><name id="7">Ana</name><age id="8">34</age></row><row id="9"><name id="10">Bia</name>\
        <age id="11">7</age><sub id="12"><row id="13"><age id="14">3</age></row></sub></row>\
        <row id="15"><name id="16">Caio</name><age id="17">19</age></row></group><last id="18">water power</last></data>
        """

    @Test func agreesWithLibxml2() throws {
        let oracle = try XPathOracle(Self.xml)
        let instance = try InstanceReader.read(Array(Self.xml.utf8))
        var context = EvaluationContext(instance: instance, received: Date(timeIntervalSince1970: 0))
        let wanted = ProcessInfo.processInfo.environment["FORMPOST_ORACLE_COUNT"].flatMap { Int($0) } ?? 5_000
        var generator = XPathGenerator(seed: 2020)
        var compared = 0
        for _ in 0..<wanted {
            let source = generator.expression()
            let compiled = try CompiledExpression(Expression(source), scope: nil, at: [])
            guard let value = try? compiled.evaluate(at: context.instance.root, in: &context) else { continue }
            let theirs = try #require(oracle.answer(source), "\(source)")
            guard let ours = Self.answer(value, context.instance) else { continue }
            compared += 1
            #expect(ours == theirs, "\(source)")
        }
        // What cannot be compared is the exception.
        #expect(compared > wanted * 4 / 5)
    }

    /// nil where the dialect leaves the answer open.
    private static func answer(_ value: ExpressionValue, _ instance: Instance) -> XPathOracle.Answer? {
        switch value {
        case .number(let number): .number(Double(number.description.lowercased()) ?? .nan)
        case .text(let text): .text(text)
        case .boolean(let truth): .boolean(truth)
        case .nodes(let nodes):
            .nodes(
                nodes.map { node in
                    instance.attribute("id", of: node) ?? (instance.name(of: node) == "id" ? "@" : "#")
                })
        default: nil
        }
    }
}

/// libxml2 with one document. Errors are kept quiet; a wrong expression has no answer.
final class XPathOracle {
    enum Answer: Equatable {
        case number(Double)
        case text(String)
        case boolean(Bool)
        case nodes([String])

        static func == (left: Answer, right: Answer) -> Bool {
            switch (left, right) {
            case (.number(let a), .number(let b)): a == b || a.isNaN && b.isNaN || abs(a - b) <= 1e-9 * abs(a)
            case (.text(let a), .text(let b)): a == b
            case (.boolean(let a), .boolean(let b)): a == b
            case (.nodes(let a), .nodes(let b)): a == b
            default: false
            }
        }
    }

    private let document: xmlDocPtr
    private let context: xmlXPathContextPtr

    init(_ xml: String) throws {
        let bytes = Array(xml.utf8CString)
        document = try #require(xmlReadMemory(bytes, Int32(bytes.count - 1), nil, nil, 0))
        context = try #require(xmlXPathNewContext(document))
        context.pointee.node = xmlDocGetRootElement(document)
    }

    deinit {
        xmlXPathFreeContext(context)
        xmlFreeDoc(document)
    }

    func answer(_ expression: String) -> Answer? {
        guard let result = xmlXPathEvalExpression(expression, context) else { return nil }
        defer { xmlXPathFreeObject(result) }
        switch result.pointee.type {
        case XPATH_NUMBER: return .number(result.pointee.floatval)
        case XPATH_BOOLEAN: return .boolean(result.pointee.boolval != 0)
        case XPATH_STRING: return .text(String(cString: result.pointee.stringval))
        case XPATH_NODESET:
            var ids: [String] = []
            if let set = result.pointee.nodesetval, set.pointee.nodeNr > 0 {
                xmlXPathNodeSetSort(set)
                for index in 0..<Int(set.pointee.nodeNr) {
                    guard let node = set.pointee.nodeTab[index] else { return nil }
                    ids.append(id(node))
                }
            }
            return .nodes(ids)
        default: return nil
        }
    }

    private func id(_ node: xmlNodePtr) -> String {
        if node.pointee.type == XML_ATTRIBUTE_NODE { return "@" }
        guard node.pointee.type == XML_ELEMENT_NODE,
            let text = xmlHasProp(node, "id")?.pointee.children?.pointee.content
        else { return "#" }
        return String(cString: text)
    }
}

/// Writes expressions that both engines mean the same by.
struct XPathGenerator {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed) }

    mutating func expression() -> String {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: number(4)
        case 1: truth(4)
        case 2: text(3)
        default: nodes(2)
        }
    }

    private mutating func pick(_ choices: [String]) -> String { choices.randomElement(using: &random) ?? "" }

    private mutating func number(_ depth: Int) -> String {
        if depth == 0 {
            return pick([
                "0", "1", "2", "7", "10.5", "0.25", "/data/age", "number(/data/half)", "//group/row[1]/age",
                "/data/group/row[3]/age",
            ])
        }
        switch Int.random(in: 0..<12, using: &random) {
        case 0: return "\(number(depth - 1)) + \(number(depth - 1))"
        case 1: return "\(number(depth - 1)) - \(number(depth - 1))"
        case 2: return "(\(number(depth - 1))) * (\(number(depth - 1)))"
        case 3: return "(\(number(depth - 1))) div \(pick(["2", "4", "0.5", "-8"]))"
        case 4: return "(\(number(depth - 1))) mod \(pick(["3", "2.5", "-4"]))"
        case 5: return "-(\(number(depth - 1)))"
        case 6: return "\(pick(["floor", "ceiling", "round"]))(\(number(depth - 1)))"
        case 7: return "string-length(\(text(depth - 1)))"
        case 8: return "count(\(nodes(2)))"
        case 9: return "sum(\(pick(["//age", "/data/group/row/age", "//row[age > 10]/age", "//age[. < 30]"])))"
        case 10: return "number(\(truth(depth - 1)))"
        default: return number(0)
        }
    }

    private mutating func truth(_ depth: Int) -> String {
        if depth == 0 { return pick(["true()", "false()"]) }
        switch Int.random(in: 0..<7, using: &random) {
        case 0: return "(\(truth(depth - 1))) and (\(truth(depth - 1)))"
        case 1: return "(\(truth(depth - 1))) or (\(truth(depth - 1)))"
        case 2: return "not(\(truth(depth - 1)))"
        case 3:
            return "(\(number(depth - 1))) \(pick(["=", "!=", "<", "<=", ">", ">="])) (\(number(depth - 1)))"
        case 4: return "\(pick(["contains", "starts-with"]))(\(text(depth - 1)), \(text(0)))"
        case 5: return "string(\(text(depth - 1))) \(pick(["=", "!="])) string(\(text(depth - 1)))"
        default: return "boolean(\(pick([number(depth - 1), "//age", "//nothing", "/data/name"])))"
        }
    }

    private mutating func text(_ depth: Int) -> String {
        if depth == 0 {
            return pick(["'Maria'", "'a'", "'  two  words '", "''", "/data/name", "string(/data/last)", "'Việt Nam'"])
        }
        switch Int.random(in: 0..<7, using: &random) {
        case 0: return "concat(\(text(depth - 1)), \(text(depth - 1)))"
        case 1:
            return "substring(\(text(depth - 1)), \(pick(["-1", "0", "1", "2.5", "3"])), \(pick(["1", "2.5", "9"])))"
        case 2:
            return
                "\(pick(["substring-before", "substring-after"]))(\(text(depth - 1)), \(pick(["'a'", "' '", "'il'"])))"
        case 3: return "normalize-space(\(text(depth - 1)))"
        case 4: return "translate(\(text(depth - 1)), 'abcM', \(pick(["'ABC'", "''", "'xyzm'"])))"
        case 5: return "string(\(pick(["1 + 1", "0.25", "true()", "-7", "10 div 4", "1 div 0", "0 div 0"])))"
        default: return text(0)
        }
    }

    private mutating func nodes(_ depth: Int) -> String {
        var path = pick(["/data", "", "//row", "/data/group/row", "//age", "//*", "/descendant::row"])
        if path.isEmpty { path = step() }
        for _ in 0..<Int.random(in: 0...2, using: &random) {
            path += Int.random(in: 0..<6, using: &random) == 0 ? "//" + name() : "/" + step()
        }
        if Int.random(in: 0..<6, using: &random) == 0 { path = "(\(path))[\(predicate())]" }
        if Int.random(in: 0..<8, using: &random) == 0 { path += "/@id" }
        if depth > 0, Int.random(in: 0..<6, using: &random) == 0 { path += " | " + nodes(depth - 1) }
        return path
    }

    private mutating func name() -> String { pick(["row", "age", "name", "group", "sub", "*"]) }

    private mutating func step() -> String {
        var step: String
        switch Int.random(in: 0..<4, using: &random) {
        case 0: step = name()
        case 1: step = pick(["..", "self::node()", "parent::node()", "ancestor::node()", "ancestor-or-self::node()"])
        default:
            let axis = pick([
                "child", "descendant", "descendant-or-self", "ancestor", "ancestor-or-self", "following", "preceding",
                "following-sibling", "preceding-sibling", "self", "parent",
            ])
            step = "\(axis)::\(name())"
        }
        if step != "..", Int.random(in: 0..<3, using: &random) == 0 { step += "[\(predicate())]" }
        if step != "..", Int.random(in: 0..<8, using: &random) == 0 { step += "[\(predicate())]" }
        return step
    }

    private mutating func predicate() -> String {
        pick([
            "1", "2", "last()", "last() - 1", "position() = 2", "position() > 1", "position() mod 2 = 1",
            "count(*) > 1", "count(ancestor::*) = 2", "@id > 7", "@id mod 2 = 0", "count(preceding-sibling::*) = 1",
        ])
    }
}
