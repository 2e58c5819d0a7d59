import Foundation
import Records
import Vietnamese

/// Questions of type `range`: what lies beyond the ends, and what no step reaches.
extension Judging {
    mutating func judge(_ range: RangeLimits, of question: Question, _ slot: Slot) {
        guard case .number(let number) = value(of: slot) else { return }
        var arguments = [
            "value": shown(slot), "low": Vietnamese.formatNumber(range.lowest),
            "high": Vietnamese.formatNumber(range.highest), "step": Vietnamese.formatNumber(abs(range.step)),
        ]
        let code: FindingCode
        if range.contains(number) {
            if range.reaches(number) { return }
            let (below, above) = range.neighbours(of: number)
            arguments["below"] = Vietnamese.formatNumber(below)
            arguments["above"] = Vietnamese.formatNumber(above)
            code = .cellOffStep
        } else {
            code = .cellOutOfRange
        }
        findings.append(
            Finding(
                code, severity: .error, cell: answers[slot]?.cell, question: question.name, label: label(question),
                arguments: arguments, clauses: question.clauses))
    }
}
