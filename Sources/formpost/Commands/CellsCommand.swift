import ArgumentParser
import Foundation
import Sheets

struct CellsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cells",
        abstract: "Prints what the reader sees of a workbook, one JSON object a line.",
        discussion: """
            Example:
              formpost cells "BC 2019 Thien Loc.xlsx"
            """)

    @Argument(help: "The workbook.", completion: .file())
    var file: String

    func run() throws {
        let bytes = try InputFile.read(file)
        let workbook: Workbook
        do {
            workbook = try WorkbookReader.read(bytes)
        } catch {
            throw CommandFailure.unreadable(file, "\(error)")
        }
        var output = StandardOutput()
        for line in CellListing.lines(of: workbook) {
            output.write(line)
        }
        output.flush()
    }
}
