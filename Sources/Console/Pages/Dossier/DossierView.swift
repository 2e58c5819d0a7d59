import Campaign
import Foundation
import Intake
import Ledger
import Notices
import Records
import Review
import XLSForm

/// Makes the lines of a nominee's page out of what the ledger holds of it.
struct DossierView {
    let submission: SubmissionRecord
    let file: ReviewedFile
    let form: FormDefinition?
    private let stored: LedgerView
    private let office: Office
    /// Of the version under review.
    let findings: [Finding]
    private let answers: [Answer]

    init(
        _ submission: SubmissionRecord, _ file: ReviewedFile, _ form: FormDefinition?, _ stored: LedgerView,
        _ office: Office
    ) {
        self.submission = submission
        self.file = file
        self.form = form
        self.stored = stored
        self.office = office
        findings = file.reviewed?.workbook.verdict.findings ?? []
        answers = file.reviewed?.workbook.answers ?? []
    }

    private var path: String { "/ho-so/\(submission.receipt)" }

    private func day(_ instant: Date) -> String { Wording.day(instant, office.zone) }

    private func unit(_ submission: SubmissionRecord) -> String {
        office.campaign.units.label(of: submission.key.unit, on: CivilDate(submission.opened, in: office.zone))
    }

    private func stage(_ submission: SubmissionRecord) -> String {
        submission.key.stage.map { office.campaign.plan.stage($0)?.label ?? $0 } ?? ""
    }

    private func shown(_ question: String?) -> String { question.flatMap { form?.shown($0, in: answers) } ?? "" }

    /// `thôn Đông · Xã Thiên Lộc · III.1 · Tổng kết 2020 · Giấy khen …`
    var facts: String {
        let content = shown("noi_dung").split(separator: " ").first.map(String.init) ?? ""
        return [
            shown(form?.settings.placeQuestion), unit(submission), form?.settings.title ?? submission.key.form, content,
            stage(submission), shown(form?.settings.rewardQuestion),
        ].filter { !$0.isEmpty }.joined(separator: " · ")
    }

    // MARK: The same nominee

    func awards() throws -> [String] {
        try Award.earlier(than: submission, stored).map { award in
            let document = award.document.map { "QĐ \($0.number) ngày \(Wording.day($0.day))" } ?? award.words
            let level = award.level == .district ? "huyện" : "tỉnh"
            return "\(level) khen, \(stage(award.file)): \(document) (\(award.file.receipt), \(unit(award.file)))"
        }
    }

    func same(_ other: SubmissionRecord) throws -> SameNominee {
        let state = try stored.dossier(of: other.id).map { Wording.state($0.state) } ?? ""
        return SameNominee(
            receipt: other.receipt.description,
            words: [other.name, unit(other), stage(other), state].filter { !$0.isEmpty }.joined(separator: " · "))
    }

    // MARK: Versions

    /// Figures that passed a threshold after the unit was told of it, with both values and the day of the notice.
    func crossings() throws -> [CrossingLine] {
        guard let form else { return [] }
        let told = try stored.notices(about: submission.id).filter { $0.kind == .standardNotMet }
        return ThresholdCrossing.all(in: file.revisions, form: form).flatMap { crossing -> [CrossingLine] in
            let notice = told.last { $0.created < crossing.to.workbook.received } ?? told.first
            let since = notice.map { "sau thông báo ngày \(day($0.created))" } ?? "sau khi chưa đáp ứng"
            let path = "\(self.path)/khac?tu=\(crossing.from.number)&den=\(crossing.to.number)"
            return crossing.lines.prefix(Self.mostCrossings).map { line in
                let row = line.row.map { " (dòng \($0))" } ?? ""
                return CrossingLine(
                    words:
                        "\(line.label)\(row) đổi từ \(Self.quoted(line.before)) thành \(Self.quoted(line.after)) \(since)",
                    path: path)
            }
        }
    }

    private static let mostCrossings = 6

    private static func quoted(_ value: String) -> String { value.isEmpty ? "để trống" : "\"\(value)\"" }

