package import Records
import Vietnamese

/// The words for findings: what was found, and what to do about it. Used by the correction request, the marked workbook and
/// the command line alike.
package struct FindingWording: Sendable {
    private let findings: PhraseTable
    private let reasons: PhraseTable

    /// - Parameters:
    ///   - findings: `findings.tsv`: code, found, to do.
    ///   - reasons: `reasons.tsv`: code, why a file could not be read, what to do instead.
    init(findings: PhraseTable, reasons: PhraseTable) {
        self.findings = findings
        self.reasons = reasons
    }

    /// What was found, as the line "Đang ghi" says it; what the sender wrote is capped and without links.
    package func found(_ finding: Finding) -> String { text(finding, 0) }

    /// What to do about it; empty where there is nothing to do.
    package func todo(_ finding: Finding) -> String { text(finding, 1) }

    /// Found and to do at once, for letters: what the sender wrote is looked through once.
    func foundAndTodo(_ finding: Finding) -> (found: String, todo: String) {
        let phrases = phrases(finding)
        return (phrases(0), phrases(1))
    }

    /// Found and to do in one line, for remarks that ask for nothing.
    static func remark(_ code: FindingCode, found: String, todo: String) -> String {
        // The form's own sentence says both.
        let parts = code == .rule && !todo.isEmpty ? [todo] : [found, todo]
        return parts.filter { !$0.isEmpty }.joined(separator: "; ")
    }

    /// Why a file could not be read, and what to do instead.
    package func reason(_ code: FindingCode, _ arguments: [String: String] = [:]) -> (why: String, remedy: String) {
        let arguments = arguments.mapValues { Quotation.text($0) }
        let phrases = reasons.phrases(code.rawValue, arguments) ?? findings.phrases(code.rawValue, arguments) ?? []
        return (
            phrases.first?.filled(arguments) ?? code.rawValue,
            phrases.dropFirst().first?.filled(arguments) ?? ""
        )
    }

    private func text(_ finding: Finding, _ column: Int) -> String { phrases(finding)(column) }

    /// The phrases of a finding by column, filled in.
    private func phrases(_ finding: Finding) -> (Int) -> String {
        let arguments = finding.arguments.mapValues { Quotation.text($0) }
        let code = finding.code.rawValue
        let phrases = findings.phrases(code, arguments) ?? reasons.phrases(code, arguments)
        return { column in
            guard let phrases, column < phrases.count else { return column == 0 ? code : "" }
            return phrases[column].filled(arguments).trimmed
        }
    }

    /// Codes that neither table has words for.
    var missing: [FindingCode] {
        FindingCode.allCases.filter { !findings.has($0.rawValue) && !reasons.has($0.rawValue) }
    }
}
