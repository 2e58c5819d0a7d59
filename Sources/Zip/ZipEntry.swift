/// A line of an archive's directory. Its sizes are what the archive states, not what inflating it will give.
package struct ZipEntry: Hashable, Sendable {
    /// Position in the directory.
    package let index: Int
    /// As Unicode; a name that is not UTF-8 is taken as code page 437 (APPNOTE.TXT 4.4.17, appendix D).
    package let name: String
    package let size: Int
    package let compressedSize: Int
    package let isEncrypted: Bool
    /// True for store and deflate, the two methods that are read.
    package let hasKnownMethod: Bool
    /// True when its bytes stand uncompressed.
    package let isStored: Bool

    /// A folder's own entry ends with a slash and holds nothing.
    package var isFolder: Bool { name.utf8.last == UInt8(ascii: "/") }
}
