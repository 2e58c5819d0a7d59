import Records
import Sheets
import Vietnamese

/// Reads the `settings` sheet: one row under the heads.
enum SettingsReader {
    static func read(_ sheet: Sheet?, into log: inout FormProblemLog) -> FormSettings {
        var settings = FormSettings(title: "", id: "", version: "")
        guard let sheet else {
            log.note(
                .sheetMissing, sheet: "settings", "There is no sheet “settings”.",
                remedy: "Add it with form_title, form_id and version: a filled workbook is known by them.")
            return settings
        }
        let table = SheetTable(sheet, columns: .settings)
        table.noteDuplicates(settled: "form_id", in: &log)
        noteUnknownHeads(of: table, in: &log)
        guard let row = table.rows.first else {
            log.note(
                .settingMissing, sheet: table.name, "The settings are empty.",
                remedy: "Write form_title, form_id and version in the row under the heads.")
            return settings
        }
        func text(_ name: String, ours: Bool = false) -> String? {
            let exact = table.heads.firstIndex { !ours && $0.text == name }.flatMap { row.cells[$0] }
            return (exact ?? table.text(name, ours: ours, in: row))?.trimmed
        }
        for name in ["form_title", "form_id", "version"] where text(name) == nil {
            log.note(
                .settingMissing, sheet: table.name, row: row.number, column: table.head(name),
                "The setting \(name) is blank.", remedy: "Fill it in: a filled workbook is known by it.")
        }
        if let name = text("name"), !FormName.isLegal(name) {
            log.note(
                .nameIllegal, sheet: table.name, row: row.number, column: table.head("name"),
                "“\(name)” cannot be a name.", remedy: "Leave it out: it has no effect here.")
        }
        settings.row = row.number
        settings.title = text("form_title") ?? ""
        settings.id = text("form_id") ?? ""
        settings.version = text("version") ?? ""
        settings.defaultLanguage = text("default_language")
        settings.instanceName = text("instance_name").map {
            ExpressionSource($0, sheet: table.name, row: row.number, column: table.head("instance_name"))
        }
        settings.allowsChoiceDuplicates =
            text("allow_choice_duplicates").map { ["yes", "true", "true()"].contains($0.lowercased()) } ?? false
        if let kind = text("kind", ours: true) {
            settings.kind = FormKind(rawValue: kind)
            if settings.kind == nil {
                log.note(
                    .valueUnknown, sheet: table.name, row: row.number, column: table.head("kind", ours: true),
                    "“\(kind)” is no kind of form.",
                    remedy: "Write one of: \(FormKind.allCases.map(\.rawValue).joined(separator: ", ")).")
            }
        }
        settings.shortTitle = text("short_title", ours: true)
        settings.unitQuestion = text("unit", ours: true)
        settings.periodQuestion = text("period", ours: true)
        settings.stageQuestion = text("stage", ours: true)
        settings.rewardQuestion = text("reward", ours: true)
        settings.nomineeQuestion = text("nominee", ours: true)
        settings.placeQuestion = text("place", ours: true)
        return settings
    }

    /// `clean_text_values: no`; otherwise several spaces side by side count as one.
    static func keepsSpaces(_ sheet: Sheet?) -> Bool {
        guard let sheet else { return false }
        let table = SheetTable(sheet, columns: .settings)
        let text = table.rows.first.flatMap { table.text("clean_text_values", in: $0) }
        return text.map { ["no", "false", "false()"].contains($0.trimmed.lowercased()) } ?? false
    }

    private static func noteUnknownHeads(of table: SheetTable, in log: inout FormProblemLog) {
        for head in table.heads {
            if head.isOurs, !ours.contains(head.name) {
                log.note(
                    .columnUnknown, sheet: table.name, row: table.headRow, column: head.text,
                    "There is no setting “\(head.text)”.",
                    remedy: "Write one of: \(ours.sorted().map { "formpost::\($0)" }.joined(separator: ", ")).")
            } else if !head.isOurs, !SheetColumns.settings.used.contains(head.name) {
                log.note(
                    .columnUnknown, .warning, sheet: table.name, row: table.headRow, column: head.text,
                    "The setting “\(head.text)” has no effect here.", remedy: "Check its spelling, or leave it out.")
            }
        }
    }

    private static let ours: Set<String> = [
        "kind", "short_title", "unit", "period", "stage", "reward", "nominee", "place",
    ]
}
