import Campaign
import Exports
import Foundation
import Hummingbird
import Intake
import Ledger
import Records
import XLSForm

/// Who owes what and what has come of it; one report.
struct ReportPages: Sendable {
    let desk: ConsoleDesk
    let pages: PageWriter

    func add(to router: Router<ConsoleContext>) {
        router.get("bao-cao") { request, context in
            let visitor = try context.visitor(at: .reports)
            let (asked, now) = (request.year, desk.now())
            let onlyOpen = request.uri.queryParameters["loc"] == "mo"
            let page = try await desk.read { try MatrixPage(asked, onlyOpen: onlyOpen, $0, $1, visitor.role, now) }
            return try await pages.page(page, for: visitor)
        }
        router.get("bao-cao/:ma") { _, context in
            let visitor = try context.visitor([.interior, .head, .labour])
            let receipt = try context.receipt()
            // A nominee's file has a page of its own.
            if receipt.kind == .nomination { return Response.redirect(to: "/ho-so/\(receipt)", type: .normal) }
            let page = try await desk.read { try SubmissionPage(receipt, $0, $1, visitor) }
            return try await pages.page(page, for: visitor)
        }
    }
}

extension ConsoleContext {
    /// The receipt in the address.
    /// - Throws: 404.
    func receipt() throws -> Receipt {
        guard let receipt = parameters.get("ma").flatMap({ Receipt.mentioned(in: $0).first }) else {
            throw Turned.notFound
        }
        return receipt
    }
}

extension Office {
    /// The year that is asked for, if the plan asks for something in it; else the newest that has begun. And all years.
    func year(_ asked: Int?, at now: Date) -> (year: Int, years: [ShownYear]) {
        let years = Set(campaign.plan.obligations.map(\.year)).sorted(by: >)
        let today = CivilDate(now, in: zone).year
        let newest = years.first { $0 <= today } ?? years.last ?? today
        let chosen = asked.flatMap { years.contains($0) ? $0 : nil } ?? newest
        return (chosen, years.map { ShownYear(year: $0, isHere: $0 == chosen) })
    }
}

/// A year that may be chosen.
struct ShownYear: Sendable {
    let year: Int
    let isHere: Bool
}

/// A table of the exports on a page.
struct ShownTable: Sendable {
    struct Cell: Sendable {
        let words: String
        let style: String
    }

    struct Row: Sendable {
        let cells: [Cell]
        let style: String
    }

    let caption: String
    let heads: [String]
    let rows: [Row]

    init(_ caption: String, _ table: ExportTable) {
        self.caption = caption
        heads = table.columns.map { $0.group.isEmpty ? $0.head : "\($0.group): \($0.head)" }
        rows = table.rows.map { row in
            Row(
                cells: zip(table.columns, row.values).map { column, value in Self.cell(value, column.kind) },
                style: row.isTotal ? "total" : "")
        }
    }

    private static func cell(_ value: ExportTable.Value, _ kind: ExportTable.Kind) -> Cell {
        switch value {
        case .blank: Cell(words: "", style: "")
        case .text(let text): Cell(words: text, style: "text")
        case .number(let number):
            Cell(words: Wording.number(number, decimals: kind == .percent ? 2 : 0), style: "number")
        case .day(let day): Cell(words: Wording.day(day), style: "number")
        }
    }
}
