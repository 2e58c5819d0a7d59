import Sheets

/// One thing that happens to a workbook.
enum Damage: CaseIterable {
    // What moves cells, all of their marks with them.
    case insertRow, insertColumn, doubleRow, exchangeRows, renameSheet, moveSheet, copySheet
    // What takes marks or answers away.
    case deleteRow, deleteColumn, deleteSheet, deleteName, deleteAllNames, deleteTag, deleteTags, deleteLabel, editLabel
    case deleteProperties, deleteAnswer, changeAnswer
    // What makes one mark of a field point at another.
    case dragName, exchangeTags, exchangeLabels

    /// Whether it happens to the cells of one sheet.
    var isOfCells: Bool {
        switch self {
        case .renameSheet, .moveSheet, .copySheet, .deleteSheet, .deleteName, .deleteAllNames, .dragName,
            .deleteProperties:
            false
        default: true
        }
    }

    static let moves = Array(allCases[0...6])
    static let losses = Array(allCases[7...18])
    static let lies = Array(allCases[19...])
}

extension DamagedWorkbook {
    /// Does the damage somewhere.
    /// - Returns: what was done, for people; nil when there was nothing to do it to.
    mutating func suffer(_ damage: Damage, _ generator: inout SeededGenerator) -> String? {
        guard !pages.isEmpty else { return nil }
        let page = generator.below(pages.count)
        let name = pages[page].name
        let row = generator.below(pages[page].lastRow) + 1
        let column = generator.below(pages[page].lastColumn) + 1
        // Nothing else tells what was printed: nobody could see that the product's own hidden sheets lie.
        if pages[page].isOwn, damage.isOfCells { return nil }
        switch damage {
        case .insertRow: insert(.row, before: row, in: page)
        case .insertColumn: insert(.column, before: column, in: page)
        case .doubleRow: doubleRow(row, in: page)
        case .exchangeRows:
            let other = generator.below(pages[page].lastRow) + 1
            guard areAlike(row, other, in: page) else { return nil }
            exchangeRows(row, other, in: page)
            return "exchangeRows \(name) \(row) \(other)"
        case .deleteRow: delete(.row, row, in: page)
        case .deleteColumn: delete(.column, column, in: page)
        case .renameSheet, .moveSheet, .copySheet, .deleteSheet: return suffer(damage, page: page, &generator)
        case .deleteName, .deleteAllNames, .dragName, .deleteProperties: return sufferNames(damage, &generator)
        default: return sufferCells(damage, page: page, &generator)
        }
        return "\(damage) \(name) row \(row) column \(column)"
    }

    private mutating func suffer(_ damage: Damage, page: Int, _ generator: inout SeededGenerator) -> String? {
        let name = pages[page].name
        switch damage {
        case .renameSheet:
            let new = "Trang \(generator.next() % 10_000)"
            pages[page].name = new
            for index in names.indices where names[index].sheet == name { names[index].sheet = new }
        case .moveSheet: pages.insert(pages.remove(at: page), at: generator.below(pages.count))
        case .copySheet:
            var copy = pages[page]
            copy.name += " (\(generator.next() % 10_000))"
            pages.insert(copy, at: generator.below(pages.count + 1))
            names += names.filter { $0.sheet == name }.map {
                Name(text: $0.text, isLocal: true, sheet: copy.name, range: $0.range)
            }
        default:
            pages.remove(at: page)
            for index in names.indices where names[index].sheet == name { names[index].sheet = nil }
        }
        return "\(damage) \(name)"
    }

    private mutating func sufferNames(_ damage: Damage, _ generator: inout SeededGenerator) -> String? {
        guard damage != .deleteProperties else {
            properties = [:]
            return "deleteProperties"
        }
        guard !names.isEmpty else { return nil }
        let index = generator.below(names.count)
        let text = names[index].text
        switch damage {
        case .deleteName: names.remove(at: index)
        case .deleteAllNames: names = []
        default:
            let other = names[generator.below(names.count)]
            names[index].sheet = other.sheet
            names[index].range = other.range
            return "dragName \(text) to \(other.text)"
        }
        return "\(damage) \(text)"
    }

    private mutating func sufferCells(
        _ damage: Damage, page: Int, _ generator: inout SeededGenerator
    ) -> String? {
        let places = pages[page].places {
            switch damage {
            case .deleteTag, .deleteTags, .exchangeTags: $0.isTag
            case .deleteAnswer, .changeAnswer: $0.origin != nil
            default: $0.isLabel
            }
        }
        guard !places.isEmpty else { return nil }
        let place = places[generator.below(places.count)]
        let other = places[generator.below(places.count)]
        guard let entry = pages[page].cells[place], let second = pages[page].cells[other] else { return nil }
        switch damage {
        case .deleteTags: for place in places { pages[page].cells[place] = nil }
        case .exchangeTags, .exchangeLabels:
            pages[page].cells[place] = second
            pages[page].cells[other] = entry
            return "\(damage) \(pages[page].name) \(entry.value) and \(second.value)"
        case .editLabel:
            pages[page].cells[place]?.value = .text("Khác \(generator.next() % 10_000)")
        case .changeAnswer:
            let new = Double(generator.next() % 10_000)
            if case .number = entry.value {
                pages[page].cells[place]?.value = .number(new)
            } else {
                pages[page].cells[place]?.value = .text("thay \(new)")
            }
            pages[page].cells[place]?.isChanged = true
        default: pages[page].cells[place] = nil
        }
        return "\(damage) \(pages[page].name) \(place.row):\(place.column) \(entry.value)"
    }
}
