import Testing

@testable import XLSForm

@Suite struct ExpressionParserTests {
    @Test(arguments: [
        ("1+2*3", "1 + 2 * 3"), ("(1+2)*3", "(1 + 2) * 3"), ("1-(2-3)", "1 - (2 - 3)"), ("1-2-3", "1 - 2 - 3"),
        ("- -1", "--1"), ("-(1+2)", "-(1 + 2)"), ("a/b[1]/@c", "a/b[1]/@c"), ("child::a/parent::node()", "a/.."),
        ("//a//b", "//a//b"), (".//a", ".//a"), ("/", "/"), ("(/)*2", "(/) * 2"), ("* * *", "* * *"),
        ("div div mod", "div div mod"), ("and and or", "and and or"), ("a-b", "a-b"), ("a - b", "a - b"),
        ("${ a }>=1", "${a} >= 1"), (#""it's""#, #""it's""#), ("\"a\"", "'a'"), ("(a|b)[1]", "(a | b)[1]"),
        ("instance('x')/root/item[name=${y}]/label", "instance('x')/root/item[name = ${y}]/label"),
        ("jr:choice-name(${q},'${q}')", "jr:choice-name(${q}, '${q}')"), ("current()/../a", "current()/../a"),
        ("(a)[1][2]", "(a)[1][2]"), ("((a)[1])[2]", "((a)[1])[2]"), ("(a[1])[2]", "(a[1])[2]"), ("$v + 1", "$v + 1"),
        ("following-sibling::*[last()]", "following-sibling::*[last()]"), ("số_hộ + 1", "số_hộ + 1"),
        ("comment()|text()", "comment() | text()"), ("1 = 2 != 3", "1 = 2 != 3"), (".5", "0.5"),
        ("a\n and\tb", "a and b"), ("\"it'\u{301}\"", "\"it'\u{301}\""),
    ])
    func readsAndPrints(_ source: String, _ canonical: String) throws {
        let expression = try Expression(source)
        #expect(expression.description == canonical)
        #expect(try Expression(canonical) == expression)
    }

    @Test(arguments: [
        ("", 1), ("   ", 1), ("1 +", 4), ("1 + * 2", 7), ("(1", 3), ("a]", 2), ("f(1,)", 5), ("'abc", 1), ("1 2", 3),
        ("a b", 3), ("${a", 1), ("${}", 1), ("${a b}", 1), ("a::b", 1), ("/data/", 7), ("!", 1), ("1 ! 2", 3), ("@", 2),
        ("'Tân Kỳ' 'x'", 10), ("số hộ", 4), ("a[", 3), (".[1]", 2), ("..a", 3), ("#", 1), ("1..2", 3), ("a:", 2),
        ("$", 1),
    ])
    func saysWhereItStopped(_ source: String, _ column: Int) {
        let error = #expect(throws: ExpressionError.self) { try Expression(source) }
        #expect(error?.code == .syntax)
        #expect(error?.column == column, "\(source): \(String(describing: error))")
    }

    @Test func boundsDepthAndLength() {
        let deep = [
            String(repeating: "(", count: 100_000), String(repeating: "-", count: 90_000) + "1",
            String(repeating: "a[", count: 40_000), String(repeating: "not(", count: 20_000),
            Array(repeating: "1", count: 40_000).joined(separator: "+"),
            Array(repeating: "a", count: 20_000).joined(separator: " and "), String(repeating: "x", count: 100_001),
        ]
        for source in deep {
            let error = #expect(throws: ExpressionError.self) { try Expression(source) }
            #expect(error?.code == .tooLarge)
        }
        #expect(throws: Never.self) {
            try Expression(Array(repeating: "1", count: Expression.maximumDepth).joined(separator: "+"))
        }
    }

    @Test func printedTreesReadBack() throws {
        var generator = SyntaxGenerator(seed: 42)
        for _ in 0..<5_000 {
            let tree = generator.tree(depth: 4)
            let text = tree.description
            #expect(try Expression(text).syntax == tree, "\(text)")
        }
    }

