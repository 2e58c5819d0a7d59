import Foundation
package import Ledger
import Records
package import XLSForm

/// The forms as they were used before, which the ledger keeps by form and version.
package struct PublishedForms: Sendable {
    private let ledger: Ledger?

    /// - Parameter ledger: nil where there is none yet; nothing was used before then.
    package init(_ ledger: Ledger?) {
        self.ledger = ledger
    }

    /// A workbook that was saved anew with the same questions, rules and choices has not changed.
    ///
    /// - Parameter file: name of the workbook, for the problem.
    /// - Returns: nil when the form may be used under the version that it bears.
    /// - Throws: `LedgerError`.
    package func change(of form: FormDefinition, file: String) throws -> FormProblem? {
        guard let ledger else { return nil }
        return try ledger.read { view in
            let last = try view.definitions(kind: "form", name: form.identity.id)
                .last { $0.version == form.identity.version }?.sha256
            guard let problem = form.changeUnderOneVersion(published: last, file: file) else { return nil }
            let before = try last.flatMap { try view.definition(sha256: $0) }.flatMap { Self.form($0, file: file) }
            return try before.map { try $0.saysTheSame(as: form) } == true ? nil : problem
        }
    }

    private static func form(_ bytes: [UInt8], file: String) -> FormDefinition? {
        guard let content = try? FormContent(kept: bytes) else { return nil }
        return FormReader.read(content.workbook, file: file, sha256: "", tables: content.tables).form
    }
}

extension FormDefinition {
    /// Whether all but the workbooks' bytes is the same.
    fileprivate func saysTheSame(as other: FormDefinition) throws -> Bool {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        func content(_ form: FormDefinition) throws -> Data {
            try encoder.encode(
                FormDefinition(
                    settings: form.settings, items: form.items, choiceLists: form.choiceLists, tables: form.tables,
                    sha256: ""))
        }
        return try content(self) == content(other)
    }
}