    var newer: NewerVersion? {
        file.newer.map {
            NewerVersion(
                number: $0.number, day: day($0.workbook.received),
                path: "\(path)/khac?tu=\(file.reviewed?.number ?? 1)&den=\($0.number)")
        }
    }

    var versions: [SubmissionPage.Version] {
        file.revisions.reversed().map { revision in
            let workbook = revision.workbook
            let reviewed = revision.id == file.reviewed?.id ? ", đang xét" : ""
            return SubmissionPage.Version(
                number: revision.number,
                words:
                    "\(Wording.moment(workbook.received, office.zone)), \(Wording.standing(revision.standing))\(reviewed)",
                file: workbook.filename, path: "/tep/\(submission.receipt)/\(workbook.fileSHA256)")
        }
    }

    var blocks: [SubmissionPage.Block] {
        guard let form else { return [] }
        let before = file.revisions.last { $0.number < file.reviewed?.number ?? 0 }
        return AnswerBlocks(
            form: form, answers: answers, before: before?.workbook.answers, findings: findings, wording: office.wording
        ).blocks
    }

    func words(_ finding: Finding) -> String {
        let label = finding.label.isEmpty ? "" : "\(finding.label): "
        return "\(Wording.severity(finding.severity)): \(label)\(office.wording.found(finding))"
    }

    // MARK: Papers

    func papers(_ papers: DossierPapers) -> [PaperLine] {
        papers.papers.map { paper in
            PaperLine(
                id: paper.id, label: paper.label.isEmpty ? "Tờ trình, danh sách của đơn vị" : paper.label,
                scans: paper.scans.map(scan), letter: paper.letter?.receipt.description,
                lacksScan: paper.scans.isEmpty && paper.letter == nil && paper.isCounted,
                hasOriginal: paper.hasOriginal,
                blocks: paper.isBlocking && !paper.isThere)
        }
    }

    private func scan(_ scan: EvidenceRecord) -> PaperLine.Scan {
        PaperLine.Scan(name: scan.file.filename, path: "/tep/\(submission.receipt)/\(scan.file.sha256)")
    }

    func loose(_ papers: DossierPapers) -> [LoosePaper] {
        let places = papers.papers.compactMap { paper in
            paper.question.map { Choice(value: $0, label: paper.label) }
        }
        return papers.loose.map {
            LoosePaper(name: $0.file.filename, path: scan($0).path, sha256: $0.file.sha256, places: places)
        }
    }

    // MARK: Standards

    func standard(_ standard: Plan.Standard, _ held: Assessment?, _ papers: DossierPapers?) -> StandardLine {
        let own = form?.questions.filter { $0.clauses.contains(standard.id) && $0.kind != .attachment } ?? []
        let cells = own.flatMap { question -> [StandardLine.Cell] in
            let label = form?.text(question.label) ?? ""
            return answers.filter { $0.question == question.name }.prefix(Self.mostRows).compactMap { answer in
                let words = form?.shown(question.name, in: [answer]) ?? answer.shown
                let row = answer.row.map { " (dòng \($0))" } ?? ""
                guard !words.isEmpty else { return nil }
                return StandardLine.Cell(label: (label.isEmpty ? question.name : label) + row, words: words)
            }
        }
        let isOutdated = held.map { $0.revision != file.reviewed?.id } ?? false
        return StandardLine(
            id: standard.id, clause: standard.clause, name: standard.shortName, nature: Wording.nature(standard.nature),
            findings: findings.filter {
                $0.clauses.contains(standard.id) || $0.clauses.contains(standard.clause)
            }.map(words), cells: cells,
            scans: papers?.papers.filter { $0.standards.contains(standard.id) }.flatMap(\.scans).map(scan) ?? [],
            choices: Assessment.Verdict.allCases.map {
                Choice(value: $0.rawValue, label: Wording.verdict($0), isHere: held?.verdict == $0)
            },
            note: held?.note ?? "", who: held.map { "\($0.who), \(day($0.at))" } ?? "", isOutdated: isOutdated,
            mark: Assessing.mark(held))
    }

