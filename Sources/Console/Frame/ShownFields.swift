/// A page's values as templates ask for them: each field by its name, again and again. Left as they are, values would be
/// looked into by reflection for every name; here each is looked into once.
enum ShownFields {
    /// Structures as dictionaries of their fields, what is nil left out; everything else as it is.
    static func of(_ value: Any) -> Any { shown(value) ?? "" }

    private static func shown(_ value: Any) -> Any? {
        if value is String || value is Bool || value is Int || value is Int64 { return value }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional: return mirror.children.first.flatMap { shown($0.value) }
        case .collection: return mirror.children.compactMap { shown($0.value) }
        // What can write itself is shown as it does.
        case .struct where !(value is any CustomStringConvertible):
            var fields: [String: Any] = [:]
            for child in mirror.children {
                if let label = child.label, let field = shown(child.value) { fields[label] = field }
            }
            return fields
        default: return value
        }
    }
}
