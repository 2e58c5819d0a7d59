import Records
import Vietnamese

/// Questions of type `file`: is there an attachment for them?
extension Judging {
    /// By the code in the label, whatever the cell says; else by the name in the cell.
    mutating func judgeEvidence(_ item: CompiledQuestion, _ slot: Slot, _ node: Instance.Node, isRelevant: Bool) {
        guard let attached = context.evidence else { return }
        let label = label(item.question)
        let code = EvidenceName.code(of: label)
        let named = answers[slot]?.shown.trimmed ?? ""
        let matches = attached.filter { file in
            if let code, file.code == code { return true }
            return !named.isEmpty && isSameFile(named, file, code: code)
        }
        guard matches.isEmpty else {
            evidence += matches.map {
                EvidenceMatch(question: item.question.name, row: slot.row, filename: $0.filename)
            }
            return
        }
        guard isRelevant, let severity = blankSeverity(item, node) else { return }
        // The label begins with the code, which is told by itself.
        let name = code.flatMap { label.hasPrefix($0 + ".") ? String(label.dropFirst($0.count + 1)).trimmed : nil }
        var arguments = ["name": name ?? label, "value": named]
        arguments["code"] = code
        findings.append(
            Finding(
                .evidenceMissing, severity: severity, cell: answers[slot]?.cell, question: item.question.name,
                label: label, arguments: arguments, clauses: item.question.clauses))
    }

    /// The cell may name the file with or without its ending, or by a code of its own.
    private func isSameFile(_ named: String, _ file: EvidenceName, code: String?) -> Bool {
        if code == nil, let written = EvidenceName.code(of: named), written == file.code { return true }
        let wanted = Vietnamese.folded(named)
        let name = Vietnamese.folded(file.filename)
        guard name != wanted else { return true }
        guard let dot = name.lastIndex(of: ".") else { return false }
        return name[..<dot] == wanted
    }
}
