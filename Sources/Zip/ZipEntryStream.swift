import CZip

/// The content of one entry, inflated piece by piece within the archive's limits. Keeps its archive alive.
package final class ZipEntryStream {
    package let entry: ZipEntry
    private let archive: ZipArchive
    private let file: OpaquePointer
    private var count = 0

    init(archive: ZipArchive, entry: ZipEntry, file: OpaquePointer) {
        self.archive = archive
        self.entry = entry
        self.file = file
    }

    deinit {
        zip_fclose(file)
    }

    /// Fills the start of the buffer and gives the number of bytes; 0 at the end.
    ///
    /// Throws `damaged` for data that do not inflate or do not match their checksum, and `tooLarge` beyond a limit.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(ZipError) -> Int {
        guard let start = buffer.baseAddress, buffer.count > 0 else { return 0 }
        let read = Int(zip_fread(file, start, zip_uint64_t(buffer.count)))
        guard read >= 0 else {
            let reason = String(cString: zip_error_strerror(zip_file_get_error(file)))
            throw ZipError(.damaged, "\(entry.name): \(reason)")
        }
        count += read
        let limits = archive.limits
        if count > limits.entryBytes {
            throw ZipError(.tooLarge, "\(entry.name) inflates beyond \(limits.entryBytes) bytes")
        }
        if count > limits.ratioFloor, count / max(1, entry.compressedSize) > limits.ratio {
            throw ZipError(.tooLarge, "\(entry.name) inflates to more than \(limits.ratio) times its size")
        }
        try archive.spend(read, on: entry)
        return read
    }
}
