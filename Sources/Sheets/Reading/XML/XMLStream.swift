import CLibXML2
import Zip

/// Reads one XML part with libxml2's SAX2 interface: no tree, no document type, no entities, no network.
struct XMLStream {
    /// Where the bytes come from; 0 at the end.
    typealias Source = (UnsafeMutableRawBufferPointer) throws(WorkbookError) -> Int

    /// Names the part in errors.
    let part: String
    let maximumDepth: Int
    /// A document type may be named, though it is not looked up; entities stay forbidden.
    var allowsDocumentType = false

    /// Reads to the end, or to the visitor's first error.
    ///
    /// Throws what source and visitor throw, `forbiddenXML` for a document type or an entity, `tooDeep`, and
    /// `damaged` for what is not well-formed.
    func parse(_ source: @escaping Source, visitor: inout some XMLVisitor) throws(WorkbookError) {
        _ = Self.libraryIsReady
        // Errors below the parser, such as those of encodings, know no handler but this thread's; it prints to stderr.
        xmlSetStructuredErrorFunc(nil) { _, _ in }
        try withUnsafeMutablePointer(to: &visitor) { pointer throws(WorkbookError) in
            let session = VisitingSession(pointer, source: source, part: part, maximumDepth: maximumDepth)
            session.allowsDocumentType = allowsDocumentType
            try withExtendedLifetime(session) { () throws(WorkbookError) in try session.run() }
        }
    }

    /// libxml2 wants its globals set up once, before threads use it.
    private static let libraryIsReady: Bool = {
        xmlInitParser()
        return true
    }()
}

/// One run of the parser; the object behind the pointer that libxml2 hands back in its calls.
private class XMLSession {
    let source: XMLStream.Source
    let part: String
    let maximumDepth: Int
    var context: xmlParserCtxtPtr?
    var failure: WorkbookError?
    var depth = 0
    var allowsDocumentType = false
    /// The root's namespace; libxml2 keeps each name once for a document, so pointers compare.
    var rootNamespace: UnsafePointer<UInt8>?

    init(source: @escaping XMLStream.Source, part: String, maximumDepth: Int) {
        self.source = source
        self.part = part
        self.maximumDepth = maximumDepth
    }

