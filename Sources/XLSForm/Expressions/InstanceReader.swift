package import Records

/// Reads an instance from the XML that ODK keeps one in: elements, attributes, texts. For the operator's own files.
///
/// Document types are refused, so that no entity can grow; comments and processing instructions are passed over; prefixes
/// stay part of the names. What stands beside child elements is not kept.
package struct InstanceReader {
    /// Not well-formed, or beyond what the reader takes.
    package struct Failure: Error, Hashable, Sendable {
        /// Counted from 1.
        package let line: Int
    }

    private static let maximumDepth = 100

    private let bytes: [UInt8]
    private let scope: ExpressionScope?
    private let zone: OfficeZone
    private var index = 0

    private init(_ bytes: [UInt8], scope: ExpressionScope?, zone: OfficeZone) {
        self.bytes = bytes
        self.scope = scope
        self.zone = zone
    }

    /// - Parameter scope: gives the nodes their types; without it every value is text until it is used as something else.
    package static func read(
        _ bytes: [UInt8], scope: ExpressionScope? = nil, zone: OfficeZone = .indochina
    ) throws(Failure) -> Instance {
        var reader = InstanceReader(bytes, scope: scope, zone: zone)
        return try reader.document()
    }

    private mutating func document() throws(Failure) -> Instance {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
        try skipMisc()
        guard take("<"), let name = name() else { throw failure }
        var instance = Instance(root: name)
        try element(name, at: instance.root, path: nil, depth: 1, in: &instance)
        try skipMisc()
        guard index == bytes.count else { throw failure }
        return instance
    }

    private var failure: Failure { Failure(line: 1 + bytes[..<min(index, bytes.count)].count { $0 == 0x0A }) }

    /// After the name of a start tag, up to and including its end tag.
    /// - Parameter path: names below the root; nil for the root itself.
    private mutating func element(
        _ name: String, at node: Instance.Node, path: [String]?, depth: Int, in instance: inout Instance
    ) throws(Failure) {
        guard depth <= Self.maximumDepth else { throw failure }
        while true {
            skipSpace()
            if take("/>") { return }
            if take(">") { break }
            guard let attribute = self.name() else { throw failure }
            skipSpace()
            guard take("=") else { throw failure }
            skipSpace()
            let value = try quoted()
            if attribute != "xmlns", !attribute.hasPrefix("xmlns:") {
                instance.appendAttribute(attribute, to: node, value: value)
            }
        }
        var text = ""
        var hasChildren = false
        while index < bytes.count {
            if take("</") {
                guard self.name() == name else { throw failure }
                skipSpace()
                guard take(">") else { throw failure }
                if !hasChildren, let path {
                    instance.setValue(value(text, at: path), of: node)
                }
                return
            }
            if try skipComment() { continue }
            if take("<![CDATA[") {
                text += try until("]]>")
            } else if take("<") {
                guard let child = self.name() else { throw failure }
                hasChildren = true
                let below = (path ?? []) + [child]
                let type = scope.map { $0.entry(at: below)?.type ?? .untyped } ?? .untyped
                let childNode = instance.append(child, to: node, type: type)
                try element(child, at: childNode, path: below, depth: depth + 1, in: &instance)
            } else {
                text += try characters(until: UInt8(ascii: "<"))
            }
        }
        throw failure
    }

    private func value(_ text: String, at path: [String]) -> AnswerValue? {
        guard !text.isEmpty else { return nil }
        switch scope?.entry(at: path)?.type {
        case .integer, .decimal: return Number(text)?.decimal.map { .number($0) } ?? .text(text)
        case .date: return DateText.date(text, zone: zone).map { .date($0) } ?? .text(text)
        case .dateTime: return DateText.instant(text, zone: zone).map { .dateTime($0) } ?? .text(text)
        case .time: return DateText.secondsOfDay(String(text.prefix(8))).map { .time(Int($0)) } ?? .text(text)
        default: return .text(text)
        }
    }

    // MARK: Characters

    private func stands(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { wanted in
            index + wanted.count <= bytes.count && bytes[index..<(index + wanted.count)].elementsEqual(wanted)
        }
    }

    private mutating func take(_ text: StaticString) -> Bool {
        guard stands(text) else { return false }
        index += text.utf8CodeUnitCount
        return true
    }

    private mutating func skipSpace() {
        while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
    }

    private mutating func skipMisc() throws(Failure) {
        repeat { skipSpace() } while try skipComment()
    }

    /// Comments and processing instructions, the XML declaration among them.
    private mutating func skipComment() throws(Failure) -> Bool {
        if take("<!--") {
            _ = try until("-->")
            return true
        }
        guard take("<?") else { return false }
        _ = try until("?>")
        return true
    }

    private mutating func until(_ end: StaticString) throws(Failure) -> String {
        let start = index
        while index < bytes.count {
            if stands(end) {
                defer { index += end.utf8CodeUnitCount }
                return String(decoding: bytes[start..<index], as: UTF8.self)
            }
            index += 1
        }
        throw failure
    }

    private mutating func name() -> String? {
        let start = index
        while index < bytes.count {
            switch bytes[index] {
            case 0x61...0x7A, 0x41...0x5A, 0x5F, 0x3A, 0x80...: break
            case 0x30...0x39, 0x2D, 0x2E: if index == start { return nil }
            default: return index == start ? nil : String(decoding: bytes[start..<index], as: UTF8.self)
            }
            index += 1
        }
        return nil
    }

    private mutating func quoted() throws(Failure) -> String {
        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'") else {
            throw failure
        }
        let quote = bytes[index]
        index += 1
        let text = try characters(until: quote)
        guard index < bytes.count else { throw failure }
        index += 1
        return text
    }

    /// Text with its references resolved, up to but without the byte given.
    private mutating func characters(until end: UInt8) throws(Failure) -> String {
        var text: [UInt8] = []
        while index < bytes.count, bytes[index] != end {
            if bytes[index] == UInt8(ascii: "&") {
                text += try reference()
            } else {
                text.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func reference() throws(Failure) -> [UInt8] {
        guard let end = bytes[index...].prefix(12).firstIndex(of: UInt8(ascii: ";")) else { throw failure }
        let name = String(decoding: bytes[(index + 1)..<end], as: UTF8.self)
        let known = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"]
        var resolved = known[name]
        if name.hasPrefix("#") {
            let code = name.hasPrefix("#x") ? UInt32(name.dropFirst(2), radix: 16) : UInt32(name.dropFirst())
            resolved = code.flatMap { Unicode.Scalar($0) }.map { String(Character($0)) }
        }
        guard let resolved else { throw failure }
        index = end + 1
        return Array(resolved.utf8)
    }
}
