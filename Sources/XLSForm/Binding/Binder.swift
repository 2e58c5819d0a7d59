package import Records
package import Sheets

/// Finds out which form a workbook is, and which of its cells answers which question. Made once for many workbooks.
package struct Binder: Sendable {
    private let forms: [PreparedForm]

    /// A form with the places and choices that its cells are compared with.
    private struct PreparedForm: Sendable {
        let form: FormDefinition
        let anchors: FormAnchors
        let reader: CellReader

        var identity: FormIdentity { form.identity }
    }

    /// - Parameters:
    ///   - forms: all forms in all versions that may be meant; where the claimed version is not among them the newest
    ///     one of that form is taken.
    ///   - tables: what `select_one_from_file` chooses from (`don_vi`, `thon`), with the columns `name` and `label`.
    package init(forms: [FormDefinition], tables: ReferenceSnapshot) {
        self.forms = forms.map {
            PreparedForm(form: $0, anchors: FormAnchors($0), reader: CellReader(form: $0, tables: tables))
        }
    }

    /// No cell of Excel holds more than 32,767 characters; what comes near was not typed.
    static let longestText = 32_000

    /// The forms and versions that the workbook's marks name, the best supported first. Empty for a workbook that carries
    /// no marks at all, as one made by hand.
    package static func claimedForms(in workbook: Workbook) -> [FormClaim] { WorkbookMarks(workbook).claims }

    /// Binds a single workbook.
    package static func bind(
        _ workbook: Workbook, forms: [FormDefinition], tables: ReferenceSnapshot
    ) -> BindingResult {
        Binder(forms: forms, tables: tables).bind(workbook)
    }

    /// Binds every form that the workbook holds.
    package func bind(_ read: Workbook) -> BindingResult {
        let legacy = LegacyDecoding(read)
        let workbook = legacy.workbook
        let marks = WorkbookMarks(workbook)
        let claims = Self.chosen(marks)
        var bound = claims.flatMap { claim -> [BoundWorkbook] in
            let versions = forms.filter { $0.identity.id == claim.id }
            let exact = versions.first { $0.identity == claim }
            guard let form = exact ?? Self.newest(versions) else { return [] }
            // Sheets of another form that were gathered in the same file are left to that form.
            let sheets = workbook.sheets.indices.filter {
                !marks.ownSheets.contains($0) && (marks.sheetForms[$0] ?? claim).id == claim.id
            }
            let newest = Self.newest(versions)?.identity.version
            let copies = SheetCopies(of: form.anchors, in: sheets, marks).parts
            return copies.enumerated().reduce(into: []) { found, copy in
                let next = Self.bind(
                    legacy, marks, form, claimed: claim, newest: newest, sheets: copy.element,
                    isCopy: copy.offset > 0)
                // Of the same unit, year or person it is somebody's own copy.
                let key = form.form.settings.key(in: next)
                if copy.offset == 0 || !found.contains(where: { form.form.settings.key(in: $0) == key }) {
                    found.append(next)
                }
            }
        }
        if bound.isEmpty, let form = recognised(workbook, marks) {
            let sheets = Set(workbook.sheets.indices).subtracting(marks.ownSheets)
            bound = [Self.bind(legacy, marks, form, claimed: form.identity, newest: nil, sheets: sheets)]
        }
        return bound.isEmpty ? .unknown : .bound(bound)
    }

    /// One version for each form: all forms that sheets name, if they name several, else the best supported one.
    private static func chosen(_ marks: WorkbookMarks) -> [FormIdentity] {
        let claims = marks.claims
        let tagged = Set(marks.sheetForms.values.map(\.id))
        guard tagged.count > 1 else { return claims.first.map { [$0.form] } ?? [] }
        var seen: Set<String> = []
        return claims.map(\.form).filter { tagged.contains($0.id) && seen.insert($0.id).inserted }
    }

    private static func newest(_ versions: [PreparedForm]) -> PreparedForm? {
        versions.max { Version($0.identity.version) < Version($1.identity.version) }
    }

    /// A workbook without marks, made by hand after the printed form: the form most of whose labels it shows, if those
    /// are at least half.
    private func recognised(_ workbook: Workbook, _ marks: WorkbookMarks) -> PreparedForm? {
        let newest = Dictionary(grouping: forms, by: \.identity.id).values.compactMap { Self.newest($0) }
        let candidates = newest.sorted { $0.identity.id < $1.identity.id }.map { ($0, $0.anchors.allKeys) }
        let wanted = candidates.reduce(into: Set<LabelKey>()) { $0.formUnion($1.1) }
        let labels = LabelIndex(workbook, wanted: wanted, without: marks.ownSheets)
        let shares = candidates.map { form, keys in
            (
                form,
                Double(keys.filter { key in labels.sheets.contains { !labels.places(of: key, in: $0).isEmpty } }.count)
                    / Double(max(3, keys.count))
            )
        }
        guard let best = shares.max(by: { $0.1 < $1.1 }), best.1 >= 0.5 else { return nil }
        return best.0
    }

    private static func bind(
        _ legacy: LegacyDecoding, _ marks: WorkbookMarks, _ prepared: PreparedForm, claimed: FormIdentity,
        newest: String?, sheets: Set<Int>, isCopy: Bool = false
    ) -> BoundWorkbook {
        let workbook = legacy.workbook
        let form = prepared.form
        let anchors = prepared.anchors
        let excluded = Set(workbook.sheets.indices).subtracting(sheets)
        let labels = LabelIndex(workbook, wanted: anchors.shownKeys, without: excluded)
        let finder = FieldFinder(workbook, marks: marks, labels: labels, anchors: anchors, sheets: sheets)
        let (fields, fieldRows) = finder.find(anchors.fields)
        let tableFinder = TableFinder(
            workbook: workbook, marks: marks, labels: labels, sheets: sheets, fieldRows: fieldRows,
            printed: anchors.printedKeys)
        var found: [String: FoundTable] = [:]
        for table in anchors.tables { found[table.plan.section.name] = tableFinder.find(table) }
        // The hidden sheet came with the first; what it says was printed need not be so in others.
        let isOthers = isCopy || marks.meta?.form.map { $0.id == form.identity.id } == false
        let meta = isOthers ? nil : marks.meta
        var collector = AnswerCollector(
            form: form, legacy: legacy, asked: anchors.asked, reader: prepared.reader, meta: meta)
        collector.collect(fields: fields, tables: found)
        let byLabel = fields.values.filter(\.isByLabelOnly).count + found.values.filter(\.isByLabelOnly).count
        return BoundWorkbook(
            form: form.identity,
            receipt: meta?.receipt ?? CorrectionSheet.receipt(in: workbook, of: form.identity)
                ?? receipt(in: workbook, sheets),
            printed: meta?.context ?? .init(),
            answers: collector.answers, tableRows: collector.tableRows,
            findings: remarks(claimed, form.identity.version, newest, byLabel) + collector.findings,
            explanations: CorrectionSheet.explanations(in: workbook, of: form.identity))
    }

    /// What is said about the workbook as a whole.
    private static func remarks(
        _ claimed: FormIdentity, _ used: String, _ newest: String?, _ byLabel: Int
    ) -> [Finding] {
        var findings: [Finding] = []
        if let newest, Version(claimed.version) < Version(newest) || claimed.version != used {
            findings.append(
                Finding(
                    .formOld, severity: .note,
                    arguments: ["value": claimed.version, "used": used, "newest": newest]))
        }
        if byLabel > 0 {
            findings.append(
                Finding(.fieldUnbound, severity: .note, arguments: ["foundBy": "label", "count": "\(byLabel)"]))
        }
        return findings
    }

    /// The title of a returned workbook shows the receipt, for when `_meta` is lost.
    private static func receipt(in workbook: Workbook, _ sheets: Set<Int>) -> Receipt? {
        for index in sheets.sorted() {
            for cell in workbook.sheets[index].cells.prefix(while: { $0.row < EntryLayout.firstRow }) {
                guard case .text(let text) = cell.value, text.utf8.count <= 400, !EntrySlots.isTag(text) else {
                    continue
                }
                if let receipt = Receipt.mentioned(in: text).first { return receipt }
            }
        }
        return nil
    }
}

package enum BindingResult: Sendable, Codable {
    /// Mostly one; several when sheets of several forms were gathered in one file.
    case bound([BoundWorkbook])
    /// No mark and no labels of any form.
    case unknown
}

/// A form that a workbook says it is.
package struct FormClaim: Hashable, Sendable, Codable {
    package let form: FormIdentity
    /// How many of the four marks say so: the name, the sheets' tags, `_meta`, the document property.
    package let score: Int

    package init(form: FormIdentity, score: Int) {
        self.form = form
        self.score = score
    }
}

/// A version as people count: `2019.10` after `2019.9`.
private struct Version: Comparable {
    private let parts: [Int]
    private let text: String

    init(_ text: String) {
        self.text = text
        parts = text.split(whereSeparator: { !$0.isNumber }).map { Int($0) ?? 0 }
    }

    static func < (left: Self, right: Self) -> Bool {
        if left.parts == right.parts { return left.text < right.text }
        return left.parts.lexicographicallyPrecedes(right.parts)
    }
}
