import CXLSXWriter
import Foundation
import Records

/// Writes a draft as xlsx (ECMA-376 Part 1) through libxlsxwriter.
///
/// The library only warns when a limit is passed, so every return code is checked. The creation date is fixed: the same
/// draft gives the same bytes.
package struct WorkbookWriter {
    /// - Throws: `.content` when the draft breaks a limit of the format, `.system` when memory or a temporary file fails.
    package static func write(_ draft: WorkbookDraft) throws(WorkbookWriterError) -> [UInt8] {
        let file = try MemoryFile()
        let workbook = try OpenWorkbook(path: file.path)
        try fill(workbook, with: draft)
        try workbook.close()
        return try file.bytes()
    }

    private static func fill(_ workbook: borrowing OpenWorkbook, with draft: WorkbookDraft) throws(WorkbookWriterError)
    {
        try setProperties(of: workbook, from: draft)
        let formats = FormatPool(workbook: workbook.pointer)
        for (index, sheet) in draft.sheets.enumerated() {
            let pointer = try workbook.addSheet(named: sheet.name)
            let writer = SheetWriter(sheet: pointer, draft: sheet, formats: formats)
            try writer.write()
            if index == draft.activeSheet {
                worksheet_activate(pointer)
                if index > 0, draft.sheets[0].visibility != .visible { worksheet_set_first_sheet(pointer) }
            }
        }
        for name in draft.names {
            let formula = "=" + reference(name.range, sheet: name.sheet)
            // The library copies both into buffers of 128 bytes and would cut them silently.
            guard name.name.utf8.count < 128, formula.utf8.count < 128 else {
                throw WorkbookWriterError(.content, "defined name too long: \(name.name)")
            }
            try check(workbook_define_name(workbook.pointer, name.name, formula), "defined name \(name.name)")
        }
    }

    private static func setProperties(
        of workbook: borrowing OpenWorkbook, from draft: WorkbookDraft
    ) throws(WorkbookWriterError) {
        let title = strdup(Text.writable(draft.title))
        defer { free(title) }
        var properties = lxw_doc_properties()
        properties.title = title
        // 2000-01-01T00:00:00Z: zero would mean "now" to the library.
        properties.created = 946_684_800
        try check(workbook_set_properties(workbook.pointer, &properties), "document properties")
        for (name, value) in draft.properties {
            try check(
                workbook_set_custom_property_string(workbook.pointer, name, Text.writable(value)), "property \(name)")
        }
    }

    /// `'Sheet'!$A$1` or `'Sheet'!$A$1:$B$2`.
    package static func reference(_ range: CellRange, sheet: String) -> String {
        func absolute(_ row: Int, _ column: Int) -> String { "$\(CellReference.letters(column))$\(row)" }
        let quoted = "'" + sheet.replacing("'", with: "''") + "'!"
        let first = absolute(range.firstRow, range.firstColumn)
        let last = absolute(range.lastRow, range.lastColumn)
        return quoted + (first == last ? first : first + ":" + last)
    }

    static func check(_ code: lxw_error, _ what: @autoclosure () -> String) throws(WorkbookWriterError) {
        guard formpost_is_good(code) == 0 else { return }
        let system = [
            LXW_ERROR_MEMORY_MALLOC_FAILED, LXW_ERROR_CREATING_XLSX_FILE, LXW_ERROR_CREATING_TMPFILE,
            LXW_ERROR_READING_TMPFILE, LXW_ERROR_ZIP_FILE_OPERATION, LXW_ERROR_ZIP_CLOSE,
        ]
        throw WorkbookWriterError(
            system.contains { $0.rawValue == code.rawValue } ? .system : .content,
            "\(what()): \(String(cString: lxw_strerror(code)))")
    }
}

/// Texts as XML 1.0 can hold them.
enum Text {
    /// Without NUL, which would end a C string, and without U+FFFE and U+FFFF, which XML 1.0 forbids; other control
    /// characters are escaped by the library.
    static func writable(_ text: String) -> String {
        let isBad = { (scalar: Unicode.Scalar) in scalar.value == 0 || scalar.value == 0xFFFE || scalar.value == 0xFFFF
        }
        guard text.unicodeScalars.contains(where: isBad) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.filter { !isBad($0) }))
    }
}

/// A workbook of the library until it is closed; freed with all its sheets and formats when it is not.
private struct OpenWorkbook: ~Copyable {
    let pointer: UnsafeMutablePointer<lxw_workbook>

    init(path: String) throws(WorkbookWriterError) {
        var options = lxw_workbook_options()
        guard let pointer = workbook_new_opt(path, &options) else {
            throw WorkbookWriterError(.system, "no memory for a workbook")
        }
        self.pointer = pointer
    }

    deinit { lxw_workbook_free(pointer) }

    func addSheet(named name: String) throws(WorkbookWriterError) -> UnsafeMutablePointer<lxw_worksheet> {
        try WorkbookWriter.check(workbook_validate_sheet_name(pointer, name), "sheet \(name)")
        guard let sheet = workbook_add_worksheet(pointer, name) else {
            throw WorkbookWriterError(.system, "no memory for sheet \(name)")
        }
        return sheet
    }

    /// Packs the file; the library frees the workbook whether that succeeds or not.
    consuming func close() throws(WorkbookWriterError) {
        let pointer = self.pointer
        discard self
        try WorkbookWriter.check(workbook_close(pointer), "packing")
    }
}

/// The library writes to a path only; this is one that touches no disk.
private struct MemoryFile: ~Copyable {
    private let descriptor: Int32

    init() throws(WorkbookWriterError) {
        descriptor = formpost_memory_file()
        guard descriptor >= 0 else { throw WorkbookWriterError(.system, "no memory file: errno \(errno)") }
    }

    deinit { close(descriptor) }

    var path: String { "/proc/self/fd/\(descriptor)" }

    func bytes() throws(WorkbookWriterError) -> [UInt8] {
        let size = lseek(descriptor, 0, SEEK_END)
        guard size > 0 else { throw WorkbookWriterError(.system, "the packed file is empty") }
        var count = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, initialized in
            while count < buffer.count {
                let read = pread(descriptor, buffer.baseAddress! + count, buffer.count - count, off_t(count))
                guard read > 0 else { break }
                count += read
            }
            initialized = count
        }
        guard count == Int(size) else { throw WorkbookWriterError(.system, "short read: errno \(errno)") }
        return bytes
    }
}
