import Campaign
import Digest
import Foundation
import Notices
package import Records
import Sheets
import XLSForm

/// Reads the folder that the office edits, and says everything that is wrong in it, all at once.
package struct OfficeReader {
    let folder: FormsFolder
    let zone: OfficeZone

    package init(folder: FormsFolder, zone: OfficeZone) {
        self.folder = folder
        self.zone = zone
    }

    /// - Parameter published: what was used before; a form that has changed since needs another version.
    /// - Throws: `OfficeProblems` with every error; warnings do not keep the office from working. `LedgerError`.
    package func office(contact: OfficeContact, after published: PublishedForms = PublishedForms(nil)) throws -> Office
    {
        let check = check()
        let errors = try (check.problems + check.changes(since: published)).filter(\.isError)
        guard errors.isEmpty, let campaign = check.campaign, let templates = check.templates else {
            throw OfficeProblems(problems: errors)
        }
        return Office(
            forms: check.forms, campaign: campaign, templates: templates, contact: contact, zone: zone,
            sources: check.sources)
    }

    /// Everything wrong in the folder.
    package func problems() -> [OfficeProblem] { check().problems }

    /// Everything wrong in the folder, forms among it that have changed and bear the version as it was used before.
    /// - Throws: `LedgerError`.
    package func problems(after published: PublishedForms) throws -> [OfficeProblem] {
        let check = check()
        return check.problems + (try check.changes(since: published))
    }

    /// What one form workbook, given by its path, has wrong with it; the forms folder says what it may look up. It
    /// stands in for the one in the folder, whether it is that one or a draft of the next.
    /// - Throws: `LedgerError`.
    package func problems(ofForm path: String, after published: PublishedForms) throws -> [OfficeProblem] {
        var check = Check(zone: zone)
        check.readCampaign(folder)
        let url = URL(fileURLWithPath: path)
        check.open(folder.forms().filter { !Self.isSame(URL(fileURLWithPath: $0), url) })
        let others = check.opened
        check.problems = []
        check.opened = []
        check.open([url.path])
        let own = check.opened
        check.opened = others.filter { !$0.isInForce || $0.id == nil || $0.id != own.first?.id } + own
        let name = url.lastPathComponent
        check.compile()
        check.opened = own
        return (check.problems + (try check.changes(since: published))).filter { $0.file == name }
    }

    private static func isSame(_ one: URL, _ other: URL) -> Bool {
        one.resolvingSymlinksInPath().path == other.resolvingSymlinksInPath().path
    }

    private func check() -> Check {
        var check = Check(zone: zone)
        check.readCampaign(folder)
        check.open(folder.forms())
        check.compile()
        check.finish(folder)
        return check
    }

    /// A file as it was used, for the ledger.
    struct Source: Sendable {
        let kind: String
        let name: String
        let version: String
        let sha256: String
        let bytes: [UInt8]
    }

    private struct OpenedForm {
        let name: String
        let isInForce: Bool
        let content: FormContent
        /// As the workbook says, even where it is broken.
        let id: String?
        /// nil when the form is broken.
        let form: FormDefinition?
    }

    private struct Check {
        let zone: OfficeZone
        var opened: [OpenedForm] = []
        /// Ids of forms whose workbooks are there and cannot be read, as their files are named.
        var unread: Set<String> = []
        var problems: [OfficeProblem] = []
        var sources: [Source] = []
        var campaign: CampaignBook?
        var templates: NoticeTemplates?
        var current: [CompiledForm] = []
        var earlier: [CompiledForm] = []

        init(zone: OfficeZone) {
            self.zone = zone
        }

        var forms: FormLibrary { FormLibrary(current: current, earlier: earlier) }

        mutating func readCampaign(_ folder: FormsFolder) {
            let books = (content(FormFile(folder.units)), content(FormFile(folder.plan)))
            guard let units = books.0, let plan = books.1 else { return }
            sources.append(
                Source(kind: "units", name: "units.xlsx", version: "", sha256: units.sha256, bytes: units.bytes))
            sources.append(Source(kind: "plan", name: "plan.xlsx", version: "", sha256: plan.sha256, bytes: plan.bytes))
            campaign = CampaignBook(
                units: Units(workbook: units.workbook), plan: Plan(workbook: plan.workbook),
                unitsSHA256: units.sha256, planSHA256: plan.sha256, zone: zone)
        }

        /// Opens form workbooks; what they look up can only be told when all are known.
        mutating func open(_ paths: [String]) {
            for path in paths {
                let file = FormFile(path)
                guard let content = content(file) else {
                    unread.insert(URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent)
                    continue
                }
                let form = FormReader.read(
                    content.workbook, file: file.name, sha256: content.sha256, tables: content.tables
                ).form
                opened.append(
                    OpenedForm(
                        name: file.name, isInForce: !path.contains("/earlier/"), content: content,
                        id: FormReader.id(of: content.workbook), form: form))
            }
        }

        mutating func compile() {
            let known = knownTables
            for file in opened {
                problems += FormCheck.problems(
                    file.content.workbook, file: file.name, sha256: file.content.sha256, tables: file.content.tables,
                    knownTables: known
                ).map { OfficeProblem($0, file: file.name) }
                guard let form = file.form, let compiled = try? CompiledForm(form, knownTables: known) else { continue }
                if file.isInForce, current.contains(where: { $0.definition.identity.id == form.identity.id }) {
                    problems.append(
                        OfficeProblem(
                            file: file.name, sheet: "settings", code: "form.duplicate",
                            message: "the form \(form.identity.id) is there twice",
                            remedy: "move the older one into the folder earlier"))
                    continue
                }
                sources.append(
                    Source(
                        kind: "form", name: form.identity.id, version: form.identity.version,
                        sha256: file.content.sha256, bytes: file.content.bytes))
                if file.isInForce { current.append(compiled) } else { earlier.append(compiled) }
            }
        }

        mutating func finish(_ folder: FormsFolder) {
            if let campaign {
                problems += campaign.problems(forms: present).map(OfficeProblem.init)
            }
            do {
                templates = try NoticeTemplates(files: try folder.noticeFiles())
            } catch let error as NoticeTemplateProblems {
                problems += error.problems.map(OfficeProblem.init)
            } catch {
                problems.append(
                    OfficeProblem(
                        file: "notices", code: "file.missing", message: "\(folder.path)/notices cannot be read",
                        remedy: "copy the folder notices from the forms that came with Formpost"))
            }
        }

        /// Forms that have changed and bear the version as it was used before.
        func changes(since published: PublishedForms) throws -> [OfficeProblem] {
            try opened.compactMap { file in
                try file.form.flatMap { try published.change(of: $0, file: file.name) }
                    .map { OfficeProblem($0, file: file.name) }
            }
        }

        /// Ids of the forms that are there, broken ones among them: what is wrong with those is told of themselves, and
        /// not again of whatever names them.
        private var present: Set<String> { unread.union(opened.filter(\.isInForce).compactMap(\.id)) }

        /// Columns of what rules may look up besides the form's own tables; none for forms that are broken.
        private var knownTables: [String: [String]]? {
            guard let campaign else { return nil }
            let sound = opened.filter(\.isInForce).compactMap(\.form).map { form in
                (form.identity.id, form.questions.filter { $0.repeatName == nil }.map(\.name))
            }
            let questions = sound + present.map { ($0, []) }
            return campaign.knownTables(
                forms: Dictionary(questions, uniquingKeysWith: { first, _ in first }),
                on: CivilDate(daysSince1970: 0))
        }

        private mutating func content(_ file: FormFile) -> FormContent? {
            var read: [String: [UInt8]] = [:]
            for path in file.paths {
                guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
                    problems.append(.unread(path))
                    return nil
                }
                read[URL(fileURLWithPath: path).lastPathComponent] = [UInt8](data)
            }
            do {
                return try FormContent(read)
            } catch {
                problems.append(
                    OfficeProblem(
                        file: error.file, code: error.error.code.rawValue, message: error.error.detail,
                        remedy: "open it in a spreadsheet program and save it as \(Self.kind(of: error.file))"))
                return nil
            }
        }

        private static func kind(of name: String) -> String {
            name.lowercased().hasSuffix(".csv") ? "csv in UTF-8" : ".xlsx"
        }
    }
}

extension OfficeProblem {
    fileprivate static func unread(_ path: String) -> OfficeProblem {
        let isThere = FileManager.default.fileExists(atPath: path)
        return OfficeProblem(
            file: URL(fileURLWithPath: path).lastPathComponent, code: isThere ? "file.unreadable" : "file.missing",
            message: isThere ? "\(path) cannot be read" : "\(path) is not there",
            remedy: isThere
                ? "give the worker's user the right to read it"
                : "put the workbook there, or name the right folder: `forms:` in the settings, or --forms")
    }
}
