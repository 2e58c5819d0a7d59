/// Why a draft could not be written: its content breaks a limit of the format, or the system refused.
package struct WorkbookWriterError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable, CaseIterable {
        /// A name, a text, a range or a number that xlsx cannot hold.
        case content
        /// No memory, no temporary file, or a write that failed.
        case system
    }

    package let code: Code
    /// What was being written and what the library said, in English.
    package let detail: String

    package init(_ code: Code, _ detail: String) {
        self.code = code
        self.detail = detail
    }

    package var description: String { "\(code.rawValue): \(detail)" }
}
