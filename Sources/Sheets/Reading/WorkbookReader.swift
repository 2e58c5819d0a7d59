import Zip

/// Reads workbooks from bytes, by content and never by name.
package struct WorkbookReader {
    /// What the bytes are; nil when they are no workbook known here.
    package static func format(of bytes: [UInt8]) -> WorkbookFormat? {
        nil
    }

    /// Reads a workbook.
    ///
    /// Throws one of the codes of `WorkbookError`; hostile bytes end in a code, in bounded time and memory.
    package static func read(
        _ bytes: [UInt8], limits: WorkbookLimits = .standard
    ) throws(WorkbookError) -> Workbook {
        throw WorkbookError(.notWorkbook, "not yet")
    }
}
