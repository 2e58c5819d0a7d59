/// A table of phrases: a line for each, columns parted by tabs, `#` begins a remark.
///
/// `code/argument` and `code/argument=value` stand for the code where that argument is given; of several the first counts.
struct PhraseTable: Sendable {
    struct Entry: Sendable {
        let argument: String?
        let value: String?
        let phrases: [Phrase]
    }

    private var entries: [String: [Entry]] = [:]
    /// What is wrong with the table, line by line.
    private(set) var problems: [NoticeTemplateProblem] = []

    /// - Parameter columns: how many phrases each line holds; those left out at the end are empty.
    init(_ text: String, file: String, columns: Int) {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.last == "\r" ? line.dropLast() : line
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard (2...columns + 1).contains(fields.count), !fields[0].isEmpty else {
                problems.append(
                    NoticeTemplateProblem(
                        file: file, line: index + 1, name: String(fields[0].prefix(60)), kind: .unreadable))
                continue
            }
            let phrases = (1...columns).map { Phrase($0 < fields.count ? String(fields[$0]) : "") }
            let parts = fields[0].split(separator: "/", maxSplits: 1)
            let condition = parts.count > 1 ? parts[1].split(separator: "=", maxSplits: 1) : []
            entries[String(parts[0]), default: []].append(
                Entry(
                    argument: condition.first.map(String.init),
                    value: condition.count > 1 ? String(condition[1]) : nil, phrases: phrases))
        }
    }

    func has(_ code: String) -> Bool { entries[code]?.contains { $0.argument == nil } == true }

    /// The phrases that fit a code and its arguments; nil when the table does not know the code.
    func phrases(_ code: String, _ arguments: [String: String]) -> [Phrase]? {
        entries[code]?.first { entry in
            guard let name = entry.argument else { return true }
            guard let given = arguments[name], !given.isEmpty else { return false }
            return entry.value == nil || entry.value == given
        }?.phrases
    }
}
