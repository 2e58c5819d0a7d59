/// A value that must not reach a log or an error: it prints as dots.
package struct Secret<Value: Sendable>: Sendable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// The value itself, for the one place that hands it to a server.
    package let revealed: Value

    package init(_ value: Value) {
        revealed = value
    }

    package var description: String { "•••" }
    package var debugDescription: String { "•••" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
