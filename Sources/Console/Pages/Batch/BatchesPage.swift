import Campaign
import Foundation
import Intake
import Ledger
import Records
import Review
import XLSForm

/// The lists that there are, and those that may be made.
struct BatchesPage: Page {
    struct Line: Sendable {
        let number: Int64
        let level: String
        let stage: String
        let day: String
        let step: String
    }

    struct Ready: Sendable {
        let level: String
        let code: String
        let stage: String
        let label: String
        let count: Int
    }

    let lines: [Line]
    let ready: [Ready]
    let mayOpen: Bool

    var title: String { "Danh sách trình" }
    static let place: Place? = .lists

    init(_ stored: LedgerView, _ office: Office, _ role: Role) throws {
        // Whoever only reads sees what is decided.
        lines = try stored.batches().filter { role != .reader || $0.decision != nil }.map { batch in
            Line(
                number: batch.id.rawValue, level: Wording.level(batch.level),
                stage: office.campaign.plan.stage(batch.stage)?.label ?? batch.stage,
                day: Wording.day(batch.opened, office.zone), step: Wording.step(batch))
        }
        ready = role == .reader ? [] : try Self.ready(stored, office)
        mayOpen = role.reviews
    }

    private static func ready(_ stored: LedgerView, _ office: Office) throws -> [Ready] {
        try office.campaign.plan.stages.flatMap { stage in
            try BatchRecord.Level.allCases.compactMap { level -> Ready? in
                let count = try stored.unlistedCount(level.ready, stage: stage.code, level: level)
                guard count > 0 else { return nil }
                return Ready(
                    level: level.rawValue, code: stage.code, stage: stage.label, label: Wording.level(level),
                    count: count)
            }
        }
    }

    static let template = """
        <h1>Danh sách trình</h1>
        {{#ready}}<p>{{stage}}: {{count}} hồ sơ sẵn sàng, {{label}}. {{#mayOpen}}<a class="button" href="/danh-sach/moi?cap={{level}}&amp;dot={{code}}">Chọn hồ sơ, lập danh sách…</a>{{/mayOpen}}</p>{{/ready}}
        {{^ready}}<p>Không có hồ sơ nào chờ lập danh sách.</p>{{/ready}}
        <table><thead><tr><th scope="col">Số</th><th scope="col">Cấp</th><th scope="col">Đợt</th><th scope="col">Lập ngày</th><th scope="col">Bước</th></tr></thead>
        <tbody>{{#lines}}<tr><td><a href="/danh-sach/{{number}}">{{number}}</a></td><td>{{level}}</td><td>{{stage}}</td><td>{{day}}</td><td>{{step}}</td></tr>
        {{/lines}}</tbody></table>
        """
}

/// Whom to put on a new list: everybody who is ready is chosen, but for the province only who asks for its award.
struct NewBatchPage: Page {
    struct Line: Sendable {
        let id: Int64
        let receipt: String
        let name: String
        let unit: String
        let kind: String
        let reward: String
        let isChosen: Bool
    }

    let level: String
    let stageCode: String
    let heading: String
    let lines: [Line]
    let counts: [String]
    /// Who asks for the province's award, and on whom the district has not decided.
    let early: [String]

    var title: String { "Lập danh sách" }
    static let place: Place? = .lists

    init(_ asked: [String: String], _ stored: LedgerView, _ office: Office) throws {
        guard let level = asked["cap"].flatMap(BatchRecord.Level.init(rawValue:)),
            let stage = asked["dot"].flatMap({ office.campaign.plan.stage($0) })
        else { throw Turned.notFound }
        let ready = try stored.unlisted(level.ready, stage: stage.code, level: level)
        let nominees = try ready.compactMap { try stored.submission($0) }.map { try Nominee($0, stored, office) }
        guard !nominees.isEmpty else { throw Turned.back("Chưa có hồ sơ nào sẵn sàng cho danh sách này.") }
        self.level = level.rawValue
        stageCode = stage.code
        heading = "\(Wording.level(level)), \(stage.label)"
        lines = nominees.map { nominee in
            Line(
                id: nominee.file.id.rawValue, receipt: nominee.file.receipt.description, name: nominee.file.name,
                unit: nominee.unit, kind: nominee.kind, reward: nominee.reward,
                isChosen: level == .district || nominee.wantsProvince)
        }
        counts = Dictionary(grouping: nominees, by: \.kind).map { "\($0.key): \($0.value.count)" }.sorted()
        early = level == .district ? [] : try Self.early(stage.code, stored, office)
    }

    private static func early(_ stage: String, _ stored: LedgerView, _ office: Office) throws -> [String] {
        let filter = DossierFilter(states: [.queued, .inReview, .proposedToDistrict], stage: stage)
        return try stored.dossierLines(filter, limit: 200).compactMap { line in
            let nominee = try Nominee(line.submission, stored, office)
            return nominee.wantsProvince ? "\(nominee.file.receipt) \(nominee.file.name), \(nominee.unit)" : nil
        }
    }

    private struct Nominee {
        let file: SubmissionRecord
        let unit: String
        let kind: String
        let reward: String
        let wantsProvince: Bool

        init(_ file: SubmissionRecord, _ stored: LedgerView, _ office: Office) throws {
            self.file = file
            unit = office.campaign.units.label(of: file.key.unit, on: CivilDate(file.opened, in: office.zone))
            let form = office.forms.current(file.key.form)?.definition
            let answers = try stored.queueFacts(of: file.id)?.answers ?? [:]
            func shown(_ question: String) -> String {
                answers[question].map { form?.shown($0, of: question) ?? $0 } ?? ""
            }
            kind = shown("doi_tuong")
            let name = form?.settings.rewardQuestion ?? ""
            reward = shown(name)
            wantsProvince = answers[name]?.contains("tinh") ?? false
        }
    }

    static let template = """
        <h1>Lập danh sách {{heading}}</h1>
        <p>{{#counts}}{{.}}. {{/counts}}</p>
        <form method="post" action="/danh-sach"><input type="hidden" name="_csrf" value="{{csrf}}">
        <input type="hidden" name="cap" value="{{level}}"><input type="hidden" name="dot" value="{{stageCode}}"><input type="hidden" name="chon" value="1">
        <div class="wide"><table><thead><tr><th scope="col">Chọn</th><th scope="col">Mã</th><th scope="col">Đối tượng</th><th scope="col">Loại</th><th scope="col">Đơn vị</th><th scope="col">Hình thức đề nghị</th></tr></thead>
        <tbody>{{#lines}}<tr><td><input type="checkbox" name="ho-{{id}}" value="1" aria-label="Chọn {{receipt}}"{{#isChosen}} checked{{/isChosen}}></td><td><a href="/ho-so/{{receipt}}">{{receipt}}</a></td><td>{{name}}</td><td>{{kind}}</td><td>{{unit}}</td><td>{{reward}}</td></tr>{{/lines}}</tbody></table></div>
        <p><button class="main">Lập danh sách</button> <span class="hint">Chỉ lập danh sách; không có thư nào gửi đi.</span></p></form>
        {{#early}}<p><button disabled>{{.}}</button> <span class="hint">chưa có quyết định của huyện</span></p>{{/early}}
        """
}

extension BatchRecord.Level {
    /// The state from which a nominee comes on a list of this level.
    var ready: DossierState { self == .district ? .proposedToDistrict : .awardedByDistrict }
}
