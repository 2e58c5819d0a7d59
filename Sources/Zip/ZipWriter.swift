import CZip

#if canImport(Glibc)
    import Glibc
#endif

/// Builds an archive in memory. Entries stand in the order given, dated 1980-01-01: the same content gives the same bytes.
package struct ZipWriter {
    package enum Method: Sendable { case store, deflate }

    private enum Content {
        case bytes([UInt8], Method)
        /// As it stands compressed in another archive, which stays open until the new one is written.
        case copy(of: ZipEntry, ZipArchive)
    }

    private var entries: [(name: String, content: Content)] = []

    package init() {}

    /// Adds an entry; of two with the same name `finish` refuses the second.
    package mutating func add(_ name: String, _ bytes: [UInt8], method: Method = .deflate) {
        entries.append((name, .bytes(bytes, method)))
    }

    /// Takes an entry over from another archive without compressing it anew.
    package mutating func copy(_ entry: ZipEntry, of archive: ZipArchive) {
        entries.append((entry.name, .copy(of: entry, archive)))
    }

    /// The archive's bytes. Throws `cannotWrite` for an empty archive and whatever libzip refuses.
    package func finish() throws(ZipError) -> [UInt8] {
        guard !entries.isEmpty else { throw ZipError(.cannotWrite, "an archive needs an entry") }
        var error = zip_error_t()
        zip_error_init(&error)
        defer { zip_error_fini(&error) }
        guard let target = zip_source_buffer_create(nil, 0, 0, &error) else {
            throw ZipError(.cannotWrite, String(cString: zip_error_strerror(&error)))
        }
        defer { zip_source_free(target) }
        // Closing the archive drops its hold on the target; the bytes are read from it afterwards.
        zip_source_keep(target)
        guard let archive = zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, &error) else {
            zip_source_free(target)
            throw ZipError(.cannotWrite, String(cString: zip_error_strerror(&error)))
        }
        do throws(ZipError) {
            for entry in entries { try Self.add(entry.name, entry.content, to: archive) }
            guard zip_close(archive) == 0 else { throw Self.failure(archive) }
        } catch {
            zip_discard(archive)
            throw error
        }
        return try Self.content(of: target)
    }

    private static func add(
        _ name: String, _ content: Content, to archive: OpaquePointer
    ) throws(ZipError) {
        let source: OpaquePointer
        var method = Method.deflate
        switch content {
        case .bytes(let bytes, let wanted):
            source = try self.source(of: bytes, archive)
            method = wanted
        case .copy(let entry, let other):
            guard let copy = other.source(of: entry, for: archive) else { throw failure(archive) }
            source = copy
            if entry.isStored { method = .store }
        }
        let index = zip_file_add(archive, name, source, zip_flags_t(ZIP_FL_ENC_UTF_8))
        guard index >= 0 else {
            zip_source_free(source)
            throw failure(archive)
        }
        let compression = method == .store ? ZIP_CM_STORE : ZIP_CM_DEFLATE
        let firstDay = zip_uint16_t(1 << 5 | 1)
        guard zip_set_file_compression(archive, zip_uint64_t(index), zip_int32_t(compression), 0) == 0,
            zip_file_set_dostime(archive, zip_uint64_t(index), 0, firstDay, 0) == 0
        else { throw failure(archive) }
    }

    private static func source(of bytes: [UInt8], _ archive: OpaquePointer) throws(ZipError) -> OpaquePointer {
        guard let copy = malloc(max(bytes.count, 1)) else { throw ZipError(.cannotWrite, "out of memory") }
        bytes.withUnsafeBytes { source in
            if let start = source.baseAddress { copy.copyMemory(from: start, byteCount: source.count) }
        }
        guard let source = zip_source_buffer(archive, copy, zip_uint64_t(bytes.count), 1) else {
            free(copy)
            throw failure(archive)
        }
        return source
    }

    private static func content(of target: OpaquePointer) throws(ZipError) -> [UInt8] {
        var stat = zip_stat_t()
        zip_stat_init(&stat)
        guard zip_source_stat(target, &stat) == 0, let size = Int(exactly: stat.size), zip_source_open(target) == 0
        else {
            throw ZipError(.cannotWrite, String(cString: zip_error_strerror(zip_source_error(target))))
        }
        defer { zip_source_close(target) }
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = max(0, Int(zip_source_read(target, buffer.baseAddress, zip_uint64_t(size))))
        }
        guard bytes.count == size else { throw ZipError(.cannotWrite, "the archive came out short") }
        return bytes
    }

    private static func failure(_ archive: OpaquePointer) -> ZipError {
        ZipError(.cannotWrite, String(cString: zip_error_strerror(zip_get_error(archive))))
    }
}
