/// Is told of the elements of a document in order (SAX). The first error it throws ends the reading.
///
/// Names, attributes and text are only valid during the call. Visitors are values: a class would be asked about
/// exclusive access millions of times.
protocol XMLVisitor {
    mutating func start(_ name: XMLName, _ attributes: XMLAttributes) throws(WorkbookError)
    /// Text may come in several pieces.
    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(WorkbookError)
    mutating func end(_ name: XMLName) throws(WorkbookError)
}

/// The name of an element, compared by bytes: `switch name { case "row": … }`.
struct XMLName {
    /// Without prefix, zero-terminated.
    let local: UnsafePointer<UInt8>
    /// The namespace's name, zero-terminated; the same pointer throughout a document.
    let namespace: UnsafePointer<UInt8>?
    /// True when the element stands in another namespace than the root: an extension.
    let isForeign: Bool

    @inline(__always)
    static func ~= (pattern: StaticString, name: XMLName) -> Bool {
        pattern.isSame(as: name.local)
    }
}

/// The attributes of an element: five pointers each (local name, prefix, namespace, value's begin and end).
struct XMLAttributes {
    typealias Field = UnsafePointer<UInt8>?
    let fields: UnsafeMutablePointer<Field>?
    let count: Int

    /// The value of an attribute without a prefix, as bytes.
    @inline(__always)
    subscript(_ name: StaticString) -> UnsafeBufferPointer<UInt8>? {
        guard let fields else { return nil }
        for index in 0..<count {
            let attribute = fields + index * 5
            if attribute[1] == nil, let local = attribute[0], name.isSame(as: local) { return value(attribute) }
        }
        return nil
    }

    /// The value of an attribute that has a prefix, whichever it is: `r:id`.
    subscript(prefixed name: StaticString) -> UnsafeBufferPointer<UInt8>? {
        guard let fields else { return nil }
        for index in 0..<count {
            let attribute = fields + index * 5
            if attribute[1] != nil, let local = attribute[0], name.isSame(as: local) { return value(attribute) }
        }
        return nil
    }

    func string(_ name: StaticString) -> String? {
        self[name].map { String(decoding: $0, as: UTF8.self) }
    }

    func integer(_ name: StaticString) -> Int? {
        self[name].flatMap { DecimalParser.integer($0) }
    }

    /// An `xsd:boolean`; nil when it is absent.
    func flag(_ name: StaticString) -> Bool? {
        self[name].map { $0.isSame(as: "1") || $0.isSame(as: "true") }
    }

    /// Calls with the local name, the namespace (nil for an attribute without a prefix) and the value of each.
    @inline(__always)
    func forEach(
        _ body: (XMLName, UnsafeBufferPointer<UInt8>) throws(WorkbookError) -> Void
    ) throws(WorkbookError) {
        guard let fields else { return }
        for index in 0..<count {
            let attribute = fields + index * 5
            guard let local = attribute[0], let value = value(attribute) else { continue }
            try body(XMLName(local: local, namespace: attribute[2], isForeign: attribute[2] != nil), value)
        }
    }

    @inline(__always)
    private func value(_ attribute: UnsafeMutablePointer<Field>) -> UnsafeBufferPointer<UInt8>? {
        guard let begin = attribute[3], let end = attribute[4] else { return nil }
        return UnsafeBufferPointer(start: begin, count: end - begin)
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Compares with a word, byte by byte.
    @inline(__always)
    func isSame(as word: StaticString) -> Bool {
        let other = word.utf8Start
        guard count == word.utf8CodeUnitCount else { return false }
        for index in 0..<count where self[index] != other[index] { return false }
        return true
    }
}

extension StaticString {
    /// Compares with a zero-terminated string.
    @inline(__always)
    func isSame(as text: UnsafePointer<UInt8>) -> Bool {
        let own = utf8Start
        for index in 0..<utf8CodeUnitCount where own[index] != text[index] { return false }
        return text[utf8CodeUnitCount] == 0
    }
}
