import Foundation

/// A column of a table of reports, and what stands in it for one unit or several together.
struct ReportColumn: Sendable {
    let column: ExportTable.Column
    let value: @Sendable (ReportGroup) -> ExportTable.Value

    init(
        _ head: String, group: String = "", width: Double = 10, _ kind: ExportTable.Kind,
        _ value: @escaping @Sendable (ReportGroup) -> ExportTable.Value
    ) {
        column = ExportTable.Column(head, group: group, width: width, kind)
        self.value = value
    }

    /// The sum of a question.
    static func sum(_ head: String, _ question: String, group: String = "", width: Double = 10) -> ReportColumn {
        ReportColumn(head, group: group, width: width, .whole) { .init($0.sum(question)) }
    }

    /// How many rows answer a question.
    static func count(_ head: String, _ question: String) -> ReportColumn {
        ReportColumn(head, width: 10, .whole) { group in .init(group.ifThere { Decimal($0.count(question)) }) }
    }

    /// A text of one unit; blank for several.
    static func text(_ head: String, _ question: String, width: Double) -> ReportColumn {
        ReportColumn(head, width: width, .text) { .init($0.single?.text(question)) }
    }
}

enum ReportTable {
    /// A row a unit, after its number and name.
    static func units(_ reports: [UnitReport], _ columns: [ReportColumn]) -> ExportTable {
        ExportTable(
            columns: heads + columns.map(\.column), rows: rows(reports, columns) + [total(reports, columns)])
    }

    /// The same, the units of towns and of the country apart, each with its sum.
    static func areas(_ reports: [UnitReport], _ columns: [ReportColumn]) -> ExportTable {
        var rows: [ExportTable.Row] = []
        for (name, isUrban) in [(ExportWording.urban, true), (ExportWording.rural, false)] {
            let own = reports.filter { $0.isUrban == isUrban }
            if own.isEmpty { continue }
            rows.append(sum(name, own, columns))
            rows += self.rows(own, columns, after: rows.count { !$0.isTotal })
        }
        return ExportTable(columns: heads + columns.map(\.column), rows: rows + [total(reports, columns)])
    }

    private static var heads: [ExportTable.Column] {
        [
            .init(ExportWording.number, width: 5, .whole), .init(ExportWording.unit, width: 22, .text),
        ]
    }

    private static func rows(
        _ reports: [UnitReport], _ columns: [ReportColumn], after count: Int = 0
    ) -> [ExportTable.Row] {
        reports.enumerated().map { index, report in
            ExportTable.Row(
                [.number(Decimal(count + index + 1)), .text(report.name)]
                    + columns.map { $0.value(ReportGroup(reports: [report])) })
        }
    }

    private static func total(_ reports: [UnitReport], _ columns: [ReportColumn]) -> ExportTable.Row {
        sum(ExportWording.total, reports, columns)
    }

    private static func sum(
        _ name: String, _ reports: [UnitReport], _ columns: [ReportColumn]
    ) -> ExportTable.Row {
        // Of one unit alone a sum would show its texts.
        let empty = UnitReport.nothing
        let group = ReportGroup(reports: reports.count == 1 ? reports + [empty] : reports)
        return ExportTable.Row([.blank, .text(name)] + columns.map { $0.value(group) }, isTotal: true)
    }
}
