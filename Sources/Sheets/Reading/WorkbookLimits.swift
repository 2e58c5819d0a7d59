package import Zip

/// How large a workbook may be. Every limit has its own code in `WorkbookError`; the defaults stand here and nowhere else.
package struct WorkbookLimits: Hashable, Sendable {
    /// Bytes of the file as it came.
    package var fileBytes = 64 << 20
    /// Bytes of a file that may be text in columns; a longer one is not looked at.
    package var textFileBytes = 32 << 20
    /// Parts of the package, and how far each and all together may inflate.
    package var zip = ZipLimits()
    /// How far one part of an OpenDocument package may inflate: it has all sheets in one.
    package var openDocumentPartBytes = 256 << 20
    package var sheets = 1_000
    /// Rows of all sheets that stand in the file, blank ones included.
    package var rows = 2_000_000
    /// Cells that hold something, merged ranges and defined names, of all sheets.
    package var cells = 2_000_000
    /// Shared strings, and likewise formats, fonts and document properties.
    package var tableEntries = 1_000_000
    /// UTF-8 bytes of all texts; a run with a font of its own counts for 32 more.
    package var textBytes = 64 << 20
    /// Elements inside elements.
    package var xmlDepth = 64

    package init() {}
    package static let standard = WorkbookLimits()
}
