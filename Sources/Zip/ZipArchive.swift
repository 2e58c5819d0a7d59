import CZip

#if canImport(Glibc)
    import Glibc
#endif

/// A zip archive in memory, open for reading. Not thread-safe; use it on the thread that opened it.
package final class ZipArchive {
    /// In the order of the directory.
    package let entries: [ZipEntry]
    package let limits: ZipLimits
    private let handle: OpaquePointer
    /// Inflated bytes that may still be read.
    private var allowance: Int

    /// Opens the archive and reads its directory; nothing is inflated.
    ///
    /// Throws `notArchive` without a readable directory, `tooManyEntries`, and `damaged` when two entries share a name
    /// or when the entries claim more compressed bytes than the archive has: such entries overlap.
    package init(_ bytes: [UInt8], limits: ZipLimits = .standard) throws(ZipError) {
        // libzip takes no bytes at all for an archive without entries.
        if bytes.isEmpty { throw ZipError(.notArchive, "no bytes") }
        handle = try Self.open(bytes)
        self.limits = limits
        allowance = limits.totalBytes
        do throws(ZipError) {
            entries = try Self.directory(of: handle, archiveSize: bytes.count, limits: limits)
        } catch {
            zip_discard(handle)
            throw error
        }
    }

    deinit {
        zip_discard(handle)
    }

    /// The first entry of exactly that name.
    package subscript(name: String) -> ZipEntry? { entries.first { $0.name == name } }

    /// The whole content of an entry.
    package func read(_ entry: ZipEntry) throws(ZipError) -> [UInt8] {
        let stream = try open(entry)
        var content: [UInt8] = []
        content.reserveCapacity(min(max(entry.size, 0), limits.entryBytes, 1 << 20))
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { chunk.deallocate() }
        while true {
            let count = try stream.read(into: chunk)
            if count == 0 { return content }
            content.append(contentsOf: UnsafeRawBufferPointer(rebasing: chunk[..<count]))
        }
    }

    /// Opens an entry to be read piece by piece.
    package func open(_ entry: ZipEntry) throws(ZipError) -> ZipEntryStream {
        if entry.isEncrypted { throw ZipError(.encrypted, "\(entry.name) is encrypted") }
        guard entry.hasKnownMethod else {
            throw ZipError(.unsupportedMethod, "\(entry.name) is compressed by an unknown method")
        }
        guard entry.index < entries.count, let file = zip_fopen_index(handle, zip_uint64_t(entry.index), 0) else {
            throw ZipError(.damaged, "\(entry.name) cannot be opened: \(Self.reason(handle))")
        }
        return ZipEntryStream(archive: self, entry: entry, file: file)
    }

    /// Reads an entry to its end, so that its checksum and its size are known to be good.
    package func verify(_ entry: ZipEntry) throws(ZipError) {
        let stream = try open(entry)
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { chunk.deallocate() }
        while try stream.read(into: chunk) > 0 {}
    }

    /// The entry's compressed bytes as a source for an archive that is being written; nil when libzip refuses.
    func source(of entry: ZipEntry, for target: OpaquePointer) -> OpaquePointer? {
        zip_source_zip(target, handle, zip_uint64_t(entry.index), 0, 0, 0)
    }

    /// Takes inflated bytes off what this archive may still give.
    func spend(_ count: Int, on entry: ZipEntry) throws(ZipError) {
        allowance -= count
        if allowance < 0 {
            throw ZipError(.tooLarge, "\(entry.name) brings the archive beyond \(limits.totalBytes) inflated bytes")
        }
    }

    private static func open(_ bytes: [UInt8]) throws(ZipError) -> OpaquePointer {
        // libzip reads from the copy for as long as the archive is open and frees it at the end.
        guard let copy = malloc(bytes.count) else { throw ZipError(.notArchive, "out of memory") }
        bytes.withUnsafeBytes { source in
            if let start = source.baseAddress { copy.copyMemory(from: start, byteCount: source.count) }
        }
        var error = zip_error_t()
        zip_error_init(&error)
        defer { zip_error_fini(&error) }
        guard let source = zip_source_buffer_create(copy, zip_uint64_t(bytes.count), 1, &error) else {
            free(copy)
            throw ZipError(.notArchive, String(cString: zip_error_strerror(&error)))
        }
        guard let archive = zip_open_from_source(source, ZIP_RDONLY, &error) else {
            zip_source_free(source)
            throw ZipError(.notArchive, String(cString: zip_error_strerror(&error)))
        }
        return archive
    }

    private static func directory(
        of handle: OpaquePointer, archiveSize: Int, limits: ZipLimits
    ) throws(ZipError) -> [ZipEntry] {
        let count = zip_get_num_entries(handle, 0)
        guard count <= limits.entries else {
            throw ZipError(.tooManyEntries, "\(count) entries, \(limits.entries) are allowed")
        }
        var entries: [ZipEntry] = []
        var names: Set<String> = []
        var claimed = 0
        for index in 0..<max(0, Int(count)) {
            var stat = zip_stat_t()
            zip_stat_init(&stat)
            guard zip_stat_index(handle, zip_uint64_t(index), 0, &stat) == 0, let rawName = stat.name,
                let size = Int(exactly: stat.size), let compressedSize = Int(exactly: stat.comp_size)
            else { throw ZipError(.damaged, "entry \(index): \(reason(handle))") }
            let entry = ZipEntry(
                index: index, name: String(cString: rawName), size: size, compressedSize: compressedSize,
                isEncrypted: stat.encryption_method != ZIP_EM_NONE,
                hasKnownMethod: formpost_zip_method_is_plain(stat.comp_method) != 0,
                isStored: Int32(stat.comp_method) == ZIP_CM_STORE)
            let (sum, overflows) = claimed.addingReportingOverflow(compressedSize)
            guard !overflows, sum <= archiveSize else {
                throw ZipError(.damaged, "\(entry.name) overlaps other entries")
            }
            claimed = sum
            guard names.insert(entry.name).inserted else {
                throw ZipError(.damaged, "two entries are named \(entry.name)")
            }
            entries.append(entry)
        }
        return entries
    }

    private static func reason(_ handle: OpaquePointer) -> String {
        String(cString: zip_error_strerror(zip_get_error(handle)))
    }
}
