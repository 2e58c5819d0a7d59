import ArgumentParser
import Foundation
import Sheets

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
            """)

    @Argument(help: "The workbook.", completion: .file())
    var file: String

    func run() throws {
        let bytes = try CommandFile.read(file)
        let workbook: Workbook
        do {
            workbook = try WorkbookReader.read(bytes)
        } catch {
            throw CommandFailure.unreadable(file, "\(error)")
        }
        var output = StandardOutput()
        for line in CellListing.lines(of: workbook) {
            try output.write(line)
        }
        try output.flush()
    }
}