    /// Nothing to expect but that every call comes back, with a value or with an error inside the text.
    @Test func survivesAnyBytes() {
        var generator = SeededGenerator(99)
        let pieces = [
            "(", ")", "[", "]", "${", "}", "a", "::", "/", "//", "..", "'", "\"", "*", "and", "1", ".", "@", "-", "$",
            ",",
            "\r\n", "ộ", "e\u{301}", "\u{0}", "child", "node()", "if(", "|",
        ]
        var read = 0
        for _ in 0..<20_000 {
            var source = ""
            for _ in 0..<Int.random(in: 0..<12, using: &generator) {
                if Bool.random(using: &generator) {
                    source += pieces.randomElement(using: &generator) ?? ""
                } else {
                    let bytes = (0..<3).map { _ in UInt8.random(in: 0...255, using: &generator) }
                    source += String(decoding: bytes, as: UTF8.self)
                }
            }
            do throws(ExpressionError) {
                let expression = try Expression(source)
                _ = try? CompiledExpression(expression, scope: nil, at: [])
                read += 1
            } catch {
                #expect((1...(source.count + 1)).contains(error.column), "\(source.debugDescription)")
            }
        }
        #expect(read > 0)
    }

    @Test func namesAreFoundWithTheirColumns() throws {
        let names = try Expression("${a} + sum(${số}) > count(x[${a} = 1]) or jr:choice-name(${b}, '${b}')")
            .referencedNames
        #expect(names.map(\.name) == ["a", "số", "a", "b", "b"])
        #expect(names.map(\.column) == [1, 12, 29, 58, 64])
    }
}

/// Makes syntax trees that some text could have been read into.
struct SyntaxGenerator {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed) }

    mutating func tree(depth: Int) -> Syntax {
        let choice = Int.random(in: 0..<(depth == 0 ? 4 : 9), using: &random)
        switch choice {
        case 0: return make(.number(Number(Int.random(in: 0...999, using: &random)) / Number(8)))
        case 1: return make(.literal(["", "it's", "a \"b\"", "Tân Kỳ", "${a}"].randomElement(using: &random) ?? ""))
        case 2: return make(.reference(["a", "b-c", "số_hộ"].randomElement(using: &random) ?? "a"))
        case 3: return make(.path(.context, [step(depth: 0)]))
        case 4: return make(.negation(tree(depth: depth - 1)))
        case 5:
            let name = ["if", "jr:choice-name", "count", "true"].randomElement(using: &random) ?? "if"
            return make(.call(name, (0..<Int.random(in: 0...3, using: &random)).map { _ in tree(depth: depth - 1) }))
        case 6: return path(depth: depth)
        case 7:
            let base = tree(depth: depth - 1)
            let predicates = (0..<Int.random(in: 1...2, using: &random)).map { _ in tree(depth: depth - 1) }
            return make(.filter(base, predicates))
        default:
            let sign = Syntax.Operator.allCases.randomElement(using: &random) ?? .plus
            return make(.binary(sign, tree(depth: depth - 1), tree(depth: depth - 1)))
        }
    }

    private func make(_ form: Syntax.Form) -> Syntax { Syntax(form: form, column: 1) }

    private mutating func path(depth: Int) -> Syntax {
        let steps = (0..<Int.random(in: 1...3, using: &random)).map { _ in step(depth: depth - 1) }
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return make(.path(.document, steps))
        case 1: return make(.path(.expression(tree(depth: depth - 1)), steps))
        case 2: return make(.path(.document, []))
        default: return make(.path(.context, steps))
        }
    }

    private mutating func step(depth: Int) -> Syntax.Step {
        let axis = Syntax.Axis.allCases.randomElement(using: &random) ?? .child
        let tests: [Syntax.NodeTest] = [.name("a"), .name("and"), .name("b-c"), .anyName, .anyNode, .kind("text")]
        let test = tests.randomElement(using: &random) ?? .anyName
        let count = depth <= 0 ? 0 : Int.random(in: 0...2, using: &random)
        let predicates = (0..<count).map { _ in tree(depth: depth - 1) }
        return .init(axis: axis, test: test, predicates: predicates, column: 1)
    }
}
