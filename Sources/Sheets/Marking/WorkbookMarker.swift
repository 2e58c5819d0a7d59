import Records
import Zip

/// Marks cells in a workbook as it came: its own parts are patched, and what is not touched keeps its bytes
/// (ECMA-376 Parts 1 and 2; transitional and strict).
///
/// Wrong cells get a colour and a comment, and a sheet that lists them is put behind all others and before the eyes.
/// Former marks go first, so that a corrected workbook bears only what is still wrong. Macros, embedded objects,
/// links to other workbooks and signatures, which hold no longer, are taken out.
package struct WorkbookMarker {
    /// No sheet of a form is as large; one that is takes too long to be patched.
    private static let largestPart = 64 << 20
    private static let content = "application/vnd.openxmlformats-officedocument.spreadsheetml"

    private let marking: WorkbookMarking
    private let workbookPart: String
    private let isStrict: Bool
    private var package: EditedPackage
    private var workbook: WorkbookPartEditor
    /// The part of each sheet, in the workbook's order.
    private let parts: [String]
    private let former: Set<Int>
    private var formats: MarkFormats
    private let stylesPart: String
    private var nextBlock = 1
    private var hasRemovedFormulas = false

    /// - Throws: what reading the workbook throws, and `unsupported` where it cannot be patched: another format, or a
    ///   package of an odd kind.
    package static func mark(
        _ bytes: [UInt8], with marking: WorkbookMarking, limits: WorkbookLimits = .standard
    ) throws(WorkbookError) -> MarkedWorkbook {
        // The reader's limits hold before anything is patched; it takes up the archive's allowance.
        let read = try WorkbookReader.read(bytes, limits: limits)
        guard case .package(let parts, let workbookPart, _) = try WorkbookSignature(bytes, limits: limits) else {
            throw WorkbookError(.unsupported, "only Office Open XML workbooks can be marked as they are")
        }
        let package = try EditedPackage(parts, limits: limits)
        var marker = try WorkbookMarker(marking, package, workbookPart: workbookPart, read: read)
        return try marker.mark()
    }

    private init(
        _ marking: WorkbookMarking, _ package: EditedPackage, workbookPart: String, read: Workbook
    ) throws(WorkbookError) {
        self.marking = marking
        self.workbookPart = workbookPart
        self.package = package
        let workbook = try WorkbookPartEditor(package.document(workbookPart), part: workbookPart)
        self.workbook = workbook
        let namespace = workbook.namespace
        isStrict = workbook.isStrict
        let relationships = try package.relationships(of: workbookPart)
        let targets = Dictionary(relationships.map { ($0.id, $0.target) }) { first, _ in first }
        var parts: [String] = []
        for sheet in workbook.sheets {
            guard let part = targets[sheet.relationship].flatMap(\.self), package.has(part), !parts.contains(part)
            else { throw WorkbookError(.unsupported, "the sheet \(sheet.name) has no part of its own") }
            parts.append(part)
        }
        self.parts = parts
        let names = Set(read.sheets.filter { Self.isFormer($0, tag: marking.tag) }.map(\.name))
        let former = workbook.sheets.indices.filter { names.contains(workbook.sheets[$0].name) }
        guard former.count < parts.count else { throw WorkbookError(.unsupported, "no sheet but that of former marks") }
        self.former = Set(former)
        if let styles = relationships.first(where: { $0.kind == "styles" })?.target, package.has(styles) {
            stylesPart = styles
        } else {
            stylesPart = self.package.add(
                StylesEditor.empty(namespace: namespace), stem: "xl/styles", suffix: "xml",
                type: "\(Self.content).styles+xml")
            _ = try self.package.relate(workbookPart, to: stylesPart, type: Self.relationship("styles", isStrict))
        }
        let styles = try StylesEditor(
            self.package.document(stylesPart), part: stylesPart, mark: marking.color)
        var samples: [(original: Int, marked: Int)]?
        if let first = former.first {
            let sheet = read.sheets.first { $0.name == workbook.sheets[first].name }
            let column = sheet?.cells.first { $0.value == .text(Self.samplesTag(marking.tag)) }?.column
            samples = []
            if let column {
                samples = try FormatSamples.read(package.document(parts[first]), part: parts[first], column: column)
            }
        }
        formats = MarkFormats(styles, samples: samples)
    }

    private static func isFormer(_ sheet: Sheet, tag: String) -> Bool {
        sheet.cells.contains { if case .text(let text) = $0.value { text.hasPrefix(tag) } else { false } }
    }

    private static func samplesTag(_ tag: String) -> String { tag + "formats" }

    private static func relationship(_ kind: String, _ isStrict: Bool) -> String {
        WorkbookPartEditor.relationships(isStrict) + "/" + kind
    }

    // MARK: - The steps

    private mutating func mark() throws(WorkbookError) -> MarkedWorkbook {
        var content = ActiveContent()
        let sheets = Set(parts.map { PackageParts.normalized($0) })
        let gone = try content.remove(from: &package, workbook: workbookPart, sheets: sheets)
        let hasExternalLinks = content.removed.contains(.externalLinks)
        if hasExternalLinks { try refuseLinkedCharts() }
        try package.removeRelationships(Set(former.map { workbook.sheets[$0].relationship }), of: workbookPart)
        nextBlock = try firstFreeBlock()
        let marks = Dictionary(grouping: marking.cells, by: \.sheet)
        for (index, part) in parts.enumerated() where !former.contains(index) {
            var task = WorksheetEditor.Task()
            task.removesObjects = gone[PackageParts.normalized(part)] != nil
            task.removesExternalFormulas = hasExternalLinks
            try edit(part, task, marks[workbook.sheets[index].name] ?? [])
        }
        let name = try addList()
        if hasExternalLinks { workbook.removeExternalReferences() }
        if hasRemovedFormulas { try dropCalculationChain() }
        if let failure = formats.failure { throw failure }
        package.replace(workbookPart, with: workbook.bytes)
        package.replace(stylesPart, with: formats.styles.bytes)
        package.retype(workbookPart, as: "\(Self.content).sheet.main+xml")
        return MarkedWorkbook(
            bytes: try package.archive(), sheet: name,
            removed: RemovedContent.allCases.filter { content.removed.contains($0) })
    }

    // MARK: - A sheet

    private mutating func edit(
        _ part: String, _ task: WorksheetEditor.Task, _ marks: [WorkbookMarking.Mark]
    ) throws(WorkbookError) {
        var task = task
        let texts = Self.texts(marks)
        task.marked = Set(texts.map(\.position))
        let commentsPart = try package.target("comments", of: part)
        var comments: CommentsEditor?
        if let commentsPart {
            var editor = try CommentsEditor(
                package.document(commentsPart), part: commentsPart, heading: marking.heading)
            editor.removeMarks()
            task.former = editor.former
            comments = editor
        } else if !texts.isEmpty {
            comments = try CommentsEditor(
                CommentsEditor.empty(namespace: workbook.namespace), part: "comments", heading: marking.heading)
        }
        let bytes = try package.document(part)
        guard bytes.count <= Self.largestPart else { throw WorkbookError(.unsupported, "\(part) is too large") }
        var sheet = try WorksheetEditor(bytes, part: part, task: task, formats: formats)
        try sheet.edit()
        hasRemovedFormulas = hasRemovedFormulas || sheet.hasRemovedFormulas
        if var comments {
            comments.add(texts, author: marking.author)
            try draw(comments, texts, on: part, &sheet)
            if comments.hasChanged {
                if let commentsPart {
                    package.replace(commentsPart, with: comments.bytes)
                } else {
                    let name = package.add(
                        comments.bytes, stem: "xl/comments", suffix: "xml", type: "\(Self.content).comments+xml")
                    _ = try package.relate(part, to: name, type: Self.relationship("comments", isStrict))
                }
            }
        }
        if sheet.hasChanged { package.replace(part, with: sheet.bytes) }
    }

    /// The texts of each cell, in one, by row and column.
    private static func texts(
        _ marks: [WorkbookMarking.Mark]
    ) -> [(position: CommentsEditor.Position, text: String)] {
        var texts: [CommentsEditor.Position: String] = [:]
        for mark in marks {
            guard CellReference(sheet: mark.sheet, row: mark.row, column: mark.column) != nil else { continue }
            let position = CommentsEditor.Position(row: mark.row, column: mark.column)
            texts[position] = texts[position].map { "\($0)\n\(mark.text)" } ?? mark.text
        }
        return texts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Comments are seen in boxes, which stand in a drawing of their own.
    private mutating func draw(
        _ comments: CommentsEditor, _ texts: [(position: CommentsEditor.Position, text: String)], on part: String,
        _ sheet: inout WorksheetEditor
    ) throws(WorkbookError) {
        guard !comments.added.isEmpty || !comments.removed.isEmpty else { return }
        var drawing: String?
        if let id = sheet.legacyDrawing {
            drawing = try package.relationships(of: part).first { $0.id == id }?.target
            guard drawing.map(package.has) == true else {
                throw WorkbookError(.unsupported, "\(part): its drawing is missing")
            }
        }
        var shapes = NoteShapes(try drawing.map(package.bytes) ?? NoteShapes.empty, part: drawing ?? "drawing")
        shapes.remove(comments.removed)
        let byPosition = Dictionary(texts.map { ($0.position, $0.text) }) { first, _ in first }
        let notes = comments.added.map { position in
            // Some 45 characters to a line of 17 pixels, under the heading.
            let lines = (byPosition[position] ?? "").split(separator: "\n").map { $0.unicodeScalars.count / 45 + 1 }
            let height = min(400, 48 + lines.reduce(0, +) * 17)
            return (position, sheet.measures.anchor(beside: position, height: height))
        }
        try shapes.add(notes, block: nextBlock)
        nextBlock += notes.count / NoteShapes.perBlock + 1
        guard shapes.hasChanged else { return }
        if let drawing { return package.replace(drawing, with: shapes.result) }
        let name = package.add(
            shapes.result, stem: "xl/drawings/vmlDrawing", suffix: "vml",
            type: "application/vnd.openxmlformats-officedocument.vmlDrawing")
        let id = try package.relate(part, to: name, type: Self.relationship("vmlDrawing", isStrict))
        try sheet.refer(toDrawing: id, namespace: WorkbookPartEditor.relationships(isStrict))
    }

    /// The first number of identifiers that no drawing of the package has.
    private func firstFreeBlock() throws(WorkbookError) -> Int {
        var highest = 0
        for entry in package.parts.archive.entries where entry.name.lowercased().hasSuffix(".vml") {
            highest = max(highest, NoteShapes.highestBlock(in: try package.bytes(of: entry.name)))
        }
        return highest + 1
    }

    // MARK: - The workbook

    private mutating func addList() throws(WorkbookError) -> String {
        let remaining = workbook.sheets.indices.filter { !former.contains($0) }
        let taken = Set(remaining.map { workbook.sheets[$0].name.lowercased() })
        var name = marking.list.name
        var number = 1
        while taken.contains(name.lowercased()) {
            number += 1
            name = "\(marking.list.name) \(number)"
        }
        let sheet = AddedSheet(
            draft: marking.list, namespace: workbook.namespace, formats: formats,
            samplesTag: Self.samplesTag(marking.tag))
        let part = package.add(
            sheet.bytes, stem: "xl/worksheets/sheet", suffix: "xml", type: "\(Self.content).worksheet+xml")
        let id = try package.relate(workbookPart, to: part, type: Self.relationship("worksheet", isStrict))
        workbook.removeSheets(former)
        try workbook.addSheet(named: name, relationship: id, remaining: remaining.count)
        return name
    }

    /// It names cells with formulas that have none any more; programs make it anew.
    private mutating func dropCalculationChain() throws(WorkbookError) {
        let ids = try package.relationships(of: workbookPart).filter { $0.kind == "calcChain" }.map(\.id)
        try package.removeRelationships(Set(ids), of: workbookPart)
    }

    /// A chart that reads another workbook would lead nowhere.
    private func refuseLinkedCharts() throws(WorkbookError) {
        for entry in package.parts.archive.entries where package.type(of: entry.name)?.contains("chart+xml") == true {
            var scanner = XMLScanner(try package.document(entry.name), part: entry.name)
            var start: Int?
            while let tag = try scanner.next() {
                guard scanner.isLocal(tag, "f") else { continue }
                if tag.kind == .start { start = tag.range.upperBound }
                if tag.kind == .end, let first = start,
                    ExternalFormula.isExternal(XMLText.unescaped(scanner.text(first..<tag.range.lowerBound)))
                {
                    throw WorkbookError(.unsupported, "\(entry.name) shows figures of another workbook")
                }
            }
        }
    }
}

/// Reads the samples of formats in the sheet of former marks: see `MarkFormats`.
private enum FormatSamples {
    static func read(
        _ bytes: [UInt8], part: String, column: Int
    ) throws(WorkbookError) -> [(original: Int, marked: Int)] {
        var scanner = XMLScanner(bytes, part: part)
        var originals: [Int: Int] = [:]
        var samples: [(Int, Int)] = []
        while let tag = try scanner.next() {
            guard tag.depth == 3, tag.kind != .end, scanner.isNamed(tag, "c"),
                let place = scanner.value("r", of: tag).flatMap({ CellReference.position($0.utf8) })
            else { continue }
            let format = scanner.integer("s", of: tag) ?? 0
            if place.column == column + AddedSheet.originalColumn {
                originals[place.row] = format
            } else if place.column == column + AddedSheet.markedColumn, let original = originals[place.row] {
                samples.append((original, format))
            }
        }
        return samples
    }
}
