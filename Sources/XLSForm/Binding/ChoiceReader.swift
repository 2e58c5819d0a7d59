import Foundation
import Records
import Vietnamese

/// Finds the choice that a text means: by its label or name, exactly or folded, else with accents aside if only one fits.
struct ChoiceReader {
    struct Reading {
        var value: String?
        var code: FindingCode?
        var severity: Severity?
        var arguments: [String: String] = [:]
    }

    private let lists: [String: Lists]
    private let form: FormDefinition

    /// The choices of one question, by each form in which a text may name them.
    private struct Lists {
        let source: ChoiceSource
        let all: Index
        let byValue: [String: Index]
    }

    private struct Index {
        let items: [ChoiceSource.Item]
        /// The items' labels, folded, in the same order.
        let labels: [String]
        /// Names by label and name, as they stand in the form, which is how most cells have them.
        let exact: [String: String]
        let folded: [String: String]
        /// nil as the value where two choices differ in accents only.
        let bare: [String: ChoiceSource.Item?]

        init(_ items: [ChoiceSource.Item]) {
            self.items = items
            labels = items.map { Vietnamese.folded($0.label) }
            var exact: [String: String] = [:]
            var folded: [String: String] = [:]
            var bare: [String: ChoiceSource.Item?] = [:]
            for item in items {
                for text in [item.label, item.name] {
                    let key = Vietnamese.folded(text)
                    if folded[key] == nil { folded[key] = item.name }
                    exact[text] = folded[key]
                    let loose = ChoiceReader.bare(key)
                    if let known = bare[loose], known?.name != item.name {
                        bare.updateValue(nil, forKey: loose)
                    } else {
                        bare[loose] = item
                    }
                }
            }
            self.exact = exact
            self.folded = folded
            self.bare = bare
        }
    }

    init(form: FormDefinition, tables: ReferenceSnapshot) {
        self.form = form
        var lists: [String: Lists] = [:]
        for question in form.questions {
            guard let source = ChoiceSource(question, form: form, tables: tables) else { continue }
            lists[question.name] = Lists(
                source: source, all: Index(source.items),
                byValue: source.cascade?.itemsByValue.mapValues { Index($0) } ?? [:])
        }
        self.lists = lists
    }

    /// - Parameters:
    ///   - suggests: whether to look for the nearest choice when none fits, which is dear.
    ///   - narrowing: the answer to another question, which decides what may be chosen here.
    func read(_ text: String, _ question: Question, suggests: Bool, narrowing: (String) -> String?) -> Reading {
        guard let list = lists[question.name] else { return Reading(value: text) }
        var index = list.all
        if let cascade = list.source.cascade, let value = narrowing(cascade.question) {
            guard let narrowed = list.byValue[value], !narrowed.items.isEmpty else {
                // No list for this place yet: what was typed stands, and the reviewer sees it.
                return Reading(value: text, code: .hamletUnknown, severity: .review, arguments: ["place": value])
            }
            index = narrowed
        } else if list.source.items.isEmpty, case .selectOneFromFile = question.kind {
            return Reading(value: text, code: .hamletUnknown, severity: .review)
        }
        if let name = index.exact[text] { return Reading(value: name) }
        let key = Vietnamese.folded(text)
        if let name = index.folded[key] { return Reading(value: name) }
        if let guess = guess(key, in: index) {
            return Reading(
                value: guess.name, code: .cellListGuessed, severity: .note, arguments: ["chosen": guess.label])
        }
        if allowsOther(question) { return Reading(value: text) }
        var arguments: [String: String] = [:]
        if suggests, let nearest = nearest(to: key, in: index) { arguments["suggestion"] = nearest }
        let isHamlet = list.source.cascade != nil
        return Reading(
            value: nil, code: isHamlet ? .hamletUnknown : .cellNotInList, severity: .error, arguments: arguments)
    }

    private func allowsOther(_ question: Question) -> Bool {
        if case .selectOne(_, true) = question.kind { true } else { false }
    }

    /// The one choice that reads the same without accents, or that begins with the text as a whole word (`III.6`).
    private func guess(_ key: String, in index: Index) -> ChoiceSource.Item? {
        let bare = Self.bare(key)
        if bare.isEmpty { return nil }
        if let found = index.bare[bare] { return found }
        guard key.utf8.count >= 3, index.items.count <= 200 else { return nil }
        let starting = index.labels.indices.filter { index.labels[$0].hasPrefix(key + " ") }
        return starting.count == 1 ? index.items[starting[0]] : nil
    }

    /// Letters and digits alone, without accents.
    fileprivate static func bare(_ folded: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in folded.decomposedStringWithCanonicalMapping.unicodeScalars {
            if scalar == "đ" { result.append("d") }
            if scalar.isASCII, scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// The label with the fewest letters to change, if they are less than a third.
    private func nearest(to key: String, in index: Index) -> String? {
        let wanted = Array(Self.bare(key).utf8.prefix(60))
        guard wanted.count >= 2, index.items.count <= 2000 else { return nil }
        var best: (distance: Int, label: String)?
        for (item, label) in zip(index.items, index.labels) {
            let other = Array(Self.bare(label).utf8.prefix(60))
            guard abs(other.count - wanted.count) * 3 <= max(other.count, wanted.count) else { continue }
            let distance = Self.distance(wanted, other)
            if distance < (best?.distance ?? Int.max) { best = (distance, item.label) }
        }
        guard let best, best.distance * 3 <= wanted.count else { return nil }
        return best.label
    }

    /// Levenshtein's distance.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (i, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for j in right.indices {
                let next = min(row[j] + 1, row[j + 1] + 1, diagonal + (byte == right[j] ? 0 : 1))
                diagonal = row[j + 1]
                row[j + 1] = next
            }
        }
        return row[right.count]
    }
}
