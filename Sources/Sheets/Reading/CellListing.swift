/// What the reader sees, one JSON object for each cell, as `formpost cells` prints it.
package enum CellListing {
    /// One line without its line feed for each cell: sheets in the workbook's order, cells by row.
    ///
    /// `{"sheet","ref","row","column","type","value"}`; type is `text`, `number`, `boolean`, `date` or `error`. A date's
    /// value is ISO 8601 without zone: `2020-06-11`, `2020-06-11T08:30:00`, a time alone `08:30:00`, a duration
    /// `PT5400S`.
    package static func lines(of workbook: Workbook) -> some Sequence<String> {
        [String]()
    }
}
