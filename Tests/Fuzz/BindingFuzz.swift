import Foundation
import Records
import XLSForm

/// Whatever happens to a filled workbook: no question gets an answer that was typed for another one.
struct BindingFuzz {
    let entry: FilledEntry

    func fault(seed: UInt64) -> String? {
        var generator = SeededGenerator(seed: seed)
        var workbook = DamagedWorkbook(entry)
        var story: [String] = []
        for damage in plan(&generator) {
            if let done = workbook.suffer(damage, &generator) { story.append(done) }
        }
        guard case .bound(let all) = entry.binder.bind(workbook.workbook) else { return nil }
        let wrong = all.flatMap { bound in bound.answers.compactMap { fault($0, workbook) } + mixedRows(bound, workbook)
        }
        guard !wrong.isEmpty else { return nil }
        return "\(entry.form.identity): \(story.joined(separator: "; ")) -> \(wrong.prefix(5).joined(separator: "; "))"
    }

    /// Either moves and losses as they come; or one mark that lies, while the field's others still tell the truth.
    private func plan(_ generator: inout SeededGenerator) -> [Damage] {
        func some(_ damages: [Damage], _ count: Int) -> [Damage] {
            (0..<count).map { _ in damages[generator.below(damages.count)] }
        }
        guard generator.below(3) == 0 else { return some(Damage.moves + Damage.losses, generator.below(6) + 1) }
        return some(Damage.lies, 1) + some(Damage.moves, generator.below(3))
    }

    private func fault(_ answer: Answer, _ workbook: DamagedWorkbook) -> String? {
        guard let value = answer.value else { return nil }
        let told = "\(answer.question)\(answer.row.map { "#\($0)" } ?? "") = \(value.words)"
        guard let reference = answer.cell else {
            // Printed and locked, told by the workbook's hidden sheet.
            let known = entry.values[FilledEntry.Origin(question: answer.question, row: nil)]
            return known == value ? nil : "\(told) of no cell"
        }
        if case .selectMultiple = entry.form.question(named: answer.question)?.kind {
            return isTicked(value, answer.question) ? nil : "\(told), never ticked"
        }
        let cell = workbook.entry(sheet: reference.sheet, row: reference.row, column: reference.column)
        guard let origin = cell?.origin, origin.question == answer.question else {
            return "\(told) at \(reference.sheet)!\(reference.a1), typed for \(cell?.origin?.question ?? "nothing")"
        }
        // A hamlet of a commune that was changed is no choice any more; its words are kept for somebody to look at.
        if case .selectOneFromFile = entry.form.question(named: answer.question)?.kind, value.words == answer.shown {
            return nil
        }
        if cell?.isChanged == true || entry.values[origin] == value { return nil }
        return "\(told), typed as \(entry.values[origin]?.words ?? "nothing")"
    }

    private func isTicked(_ value: AnswerValue, _ question: String) -> Bool {
        let known = entry.values[FilledEntry.Origin(question: question, row: nil)]?.words ?? ""
        return Set(value.words.split(separator: " ")).isSubset(of: known.split(separator: " "))
    }

    /// Answers of one row that were typed in several.
    private func mixedRows(_ bound: BoundWorkbook, _ workbook: DamagedWorkbook) -> [String] {
        var rows: [String: Set<Int>] = [:]
        for answer in bound.answers where answer.value != nil {
            guard let row = answer.row, let cell = answer.cell,
                let table = entry.form.question(named: answer.question)?.repeatName,
                let typed = workbook.entry(sheet: cell.sheet, row: cell.row, column: cell.column)?.origin?.row
            else { continue }
            rows["\(table)#\(row)", default: []].insert(typed)
        }
        return rows.filter { $0.value.count > 1 }.keys.sorted().map { "\($0) mixes rows" }
    }
}

extension AnswerValue {
    fileprivate var words: String {
        switch self {
        case .text(let text): text
        case .number(let number): "\(number)"
        case .date(let day): day.description
        case .dateTime(let instant): "\(instant.timeIntervalSince1970)"
        case .time(let seconds): "\(seconds)"
        }
    }
}
