import Foundation

/// The folder that the office edits: `units.xlsx`, `plan.xlsx`, the forms, their `earlier/` versions, `notices/`.
package struct FormsFolder: Sendable {
    package let path: String

    package init(_ path: String) {
        self.path = path
    }

    package var units: String { path + "/units.xlsx" }
    package var plan: String { path + "/plan.xlsx" }

    /// Paths of the forms, workbooks and folders: those in force first, then earlier versions; lock files of office
    /// programs left out.
    package func forms() -> [String] {
        forms(in: path).filter { $0 != units && $0 != plan } + forms(in: path + "/earlier")
    }

    /// Whether a path is that of a form: a workbook, or a folder with `survey.csv`.
    package static func isForm(_ path: String) -> Bool { FormFile.isForm(path) }

    /// The templates and tables of `notices/`, by file name.
    package func noticeFiles() throws -> [String: String] {
        let folder = path + "/notices"
        var files: [String: String] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) where !name.hasPrefix(".") {
            files[name] = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
        }
        return files
    }

    private func forms(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().map { folder + "/" + $0 }.filter(FormFile.isForm)
    }
}
