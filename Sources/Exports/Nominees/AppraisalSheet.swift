import Campaign
package import Foundation
package import Intake
package import Ledger
import Notices
import Records
import Review
package import Sheets
import XLSForm

/// The appraisal of one file (E7): one page to be signed.
package struct AppraisalSheet: Sendable {
    package struct Paper: Sendable {
        package let label: String
        package let scan: String
        package let original: String
    }

    package struct Line: Sendable {
        package let clause: String
        package let name: String
        /// What the unit's figures say, and the papers that are there.
        package let basis: String
        /// Empty while there is none.
        package let verdict: String
        package let note: String
    }

    package let receipt: String
    package let nominee: String
    package let facts: String
    package let papers: [Paper]
    package let lines: [Line]
    package let opinions: [String]
    package let proposal: String
    package let officer: String
    package let day: String

    package init(of file: SubmissionRecord, _ office: Office, _ stored: LedgerView, at now: Date) throws {
        let reviewed = try ReviewedFile(file, stored).reviewed
        let form = office.definition(of: reviewed, file)
        let kept = try form.map { try DossierPapers(of: file, form: $0, stored) }
        let held = try stored.assessments(of: file.id)
        let words = ExportWording.self
        receipt = file.receipt.description
        nominee = file.name
        let unit = office.campaign.units.label(of: file.key.unit, on: CivilDate(file.opened, in: office.zone))
        let answers = reviewed?.workbook.answers ?? []
        func shown(_ question: String?) -> String { question.flatMap { form?.shown($0, in: answers) } ?? "" }
        facts = [
            shown(form?.settings.placeQuestion), unit, form?.settings.title ?? file.key.form, shown("noi_dung"),
            file.key.stage.flatMap { office.campaign.plan.stage($0)?.label } ?? "",
        ].filter { !$0.isEmpty }.joined(separator: "; ")
        papers = (kept?.papers ?? []).map { paper in
            Paper(
                label: paper.label.isEmpty ? words.unitsLetter : paper.label,
                scan: paper.scans.isEmpty && paper.letter == nil ? words.lacking : words.scanned,
                original: paper.hasOriginal ? words.original : words.lacking)
        }
        let findings = reviewed?.workbook.verdict.findings ?? []
        lines = office.standards(of: file).map { standard in
            let said = findings.filter { $0.clauses.contains(standard.id) || $0.clauses.contains(standard.clause) }
                .map { office.wording.found($0) }
            let cells = (form?.questions ?? []).filter {
                $0.clauses.contains(standard.id) && $0.kind != .attachment && $0.repeatName == nil
            }.prefix(Self.mostCells).compactMap { question -> String? in
                let value = shown(question.name)
                return value.isEmpty ? nil : "\(form?.text(question.label) ?? question.name): \(value)"
            }
            let there = kept?.papers.filter { $0.standards.contains(standard.id) && $0.isThere }.map(\.id) ?? []
            let own = held[standard.id]
            return Line(
                clause: standard.clause, name: standard.shortName,
                basis: (cells + said + (there.isEmpty ? [] : [there.joined(separator: ", ")])).joined(separator: "; "),
                verdict: own.map { words.verdict($0.verdict) } ?? "", note: own?.note ?? "")
        }
        let labour = try stored.opinions(of: file.id).map(words.opinion)
        let others = try stored.opinionRequests(of: file.id).compactMap { request in
            request.office.map { "\($0): \(request.answered == nil ? words.noOpinion : request.answer)" }
        }
        opinions = ["\(words.labourOpinion): \(labour.last ?? words.noOpinion)"] + others
        proposal = shown(form?.settings.rewardQuestion)
        let name = try stored.officer(of: file.id)
        officer = name.isEmpty ? "" : try stored.account(name)?.display ?? name
        day = ConsolidatedReport.day(CivilDate(now, in: office.zone))
    }

    /// Figures beside a standard; whoever wants all opens the workbook.
    private static let mostCells = 8

    package var draft: WorkbookDraft {
        let words = ExportWording.self
        let papers = self.papers.map {
            ExportTable.Row([.text(words.papers), .init($0.label), .init($0.scan), .init($0.original), .blank])
        }
        let standards = lines.map {
            ExportTable.Row([.init($0.clause), .init($0.name), .init($0.basis), .init($0.verdict), .init($0.note)])
        }
        let last = (opinions + ["\(words.proposes): \(proposal)"]).map {
            ExportTable.Row([.blank, .init($0), .blank, .blank, .blank], isTotal: true)
        }
        var draft = WorkbookDraft()
        draft.title = words.appraisalTitle
        draft.sheets = [
            ExportSheet(
                name: words.appraisalSheet, title: words.appraisalTitle, remark: "\(receipt) \(nominee); \(facts)",
                table: ExportTable(
                    columns: [
                        .init(words.clause, width: 12, .text), .init(words.standard, width: 36, .text),
                        .init(words.basis, width: 50, .text), .init(words.verdictHead, width: 16, .text),
                        .init(words.note, width: 26, .text),
                    ], rows: papers + standards + last), isSigned: true
            ).draft
        ]
        return draft
    }
}