    func run() throws(WorkbookError) {
        var handler = Self.handler
        let own = Unmanaged.passUnretained(self).toOpaque()
        guard
            let context = xmlCreateIOParserCtxt(
                &handler, own, { XMLSession.at($0)?.read(into: $1, count: $2) ?? -1 }, nil, own, XML_CHAR_ENCODING_NONE)
        else { throw failure ?? WorkbookError(.damaged, "\(part) is empty") }
        defer { xmlFreeParserCtxt(context) }
        // The first bytes were read before there was a context to stop.
        if let failure { throw failure }
        xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue))
        self.context = context
        let status = xmlParseDocument(context)
        if let failure { throw failure }
        guard status == 0, context.pointee.wellFormed != 0 else {
            let line = context.pointee.lastError.line
            let reason = context.pointee.lastError.message.map { String(cString: $0) } ?? "not well-formed"
            throw WorkbookError(.damaged, "\(part), line \(line): \(reason.split(separator: "\n").first ?? "")")
        }
    }

    func read(into buffer: UnsafeMutablePointer<CChar>?, count: Int32) -> Int32 {
        guard failure == nil else { return 0 }
        do throws(WorkbookError) {
            return Int32(try source(UnsafeMutableRawBufferPointer(start: buffer, count: Int(count))))
        } catch {
            stop(error)
            return 0
        }
    }

    /// Keeps the first error. The parser is told nothing more and sees the end of its input after the few bytes that it
    /// has; `xmlStopParser` would free those under the feet of a read.
    func stop(_ error: WorkbookError) {
        if failure == nil { failure = error }
        context?.pointee.disableSAX = 1
    }

    func start(_ name: XMLName, _ attributes: XMLAttributes) throws(WorkbookError) {}
    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(WorkbookError) {}
    func end(_ name: XMLName) throws(WorkbookError) {}

    final func didStart(
        _ local: UnsafePointer<UInt8>, _ namespace: UnsafePointer<UInt8>?, _ attributes: XMLAttributes
    ) {
        if depth == 0 { rootNamespace = namespace }
        depth += 1
        guard depth <= maximumDepth else {
            return stop(WorkbookError(.tooDeep, "\(part): elements deeper than \(maximumDepth)"))
        }
        do throws(WorkbookError) {
            try start(XMLName(local: local, namespace: namespace, isForeign: namespace != rootNamespace), attributes)
        } catch { stop(error) }
    }

    final func didEnd(_ local: UnsafePointer<UInt8>, _ namespace: UnsafePointer<UInt8>?) {
        depth -= 1
        do throws(WorkbookError) {
            try end(XMLName(local: local, namespace: namespace, isForeign: namespace != rootNamespace))
        } catch { stop(error) }
    }

    final func didRead(_ bytes: UnsafeBufferPointer<UInt8>) {
        do throws(WorkbookError) { try text(bytes) } catch { stop(error) }
    }

    func refuse(_ what: String) {
        stop(WorkbookError(.forbiddenXML, "\(part): \(what)"))
    }

    func refuseDocumentType() {
        if !allowsDocumentType { refuse("a document type is declared") }
    }

    @inline(__always)
    static func at(_ pointer: UnsafeMutableRawPointer?) -> XMLSession? {
        pointer.map { Unmanaged<XMLSession>.fromOpaque($0).takeUnretainedValue() }
    }

    /// What libxml2 calls. The same function takes text and blank text, so that libxml2 does not stop to tell them apart.
    private static var handler: xmlSAXHandler {
        var handler = xmlSAXHandler()
        handler.initialized = XML_SAX2_MAGIC
        handler.startElementNs = { user, local, _, namespace, _, _, count, _, fields in
            guard let local else { return }
            XMLSession.at(user)?.didStart(local, namespace, XMLAttributes(fields: fields, count: Int(count)))
        }
        handler.endElementNs = { user, local, _, namespace in
            guard let local else { return }
            XMLSession.at(user)?.didEnd(local, namespace)
        }
        handler.characters = { user, text, count in
            XMLSession.at(user)?.didRead(UnsafeBufferPointer(start: text, count: Int(count)))
        }
        handler.ignorableWhitespace = handler.characters
        handler.cdataBlock = handler.characters
        handler.internalSubset = { user, _, _, _ in XMLSession.at(user)?.refuseDocumentType() }
        handler.externalSubset = { user, _, _, _ in XMLSession.at(user)?.refuseDocumentType() }
        handler.entityDecl = { user, _, _, _, _, _ in XMLSession.at(user)?.refuse("an entity is declared") }
        handler.reference = { user, _ in XMLSession.at(user)?.refuse("an entity is used") }
        // Without it, libxml2 prints to stderr.
        handler.serror = { _, _ in }
        return handler
    }
}

/// A run that tells one kind of visitor.
private final class VisitingSession<Visitor: XMLVisitor>: XMLSession {
    /// Outlives the session: `XMLStream.parse` holds it.
    private let visitor: UnsafeMutablePointer<Visitor>

    init(
        _ visitor: UnsafeMutablePointer<Visitor>, source: @escaping XMLStream.Source, part: String, maximumDepth: Int
    ) {
        self.visitor = visitor
        super.init(source: source, part: part, maximumDepth: maximumDepth)
    }

    override func start(_ name: XMLName, _ attributes: XMLAttributes) throws(WorkbookError) {
        try visitor.pointee.start(name, attributes)
    }

    override func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(WorkbookError) {
        try visitor.pointee.text(bytes)
    }

    override func end(_ name: XMLName) throws(WorkbookError) {
        try visitor.pointee.end(name)
    }
}
