import Foundation
import Records
import Vietnamese

/// What all of it comes to: the findings that are told, the outcome, the answers, and whose submission it is.
extension Judging {
    /// What was found while reading the cells holds, except where nothing had to be written.
    mutating func carryOver() {
        guard !bound.findings.isEmpty else { return }
        let irrelevant = Set(answers.slots.filter { relevance(of: $0) == .no }.compactMap { answers[$0]?.cell })
        findings += bound.findings.filter { finding in
            if let cell = finding.cell { return !irrelevant.contains(cell) }
            guard finding.code == .fieldUnbound, let name = finding.question, let index = form.questionIndexes[name],
                form.questions[index].question.repeatName == nil
            else { return true }
            return relevance(of: Slot(question: index, row: nil)) != .no
        }
    }

    mutating func conclude() -> Judgement {
        let outcome: Outcome
        if findings.contains(where: { $0.severity == .error }) {
            // Standards are not told before the figures are in order.
            findings.removeAll { $0.code == .standardUnmet || $0.code == .standardUndecided }
            outcome = .needsCorrection
        } else {
            outcome = findings.contains { $0.severity == .standard } ? .standardNotMet : .accepted
        }
        let verdict = Verdict(
            form: form.definition.identity, outcome: outcome, findings: inOrder(findings),
            lookups: evaluation.lookups, receiptLines: receiptLines(), definition: form.definition.sha256)
        return Judgement(verdict: verdict, answers: allAnswers(), identity: identity(), evidence: evidence)
    }

    /// Errors first, then by sheet as the workbook has them, row and column; what has no cell comes last.
    private func inOrder(_ findings: [Finding]) -> [Finding] {
        guard findings.count > 1 else { return findings }
        var sheets: [String: Int] = [:]
        for cell in bound.answers.lazy.compactMap(\.cell) where sheets[cell.sheet] == nil {
            sheets[cell.sheet] = sheets.count
        }
        func key(_ finding: Finding) -> (Int, Int, Int, Int) {
            let severity = Severity.allCases.firstIndex(of: finding.severity) ?? 0
            guard let cell = finding.cell else { return (severity, .max, 0, 0) }
            return (severity, sheets[cell.sheet] ?? sheets.count, cell.row, cell.column)
        }
        return findings.enumerated().sorted { left, right in
            let (first, second) = (key(left.element), key(right.element))
            return first == second ? left.offset < right.offset : first < second
        }.map(\.element)
    }

    /// A question of a repeat gives a line for each row that answers it.
    private func receiptLines() -> [String] {
        form.questions.indices.flatMap { index -> [String] in
            let question = form.questions[index].question
            guard let line = question.receiptLine else { return [] }
            let slots = tree.questionNodes[index].indices.map {
                Slot(question: index, row: question.repeatName == nil ? nil : $0 + 1)
            }
            return slots.filter { relevance(of: $0) != .no && value(of: $0) != nil }.map { fill(line, at: $0) }
        }
    }

    /// In the form's order, a repeat's questions row by row as they were bound.
    private func allAnswers() -> [Answer] {
        var all: [Answer] = []
        all.reserveCapacity(bound.answers.count)
        for (index, item) in form.questions.enumerated() {
            let count = item.question.repeatName.map { rows[$0] ?? 0 } ?? 1
            for position in 0..<count {
                let slot = Slot(question: index, row: item.isRepeated ? position + 1 : nil)
                if item.isComputed {
                    all.append(
                        Answer(
                            question: item.question.name, row: slot.row, value: value(of: slot), shown: shown(slot),
                            cell: answers[slot]?.cell))
                } else if let answer = answers[slot] {
                    all.append(relevance(of: slot) == .no ? answer.withoutValue : answer)
                }
            }
        }
        return all
    }

    private func identity() -> SubmissionIdentity {
        let settings = form.definition.settings
        let unit = context.unit ?? text(settings.unitQuestion).flatMap { UnitCode($0) } ?? bound.printed.unit
        let period = text(settings.periodQuestion) ?? bound.printed.period
        let stage = text(settings.stageQuestion) ?? bound.printed.stage
        let nominee = text(settings.nomineeQuestion)
        let isComplete =
            (settings.periodQuestion == nil || period != nil) && (settings.stageQuestion == nil || stage != nil)
            && (settings.nomineeQuestion == nil || nominee != nil)
        var key: SubmissionKey?
        if let unit, isComplete {
            key = SubmissionKey(
                form: settings.id, unit: unit, period: settings.periodQuestion == nil ? nil : period,
                stage: settings.stageQuestion == nil ? nil : stage, nominee: nominee.map(Vietnamese.folded),
                place: text(settings.placeQuestion).map(Vietnamese.folded))
        }
        return SubmissionIdentity(
            unit: unit, period: period, stage: stage, reward: text(settings.rewardQuestion), nominee: nominee, key: key)
    }

    /// The value of an identifying question as text; numbers plain, without dots.
    private func text(_ name: String?) -> String? {
        guard let name, let index = form.questionIndexes[name] else { return nil }
        switch value(of: Slot(question: index, row: nil)) {
        case .text(let text): return text.trimmed.isEmpty ? nil : text.trimmed
        case .number(let number): return number.description
        case .date(let date): return date.description
        default: return nil
        }
    }
}

extension Answer {
    /// As it stands in its cell, but counting as blank.
    fileprivate var withoutValue: Answer {
        Answer(question: question, row: row, value: nil, shown: shown, cell: cell)
    }
}
