import Records
import Sheets
import Vietnamese

/// The marks that an entry workbook carries: tags in its sheets, names, `_meta`, document properties.
struct WorkbookMarks {
    struct Tag: Hashable {
        let sheet: Int
        let row: Int
        let column: Int
        /// In lower case: spreadsheet programs keep case, people who retype do not.
        let text: String
    }

    let tags: [Tag]
    /// The form that a sheet says it belongs to, by the sheet's index.
    let sheetForms: [Int: FormIdentity]
    let meta: MetaSheet?
    /// Workbook-scope names first; the text in lower case.
    let names: [(name: String, isLocal: Bool, target: DefinedName.Target)]
    /// Sheets that hold no answers: the product's own.
    let ownSheets: Set<Int>
    /// No form has as many; a sheet full of tags is not worth the time.
    private static let mostTags = 20_000
    /// In bytes; a name has at most 200.
    private static let longestTag = 4_000
    private let namedForm: FormIdentity?
    private let propertyForm: FormIdentity?

    init(_ workbook: Workbook) {
        var tags: [Tag] = []
        var sheetForms: [Int: FormIdentity] = [:]
        var own: Set<Int> = []
        for (index, sheet) in workbook.sheets.enumerated() {
            let name = sheet.name.lowercased()
            if name == MetaSheet.sheetName || name == ChoiceSheet.sheetName {
                own.insert(index)
                continue
            }
            for cell in sheet.cells {
                guard case .text(let text) = cell.value, text.utf8.first == UInt8(ascii: "x"),
                    text.utf8.count <= Self.longestTag
                else { continue }
                if text.hasPrefix(EntrySlots.formPrefix) {
                    sheetForms[index] = FormIdentity(tag: text.dropFirst(EntrySlots.formPrefix.count))
                } else if text.hasPrefix(CorrectionSheet.tagPrefix) {
                    own.insert(index)
                } else if EntrySlots.isTag(text) {
                    // Several where a row holds the answers of several years.
                    for name in text.lowercased().split(separator: " ") where tags.count < Self.mostTags {
                        tags.append(Tag(sheet: index, row: cell.row, column: cell.column, text: String(name)))
                    }
                }
            }
        }
        self.tags = tags.filter { !own.contains($0.sheet) }
        self.sheetForms = sheetForms.filter { !own.contains($0.key) }
        ownSheets = own
        meta = MetaSheet(in: workbook)
        let found = workbook.definedNames.compactMap { name in
            name.target.map {
                (name: Self.key(of: name.name), isLocal: name.localSheet != nil, target: $0)
            }
        }
        names = found.filter { !$0.isLocal } + found.filter(\.isLocal)
        namedForm = names.first { $0.name == EntrySlots.formName }.flatMap { _, _, target in
            let cell = workbook[sheet: target.sheet]?[row: target.range.firstRow, column: target.range.firstColumn]
            return cell.flatMap { CellText.plain($0.value) }.flatMap { FormIdentity(tag: $0[...]) }
        }
        let properties = workbook.properties
        if let id = properties["xform_id"], let version = properties["xform_version"] {
            propertyForm = FormIdentity(id: id, version: version)
        } else {
            propertyForm = nil
        }
    }

    /// A defined name as it is compared; xls turns dots into underscores.
    private static func key(of name: String) -> String {
        let name = name.lowercased()
        return name.utf8.contains(UInt8(ascii: ".")) ? name.replacing(".", with: "_") : name
    }

    /// The best supported first; of equally supported ones the one that the sheets name.
    var claims: [FormClaim] {
        var scores: [FormIdentity: Int] = [:]
        let tagged = Set(sheetForms.values)
        for form in tagged { scores[form, default: 0] += 1 }
        for form in [namedForm, meta?.form, propertyForm] {
            if let form { scores[form, default: 0] += 1 }
        }
        func order(_ claim: FormClaim) -> (Int, Int, String) {
            (-claim.score, tagged.contains(claim.form) ? 0 : 1, claim.form.description)
        }
        return scores.map { FormClaim(form: $0.key, score: $0.value) }.sorted { order($0) < order($1) }
    }
}

extension FormIdentity {
    /// Reads its own description: the id, a blank, the version.
    init?(tag: Substring) {
        let parts = tag.split(separator: " ", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        self.init(id: String(parts[0]), version: parts[1].trimmed)
    }
}
