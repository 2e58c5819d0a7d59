package import Campaign
import Foundation
package import Ledger
import Records
package import XLSForm

/// What changed from one version of a nomination to another.
package struct RevisionDifference: Sendable {
    package struct Line: Hashable, Sendable {
        package let question: String
        package let label: String
        /// The row of its table, counted from 1; nil outside tables.
        package let row: Int?
        /// As the unit sees it; empty where nothing stood.
        package let before: String
        package let after: String
    }

    /// In the form's order.
    package let lines: [Line]
    private let form: FormDefinition
    private let findings: (before: [Finding], after: [Finding])

    package init(from old: RevisionRecord, to new: RevisionRecord, form: FormDefinition) {
        self.form = form
        findings = (old.workbook.verdict.findings, new.workbook.verdict.findings)
        let before = Dictionary(grouping: old.workbook.answers, by: \.question)
        let after = Dictionary(grouping: new.workbook.answers, by: \.question)
        lines = form.questions.flatMap { question -> [Line] in
            let (one, other) = (before[question.name] ?? [], after[question.name] ?? [])
            let rows = Set((one + other).map(\.row)).sorted { ($0 ?? 0) < ($1 ?? 0) }
            return rows.compactMap { row in
                let words = [one, other].map { answers -> String in
                    answers.first { $0.row == row }.map { form.shown(question.name, in: [$0]) } ?? ""
                }
                guard words[0] != words[1] else { return nil }
                let label = form.text(question.label)
                return Line(
                    question: question.name, label: label.isEmpty ? question.name : label, row: row, before: words[0],
                    after: words[1])
            }
        }
    }

    /// Whether a verdict on a standard must be given anew: a cell that serves it changed, or what the rules say of it.
    /// One that no cell serves rests on the file as a whole.
    package func touches(_ standard: Plan.Standard) -> Bool {
        let own = Set(form.questions.filter { $0.clauses.contains(standard.id) }.map(\.name))
        if own.isEmpty { return !lines.isEmpty }
        func said(_ findings: [Finding]) -> Set<Said> {
            Set(findings.filter { $0.clauses.contains(standard.id) }.map(Said.init))
        }
        return lines.contains { own.contains($0.question) } || said(findings.before) != said(findings.after)
    }

    /// What a finding says, wherever its cell stands.
    private struct Said: Hashable {
        let code: FindingCode
        let severity: Severity
        let question: String?
        let rule: Int?
        let arguments: [String: String]

        init(_ finding: Finding) {
            code = finding.code
            severity = finding.severity
            question = finding.question
            rule = finding.rule
            arguments = finding.arguments
        }
    }
}

/// Figures that did not meet a standard, and did after the unit had been told so.
package struct ThresholdCrossing: Sendable {
    package let from: RevisionRecord
    package let to: RevisionRecord
    package let lines: [RevisionDifference.Line]

    /// - Parameter revisions: all of a nomination, in order.
    package static func all(in revisions: [RevisionRecord], form: FormDefinition) -> [ThresholdCrossing] {
        zip(revisions, revisions.dropFirst()).compactMap { old, new in
            guard old.workbook.verdict.outcome == .standardNotMet, new.workbook.verdict.outcome == .accepted else {
                return nil
            }
            let unmet = old.workbook.verdict.findings.filter { $0.severity == .standard }
            let clauses = Set(unmet.flatMap(\.clauses))
            let serving = Set(form.questions.filter { !clauses.isDisjoint(with: $0.clauses) }.map(\.name))
                .union(unmet.compactMap(\.question))
            let changed = RevisionDifference(from: old, to: new, form: form).lines
            let own = changed.filter { serving.contains($0.question) }
            return ThresholdCrossing(from: old, to: new, lines: own.isEmpty ? changed : own)
        }
    }
}
