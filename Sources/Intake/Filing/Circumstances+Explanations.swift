import Notices
import Records
import XLSForm

/// What the sender has written into the column for explanations of the sheet that came back to it.
extension Circumstances {
    /// A remark that the unit has explained is not repeated to it: the reviewer sees it with the explanation.
    func explained(_ judgement: Judgement) -> Judgement {
        let explanations = workbook.bound.explanations
        if explanations.isEmpty { return judgement }
        let findings = judgement.verdict.findings.map { finding -> Finding in
            guard finding.severity == .warning,
                let explanation = explanations.first(where: { Self.isAbout($0, finding, in: judgement) })
            else { return finding }
            var arguments = finding.arguments
            arguments["explanation"] = explanation.text
            return Finding(
                finding.code, severity: .review, cell: finding.cell, question: finding.question, label: finding.label,
                rule: finding.rule, arguments: arguments, clauses: finding.clauses, related: finding.related)
        }
        let verdict = judgement.verdict
        return Judgement(
            verdict: Verdict(
                form: verdict.form, outcome: verdict.outcome,
                findings: Severity.allCases.flatMap { severity in findings.filter { $0.severity == severity } },
                lookups: verdict.lookups, receiptLines: verdict.receiptLines, definition: verdict.definition),
            answers: judgement.answers, identity: judgement.identity, evidence: judgement.evidence)
    }

    private static func isAbout(_ explanation: Explanation, _ finding: Finding, in judgement: Judgement) -> Bool {
        guard explanation.code == finding.code, explanation.question == finding.question,
            explanation.rule == finding.rule
        else { return false }
        let row = judgement.answers.first { $0.question == finding.question && $0.cell == finding.cell }?.row
        return explanation.row == nil || explanation.row == row
    }

    /// For the office's notes: what the unit says, and of what.
    var explanationNotes: [String] {
        workbook.bound.explanations.map { explanation in
            let label = explanation.question.flatMap { form.question(named: $0) }.map { form.text($0.label) }
            var arguments = ["words": explanation.text]
            arguments["label"] = label
            return filing.office.letters.word("note.explanation", arguments)
        }
    }
}
