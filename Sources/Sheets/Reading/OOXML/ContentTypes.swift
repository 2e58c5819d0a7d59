/// The media types of a package's parts (ECMA-376 Part 2, 7.2.3).
struct ContentTypes: XMLVisitor {
    private var byPart: [String: String] = [:]
    private var byExtension: [String: String] = [:]
    private let maximum: Int

    init(maximum: Int) {
        self.maximum = maximum
    }

    /// The type of a part, in lower case; nil where the package says none.
    subscript(part: String) -> String? {
        let name = PackageParts.normalized(part)
        return byPart[name] ?? name.split(separator: ".").last.flatMap { byExtension[String($0)] }
    }

    mutating func start(_ name: XMLName, _ attributes: XMLAttributes) throws(WorkbookError) {
        guard let type = attributes.string("ContentType")?.lowercased() else { return }
        if let part = attributes.string("PartName") {
            byPart[PackageParts.normalized(part)] = type
        } else if let suffix = attributes.string("Extension") {
            byExtension[suffix.lowercased()] = type
        }
        if byPart.count + byExtension.count > maximum {
            throw WorkbookError(.tooManyParts, "more than \(maximum) content types")
        }
    }

    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(WorkbookError) {}
    mutating func end(_ name: XMLName) throws(WorkbookError) {}
}
