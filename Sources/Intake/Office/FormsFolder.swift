import Foundation

/// The folder that the office edits: `units.xlsx`, `plan.xlsx`, one workbook per form, `earlier/` versions, `notices/`.
package struct FormsFolder: Sendable {
    package let path: String

    package init(_ path: String) {
        self.path = path
    }

    package var units: String { path + "/units.xlsx" }
    package var plan: String { path + "/plan.xlsx" }

    /// Paths of the form workbooks: those in force first, then earlier versions; lock files of office programs left out.
    package func forms() -> [String] {
        workbooks(in: path).filter { $0 != units && $0 != plan } + workbooks(in: path + "/earlier")
    }

    /// The templates and tables of `notices/`, by file name.
    package func noticeFiles() throws -> [String: String] {
        let folder = path + "/notices"
        var files: [String: String] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) where !name.hasPrefix(".") {
            files[name] = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
        }
        return files
    }

    private func workbooks(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".xlsx") && !$0.hasPrefix("~$") && !$0.hasPrefix(".") }.sorted()
            .map { folder + "/" + $0 }
    }
}
