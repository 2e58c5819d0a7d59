import Campaign
import Intake
import Ledger
import Records
import Review
import Vietnamese
import XLSForm

/// A nominee as the lists show it: what the unit wrote, what offices said, what was decided.
struct NomineeRecord: Sendable {
    let file: SubmissionRecord
    let state: DossierState
    let kind: NomineeKind
    let unitLabel: String
    /// The unit's place in the official order.
    private let unitOrder: Int
    /// Position or hamlet, and unit.
    let place: String
    /// `III.6`.
    let content: String
    let summary: String
    let reward: String
    /// The choice's name, by which the plan's decisions know it.
    let rewardName: String
    /// Number of the unit's letter.
    let letter: String
    /// What the district awarded it before: by this movement's files, and as the unit says.
    let awardedBefore: String
    let labour: String
    let batches: [(batch: BatchRecord, line: BatchLine)]

    init(_ file: SubmissionRecord, _ dossier: DossierRecord, _ stored: LedgerView, _ office: Office) throws {
        let reviewed = try ReviewedFile(file, stored).reviewed
        let form = office.definition(of: reviewed, file)
        let answers = reviewed?.workbook.answers ?? []
        func shown(_ question: String) -> String { form?.shown(question, in: answers) ?? "" }
        func name(_ question: String?) -> String {
            guard case .text(let value)? = answers.first(where: { $0.question == question })?.value else { return "" }
            return value
        }
        self.file = file
        state = dossier.state
        kind = NomineeKind(form: file.key.form, nominee: name("doi_tuong"))
        let unit = office.campaign.units.nearest(file.key.unit, to: CivilDate(file.opened, in: office.zone))
        unitLabel = unit?.label ?? file.key.unit.rawValue
        unitOrder = unit?.order ?? .max
        place = [shown("chuc_vu"), shown("noi_cong_tac"), shown("thon"), unitLabel].filter { !$0.isEmpty }
            .joined(separator: ", ")
        content = shown("noi_dung").split(separator: " ").first.map(String.init) ?? ""
        summary = shown("tom_tat")
        reward = form?.settings.rewardQuestion.map(shown) ?? ""
        rewardName = name(form?.settings.rewardQuestion)
        letter = shown("so_to_trinh")
        let known = try Award.earlier(than: file, stored).map { award in
            award.document.map(ExportWording.decision) ?? award.words
        }
        awardedBefore = (known + [shown("qd_huyen")]).filter { !$0.isEmpty }.joined(separator: "; ")
        labour = try stored.opinions(of: file.id).last.map(ExportWording.opinion) ?? ""
        batches = try stored.batches(of: file.id)
    }

    /// The newest list of a level.
    func list(_ level: BatchRecord.Level) -> (batch: BatchRecord, line: BatchLine)? {
        batches.last { $0.batch.level == level }
    }

    /// The district's decision on it; nil while there is none, or it was not awarded.
    func decision(_ level: BatchRecord.Level) -> BatchRecord.Document? {
        list(level).flatMap { $0.line.refusal.isEmpty ? $0.batch.decision : nil }
    }

    /// Units in the official order, people by their given name, everybody else by the whole one.
    static func inOrder(_ one: NomineeRecord, _ other: NomineeRecord) -> Bool {
        (one.unitOrder, one.nameKey, one.file.id.rawValue) < (other.unitOrder, other.nameKey, other.file.id.rawValue)
    }

    private var nameKey: String {
        switch kind {
        case .individual, .household: Vietnamese.givenNameKey(file.name)
        case .collective, .sponsor: Vietnamese.sortKey(file.name)
        }
    }
}

/// The sheets of a list of nominees.
enum NomineeKind: CaseIterable {
    case collective, individual, household, sponsor

    var sheet: String {
        switch self {
        case .collective: ExportWording.collectives
        case .individual: ExportWording.individuals
        case .household: ExportWording.householdNominees
        case .sponsor: ExportWording.sponsors
        }
    }

    init(form: String, nominee: String) {
        self =
            switch (form, NomineeClass(nominee)) {
            case ("dn_tai_tro", _): .sponsor
            case (_, .household): .household
            case (_, .individual): .individual
            case (_, .collective): .collective
            }
    }
}
