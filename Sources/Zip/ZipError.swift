/// Why an archive could not be read or built.
package struct ZipError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable, Codable, CaseIterable {
        /// No central directory: not a zip archive, or its end is cut off.
        case notArchive
        /// The entry or its data contradict the directory: bad checksum, two entries of one name, overlapping data.
        case damaged
        /// The entry is encrypted.
        case encrypted
        /// Compressed by a method other than store and deflate.
        case unsupportedMethod
        case tooManyEntries
        /// More bytes inflated than the limits allow, or at a higher ratio.
        case tooLarge
        /// There is no entry of that name.
        case noSuchEntry
        /// The library could not write.
        case cannotWrite
    }

    package let code: Code
    /// In English, naming the entry where one is at fault.
    package let detail: String

    package init(_ code: Code, _ detail: String) {
        self.code = code
        self.detail = detail
    }

    package var description: String { "\(code.rawValue): \(detail)" }
}