    /// Rows of a table beside a standard; the whole table stands below.
    private static let mostRows = 12

    // MARK: Opinions

    func request(_ request: AskedOpinion, _ today: CivilDate) -> RequestLine {
        let asked = "\(request.office ?? ""): hỏi \(day(request.asked)), hạn \(Wording.day(request.due))"
        guard let answered = request.answered else {
            let late = request.due < today ? ", đã quá hạn" : ""
            return RequestLine(id: request.id.rawValue, words: "\(asked)\(late), chưa có trả lời", isOpen: true)
        }
        return RequestLine(
            id: request.id.rawValue, words: "\(asked); \(day(answered)) \(request.answeredBy) ghi: \(request.answer)",
            isOpen: false)
    }

    /// Where the Labour office's opinion stands.
    func labour(_ request: AskedOpinion?, _ opinion: Opinion?, _ today: CivilDate) -> String? {
        if opinion != nil { return nil }
        guard let request else { return "chưa có, chưa hỏi" }
        let asked = "chưa có (hỏi \(day(request.asked)), hạn \(Wording.day(request.due)))"
        return request.due < today ? asked + "; đã quá hạn, không có ý kiến" : asked
    }

    // MARK: Buttons

    /// What is decided by lists is not pressed on one file.
    private static let ofLists: Set<DossierMove> = [.awardByDistrict, .proposeToProvince, .award, .refuse, .revoke]
    static let pressed = Set(DossierMove.allCases).subtracting(ofLists)

    func buttons(
        _ state: DossierState, _ role: Role, _ readiness: ProposalReadiness, _ list: BatchRecord?
    ) -> [DossierButton] {
        guard role.reviews else { return [] }
        var buttons = DossierMove.possible(from: state).filter(Self.pressed.contains).map { move in
            let (label, effect) = Wording.move(move)
            return DossierButton(
                label: label, effect: effect, draft: Self.page(of: move).map { "\(path)/\($0)" }, move: move.rawValue,
                needsReason: move.needsReason, closed: closed(move, readiness, list))
        }
        if wantsProvince, ProposalReadiness.open.union([.proposedToDistrict]).contains(state) {
            let (label, effect) = Wording.move(.proposeToProvince)
            buttons.append(
                DossierButton(
                    label: label, effect: effect, draft: nil, move: "", needsReason: false,
                    closed: "chưa có quyết định của huyện"))
        }
        return buttons
    }

    /// Whose letter is read before it is written.
    private static func page(of move: DossierMove) -> String? {
        switch move {
        case .return: "bo-sung"
        case .decline: "khong-trinh"
        default: nil
        }
    }

    private func closed(_ move: DossierMove, _ readiness: ProposalReadiness, _ list: BatchRecord?) -> String? {
        switch move {
        case .proposeToDistrict where !readiness.reasons.isEmpty:
            readiness.reasons.map(Wording.reason).joined(separator: "; ")
        case .takeOff, .withdraw:
            list.flatMap { $0.proposal == nil ? nil : "danh sách \($0.id.rawValue) đã có tờ trình" }
        default: nil
        }
    }

    /// Whether the unit asks for the province's award too.
    private var wantsProvince: Bool {
        guard let question = form?.settings.rewardQuestion,
            case .text(let value)? = answers.first(where: { $0.question == question })?.value
        else { return false }
        return value.contains("tinh")
    }

    /// Why somebody has no buttons.
    func decider(_ state: DossierState, _ role: Role) -> String? {
        if role == .labour { return "Phòng Nội vụ quyết định; Phòng Lao động - TB&XH cho ý kiến ở trên." }
        switch state {
        case .proposedToProvince: return "Kết quả của tỉnh ghi ở Danh sách trình."
        case .awarded, .notAwarded, .declined, .withdrawn, .revoked: return "Hồ sơ đã có kết quả."
        default: return nil
        }
    }
}
