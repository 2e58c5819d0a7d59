import Ledger
import Records
import Vietnamese
import XLSForm

/// A cover letter names everybody whom the unit nominates in the stage: whoever is on the list without a file, and every
/// file that is not on the list, is told by name.
extension Circumstances {
    /// Questions of the cover letter's list, a row a nominee.
    enum CoverQuestion {
        static let receipt = "ds_ma"
        static let name = "ds_ten"
        /// The form's own rule compares numbers only.
        static let count = "ds_so"
    }

    func coverMismatch() throws -> Finding? {
        guard submission.kind == .cover, let unit = identity.unit, let stage = identity.stage else { return nil }
        var files = try filing.stored.nominations(of: unit, stage: stage, last: Letters.mostNominations)
            .filter { $0.state != .withdrawn }.map(\.submission)
        let rows = AnswerRows(judgement.answers)
        var withoutFile: [String] = []
        for row in rows.rows(of: CoverQuestion.name) {
            guard let name = rows.text(CoverQuestion.name, row) else { continue }
            let receipt = rows.text(CoverQuestion.receipt, row).flatMap { Receipt.mentioned(in: $0).first }
            let folded = Vietnamese.folded(name)
            let found =
                files.firstIndex { $0.receipt == receipt } ?? files.firstIndex { Vietnamese.folded($0.name) == folded }
            if let found {
                files.remove(at: found)
            } else {
                withoutFile.append(name)
            }
        }
        if withoutFile.isEmpty, files.isEmpty { return nil }
        var arguments: [String: String] = [:]
        if !withoutFile.isEmpty { arguments["missing"] = Self.list(withoutFile) }
        if !files.isEmpty { arguments["surplus"] = Self.list(files.map { "\($0.name) (\($0.receipt))" }) }
        let row = rows.rows(of: CoverQuestion.name).first
        return finding(.coverMismatch, .warning, at: CoverQuestion.name, row: row, arguments)
    }

    /// A letter lists twelve lines; as many names stand in one.
    private static let mostNames = 12

    private static func list(_ names: [String]) -> String {
        let more = names.count - mostNames
        return names.prefix(mostNames).joined(separator: ", ") + (more > 0 ? ", … (+\(more))" : "")
    }
}
