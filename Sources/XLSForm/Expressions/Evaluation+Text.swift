import Foundation

extension EvaluationContext {
    mutating func textCall(
        _ function: Function, _ arguments: [Plan], _ plan: Plan, _ focus: Focus
    ) throws(EvaluationFailure) -> ExpressionValue {
        switch function {
        case .concat, .join: return .text(try joined(function, arguments, plan, focus))
        case .uuid:
            guard let length = arguments.first else { return .text(uuid(length: nil)) }
            return .text(uuid(length: try number(length, focus)?.integer ?? 0))
        default: break
        }
        let text: String
        if let subject = arguments.first {
            text = try self.text(subject, focus)
        } else {
            text = self.text(of: read(focus.node).value)
        }
        switch function {
        case .string: return .text(text)
        case .stringLength: return .number(Number(text.unicodeScalars.count))
        case .normalizeSpace: return .text(text.split(whereSeparator: \.isXMLSpace).joined(separator: " "))
        case .countSelected: return .number(Number(text.split(whereSeparator: \.isXMLSpace).count))
        case .substring: return try substring(text, arguments, focus)
        case .substr: return try substr(text, arguments, focus)
        default: return try textCall(function, text, arguments, plan, focus)
        }
    }

    /// Functions of a text and another one.
    private mutating func textCall(
        _ function: Function, _ text: String, _ arguments: [Plan], _ plan: Plan, _ focus: Focus
    ) throws(EvaluationFailure) -> ExpressionValue {
        let second = try self.text(arguments[1], focus)
        switch function {
        case .contains: return .boolean(second.isEmpty || text.range(ofScalars: second) != nil)
        case .startsWith: return .boolean(text.unicodeScalars.starts(with: second.unicodeScalars))
        case .endsWith: return .boolean(text.unicodeScalars.reversed().starts(with: second.unicodeScalars.reversed()))
        case .substringBefore:
            return .text(text.range(ofScalars: second).map { String(text.unicodeScalars[..<$0.lowerBound]) } ?? "")
        case .substringAfter:
            return .text(text.range(ofScalars: second).map { String(text.unicodeScalars[$0.upperBound...]) } ?? "")
        case .translate: return .text(Self.translate(text, second, try self.text(arguments[2], focus)))
        case .regex:
            guard let pattern = RegularPattern(second) else {
                throw EvaluationFailure(.pattern, column: arguments[1].column)
            }
            return .boolean(try matches(pattern, text, plan))
        case .selected:
            let wanted = second.trimmingCharacters(in: .whitespaces)
            return .boolean(text.split(whereSeparator: \.isXMLSpace).contains { $0 == wanted })
        case .selectedAt:
            let choices = text.split(whereSeparator: \.isXMLSpace)
            guard let index = Number(second)?.integer, choices.indices.contains(index) else { return .text("") }
            return .text(String(choices[index]))
        case .digest:
            let encoding = arguments.count > 2 ? try self.text(arguments[2], focus) : ""
            return DigestText.digest(text, second, encoding: encoding).map { .text($0) } ?? .blank
        default: return .text(text)
        }
    }

    private mutating func joined(
        _ function: Function, _ arguments: [Plan], _ plan: Plan, _ focus: Focus
    ) throws(EvaluationFailure) -> String {
        let separator = function == .join ? try text(arguments[0], focus) : ""
        var parts: [String] = []
        var length = 0
        for argument in function == .join ? arguments.dropFirst() : arguments[...] {
            let value = try value(argument, focus)
            guard case .nodes(let nodes) = value else {
                parts.append(text(of: value))
                continue
            }
            guard nodes.count <= 1 || function == .join || arguments.count == 1 else {
                throw EvaluationFailure(.severalNodes, column: argument.column)
            }
            for node in nodes { parts.append(text(of: read(node).value)) }
            try spend(nodes.count, argument)
        }
        for part in parts { length += part.utf8.count + separator.utf8.count }
        try spend(length / 32, plan)
        return parts.joined(separator: separator)
    }

    /// XPath 1.0, section 4.2: positions from 1, both bounds rounded.
    private mutating func substring(
        _ text: String, _ arguments: [Plan], _ focus: Focus
    ) throws(EvaluationFailure) -> ExpressionValue {
        guard let start = try number(arguments[1], focus)?.rounded() else { return .text("") }
        var end = Number.infinity
        if arguments.count > 2 {
            guard let length = try number(arguments[2], focus)?.rounded() else { return .text("") }
            end = start + length
        }
        guard !start.isNaN, !end.isNaN else { return .text("") }
        let scalars = text.unicodeScalars
        let first = start.clamped(to: 1...(scalars.count + 1)) - 1
        let last = end.clamped(to: 1...(scalars.count + 1)) - 1
        return .text(first < last ? String(scalars.dropFirst(first).prefix(last - first)) : "")
    }

    /// ODK's: positions from 0, the end excluded, negative ones from the end.
    private mutating func substr(
        _ text: String, _ arguments: [Plan], _ focus: Focus
    ) throws(EvaluationFailure) -> ExpressionValue {
        let count = text.unicodeScalars.count
        func position(_ number: Number) -> Int {
            let index = number.truncated.clamped(to: -count...count)
            return index < 0 ? count + index : index
        }
        guard let start = try number(arguments[1], focus), !start.isNaN else { return .text("") }
        var end = count
        if arguments.count > 2 {
            guard let given = try number(arguments[2], focus), !given.isNaN else { return .text("") }
            end = position(given)
        }
        let first = position(start)
        return .text(first < end ? String(text.unicodeScalars.dropFirst(first).prefix(end - first)) : "")
    }

    private static func translate(_ text: String, _ from: String, _ to: String) -> String {
        var table: [Unicode.Scalar: Unicode.Scalar?] = [:]
        let replacements = Array(to.unicodeScalars)
        for (index, scalar) in from.unicodeScalars.enumerated() where table[scalar] == nil {
            table[scalar] = .some(index < replacements.count ? replacements[index] : nil)
        }
        var translated = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            guard let replacement = table[scalar] else {
                translated.append(scalar)
                continue
            }
            if let replacement { translated.append(replacement) }
        }
        return String(translated)
    }
}

extension Number {
    /// The integer nearest to the number within the range; NaN counts as its beginning.
    fileprivate func clamped(to range: ClosedRange<Int>) -> Int {
        if compareExactly(to: Number(range.lowerBound)) == .less { return range.lowerBound }
        if compareExactly(to: Number(range.upperBound)) == .greater { return range.upperBound }
        return integer ?? range.lowerBound
    }
}

extension Character {
    fileprivate var isXMLSpace: Bool { self == " " || self == "\t" || self == "\n" || self == "\r" || self == "\r\n" }
}

extension String {
    /// The first place where the scalars of `other` stand; not within a character's own parts by accident of
    /// canonical equivalence.
    fileprivate func range(ofScalars other: String) -> Range<String.Index>? {
        if other.isEmpty { return startIndex..<startIndex }
        return range(of: other, options: .literal)
    }
}
