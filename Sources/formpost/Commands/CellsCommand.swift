import ArgumentParser
import Foundation
import Sheets
import XLSForm

struct CellsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cells",
        abstract: "Prints what the reader sees of a workbook, one JSON object a line.",
        discussion: """
            {"sheet","ref","row","column","type","value"}: sheets in the workbook's order, cells by row; row and column \
            count from 1; empty cells are left out. Type is text, number, boolean, date or error; a date's value is ISO \
            8601 without zone. Ends with 65 when the file cannot be read; its code and sentence are on stderr.

            Example:
              formpost cells "BC 2019 Thien Loc.xlsx"
              formpost cells --decode-legacy "danh sach ho.xls"
            """)

    @Argument(help: "The workbook.", completion: .file())
    var file: String

    @Flag(help: "Show TCVN3 and VNI text as Unicode, where it can be told.")
    var decodeLegacy = false

    func run() throws {
        let bytes = try CommandFile.read(file)
        let workbook: Workbook
        do {
            workbook = try WorkbookReader.read(bytes)
        } catch {
            throw CommandFailure.unreadable(file, "\(error)")
        }
        var output = StandardOutput()
        let shown = decodeLegacy ? LegacyDecoding(workbook).workbook : workbook
        for line in CellListing.lines(of: shown) {
            try output.write(line)
        }
        try output.flush()
    }
}
