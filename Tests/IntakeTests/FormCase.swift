import Campaign
import Foundation
import Intake
import Records
import Sheets
import Testing
import XLSForm

/// A filled sample of a form of the office, and the findings that it must give: no more, no fewer.
struct FormCase: CustomTestStringConvertible, Sendable {
    let form: String
    let good: Answers
    let sample: Sample

    var testDescription: String { "\(form): \(sample.name)" }

    /// What a sample changes of the form's good one.
    struct Sample: Decodable, Sendable {
        let name: String
        let changes: Answers
        /// ISO 8601.
        let received: String
        /// Names of the papers that came along; nil when nobody knows them.
        let papers: [String]?
        /// Tables that stand in the place of those that plan.xlsx gives.
        let reference: [String: [[String: String]]]?
        let expected: [Expected]
    }

    struct Expected: Decodable, Hashable, Comparable, CustomStringConvertible {
        let code: String
        let severity: String
        let name: String?
        let rule: Int?

        var description: String { "\(code) \(severity) \(name ?? "-") \(rule.map(String.init) ?? "")" }
        static func < (left: Self, right: Self) -> Bool { left.description < right.description }
    }

    /// A choice by its name, a day in ISO 8601, a text, a number; nothing in a cell that is blanked.
    enum Entry: Decodable, Hashable {
        case text(String)
        case number(Decimal)
        case blank

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if value.decodeNil() {
                self = .blank
            } else if let text = try? value.decode(String.self) {
                self = .text(text)
            } else {
                self = .number(try value.decode(Decimal.self))
            }
        }
    }

    /// Answers by question, and whole tables by repeat.
    struct Answers: Decodable {
        var entries: [String: Entry] = [:]
        var tables: [String: [[String: Entry]]] = [:]

        private struct Name: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: Name.self)
            for name in values.allKeys {
                if name.stringValue == "tables" {
                    tables = try values.decode([String: [[String: Entry]]].self, forKey: name)
                } else {
                    entries[name.stringValue] = try values.decode(Entry.self, forKey: name)
                }
            }
        }

        func changed(by changes: Answers) -> Answers {
            var answers = self
            answers.entries.merge(changes.entries) { $1 }
            answers.tables.merge(changes.tables) { $1 }
            return answers
        }
    }

    private struct File: Decodable {
        let form: String
        let good: Answers
        let cases: [Sample]
    }

    /// Every case of every file in `Fixtures/forms`.
    static let all: [FormCase] = {
        let folder = MailboxCase.repository.appending(path: "Tests/IntakeTests/Fixtures/forms")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".json") }.sorted().flatMap { name -> [FormCase] in
            guard let data = try? Data(contentsOf: folder.appending(path: name)),
                let file = try? JSONDecoder().decode(File.self, from: data)
            else { return [] }
            return file.cases.map { FormCase(form: file.form, good: file.good, sample: $0) }
        }
    }()
}

extension FormCase {
    enum Failure: Error { case noForm, notBound, noValue(String) }

    /// Fills the form's blank workbook in, reads it back and judges it.
    func findings(in office: Office) throws -> [Expected] {
        try verdict(in: office).findings.map {
            Expected(code: $0.code.rawValue, severity: $0.severity.rawValue, name: $0.question, rule: $0.rule)
        }
    }

    func verdict(in office: Office) throws -> Verdict {
        guard let compiled = office.forms.current(form), let received = CivilDate(iso8601: sample.received) else {
            throw Failure.noForm
        }
        let read = try WorkbookReader.read(try workbook(compiled.definition, in: office))
        let binder = Binder(forms: office.forms.definitions, tables: office.bindingTables)
        guard case .bound(let all) = binder.bind(read), all.count == 1, all[0].form == compiled.definition.identity
        else { throw Failure.notBound }
        var snapshot = office.campaign.snapshot(accepted: [], on: received)
        for (name, rows) in sample.reference ?? [:] { snapshot[name] = Self.table(rows) }
        let noon = Date(timeIntervalSince1970: Double(received.daysSince1970 * 86_400 + 5 * 3600))
        let judgement = Judge.judge(
            all[0], by: compiled,
            in: JudgingContext(
                received: noon, zone: office.zone, snapshot: snapshot,
                evidence: sample.papers.map { $0.map { EvidenceName(filename: $0) } }))
        return judgement.verdict
    }

    /// The form's blank workbook, filled in.
    func workbook(_ form: FormDefinition, in office: Office) throws -> [UInt8] {
        try WorkbookWriter.write(EntryWorkbook.blank(form, context(office, form)))
    }

    private static func table(_ rows: [[String: String]]) -> ReferenceTable {
        let columns = Set(rows.flatMap(\.keys)).union(["khoa"]).sorted()
        return ReferenceTable(columns: columns, rows: rows.map { row in columns.map { row[$0] ?? "" } })
    }

    private func context(_ office: Office, _ form: FormDefinition) throws -> EntryContext {
        let answers = good.changed(by: sample.changes)
        let settings = form.settings
        func text(_ question: String?) -> String? {
            switch question.flatMap({ answers.entries[$0] }) {
            case .text(let text): text
            case .number(let number): "\(number)"
            case .blank, nil: nil
            }
        }
        var context = BlankWorkbook(
            form: form, unit: text(settings.unitQuestion).flatMap { UnitCode($0) },
            period: text(settings.periodQuestion), stage: text(settings.stageQuestion)
        ).context(office.campaign)
        let printed = [settings.unitQuestion, settings.periodQuestion, settings.stageQuestion]
        for (question, entry) in answers.entries where !printed.contains(question) {
            context.prefilled[question] = try Self.value(entry, of: question, form)
        }
        for (table, rows) in answers.tables {
            context.prefilledRows[table] = try rows.map { row in
                try row.reduce(into: [:]) { $0[$1.key] = try Self.value($1.value, of: $1.key, form) }
            }
        }
        return context
    }

    /// nil for a cell that stays blank.
    private static func value(_ entry: Entry, of question: String, _ form: FormDefinition) throws -> AnswerValue? {
        guard let kind = form.question(named: question)?.kind else { throw Failure.noValue(question) }
        switch entry {
        case .blank: return nil
        case .number(let number): return .number(number)
        case .text(let text):
            if kind == .date, let day = CivilDate(iso8601: text) { return .date(day) }
            return .text(text)
        }
    }
}
