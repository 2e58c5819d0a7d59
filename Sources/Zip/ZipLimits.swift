/// How far an archive may unfold. Enforced while inflating: the sizes that an archive states are not believed.
package struct ZipLimits: Hashable, Sendable {
    package var entries: Int
    /// Inflated bytes of one entry.
    package var entryBytes: Int
    /// Inflated bytes of all entries that are read from one archive, repeated reads included.
    package var totalBytes: Int
    /// Inflated bytes for each compressed byte, looked at once an entry has grown beyond `ratioFloor`.
    package var ratio: Int
    /// Inflated bytes below which any ratio passes: short runs of zeros compress a thousandfold.
    package var ratioFloor: Int

    package init(
        entries: Int = 10_000, entryBytes: Int = 128 << 20, totalBytes: Int = 256 << 20, ratio: Int = 200,
        ratioFloor: Int = 16 << 20
    ) {
        self.entries = entries
        self.entryBytes = entryBytes
        self.totalBytes = totalBytes
        self.ratio = ratio
        self.ratioFloor = ratioFloor
    }

    package static let standard = ZipLimits()
}
