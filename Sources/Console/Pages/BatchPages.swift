import Campaign
import Foundation
import Hummingbird
import Intake
import Ledger
import Records
import Review
import Vietnamese

/// Lists of nominees, step by step: who is on it, the council, the cover letter, the decision, the letters.
struct BatchPages: Sendable {
    let desk: ConsoleDesk
    let pages: PageWriter

    private static let preparers: Set<Role> = [.interior, .head]

    func add(to router: Router<ConsoleContext>) {
        router.get("danh-sach") { _, context in
            let visitor = try context.visitor(at: .lists)
            let page = try await desk.read { try BatchesPage($0, $1, visitor.role) }
            return try await pages.page(page, for: visitor)
        }
        router.get("danh-sach/:so") { _, context in
            let visitor = try context.visitor(at: .lists)
            let id = try Self.number(context)
            let page = try await desk.read { try BatchPage(id, $0, $1, visitor.role) }
            return try await pages.page(page, for: visitor)
        }
        router.post("danh-sach") { request, context in
            let (visitor, form) = try await entered(request, context, Self.preparers)
            guard let level = BatchRecord.Level(rawValue: form["cap"]) else { throw Turned.notFound }
            let stage = form["dot"]
            let id = try await press(visitor) { batching, office in
                guard office.campaign.plan.stage(stage) != nil else { throw Turned.notFound }
                return try batching.open(level, stage: stage)
            }
            return Response.redirect(to: "/danh-sach/\(id.rawValue)", type: .normal)
        }
        router.post("danh-sach/:so/hoi-dong") { request, context in
            let (visitor, form) = try await entered(request, context, Self.preparers)
            let (id, day) = (try Self.number(context), try Self.day(form["ngay"]))
            let votes = Self.bySubmission(form.all("phieu-"))
            return try await step(id, visitor) { batching, _ in try batching.meet(id, on: day, votes: votes) }
        }
        router.post("danh-sach/:so/to-trinh") { request, context in
            let (visitor, form) = try await entered(request, context, Self.preparers)
            let (id, document) = (try Self.number(context), try Self.document(form))
            return try await step(id, visitor) { batching, _ in try batching.propose(id, document) }
        }
        router.post("danh-sach/:so/quyet-dinh") { request, context in
            let (visitor, form) = try await entered(request, context, Self.preparers)
            let (id, document) = (try Self.number(context), try Self.document(form))
            let refused = Self.bySubmission(form.all("ly-do-")).filter { !$0.value.isEmpty }
            let (signer, ceremony) = (form["nguoi_ky"], form["le_trao"])
            return try await step(id, visitor) { batching, _ in
                try batching.decide(id, document, signer: signer, ceremony: ceremony, refused: refused)
            }
        }
        router.post("danh-sach/:so/thong-bao") { request, context in
            let (visitor, _) = try await entered(request, context, [.head])
            let id = try Self.number(context)
            return try await step(id, visitor) { batching, _ in try batching.tell(id) }
        }
    }

    private func entered(
        _ request: Request, _ context: ConsoleContext, _ roles: Set<Role>
    ) async throws -> (Visitor, FormFields) {
        let visitor = try context.visitor(roles)
        return (visitor, try await FormFields(request, of: visitor))
    }

    private func step(
        _ id: RowID<BatchRecord>, _ visitor: Visitor, _ body: @escaping @Sendable (Batching, Office) throws -> Void
    ) async throws -> Response {
        try await press(visitor, body)
        return .redirect(to: "/danh-sach/\(id.rawValue)", type: .normal)
    }

    private func press<T: Sendable>(
        _ visitor: Visitor, _ body: @escaping @Sendable (Batching, Office) throws -> T
    ) async throws -> T {
        let now = desk.now()
        return try await desk.write { transaction, office in
            do {
                return try body(
                    Batching(office: office, transaction: transaction, now: now, who: visitor.who), office)
            } catch Batching.Refusal.noBatch {
                throw Turned.notFound
            } catch Batching.Refusal.nobody {
                throw Turned.back("Chưa có hồ sơ nào sẵn sàng cho danh sách này.")
            } catch Batching.Refusal.step {
                throw Turned.back("Bước này đã ghi, hoặc bước trước chưa ghi. Tải lại trang để xem.")
            } catch Reviewing.Refusal.state(let state) {
                throw Turned.back(
                    "Một hồ sơ trong danh sách nay là \"\(Wording.state(state))\", nên chưa ghi gì. Xem lại danh sách.")
            }
        }
    }

    // MARK: - Fields

    private static func number(_ context: ConsoleContext) throws -> RowID<BatchRecord> {
        guard let number = context.parameters.get("so").flatMap({ Int64($0) }) else { throw Turned.notFound }
        return RowID(rawValue: number)
    }

    private static func day(_ text: String) throws -> CivilDate {
        let read = Vietnamese.readDate(text).flatMap { CivilDate(year: $0.year, month: $0.month, day: $0.day) }
        guard let day = read ?? CivilDate(iso8601: text) else {
            throw Turned.back("Ghi ngày theo kiểu 05/12/2020.")
        }
        return day
    }

    private static func document(_ form: FormFields) throws -> BatchRecord.Document {
        guard !form["so_vb"].isEmpty else { throw Turned.back("Ghi số văn bản.") }
        return BatchRecord.Document(number: form["so_vb"], day: try day(form["ngay"]))
    }

    private static func bySubmission(_ fields: [String: String]) -> [RowID<SubmissionRecord>: String] {
        fields.reduce(into: [:]) { found, field in
            if let id = Int64(field.key) {
                found[RowID(rawValue: id)] = field.value.trimmingCharacters(in: .whitespacesAndNewlines)
            }
        }
    }
}

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
        lines = try stored.batches().map { batch in
            Line(
                number: batch.id.rawValue, level: Wording.level(batch.level),
                stage: office.campaign.plan.stage(batch.stage)?.label ?? batch.stage,
                day: Wording.day(batch.opened, office.zone), step: Wording.step(batch))
        }
        var ready: [Ready] = []
        for stage in office.campaign.plan.stages {
            for level in BatchRecord.Level.allCases {
                let state: DossierState = level == .district ? .proposedToDistrict : .awardedByDistrict
                let count = try stored.unlisted(state, stage: stage.code, level: level).count
                if count > 0 {
                    ready.append(
                        Ready(
                            level: level.rawValue, code: stage.code, stage: stage.label, label: Wording.level(level),
                            count: count))
                }
            }
        }
        self.ready = ready
        mayOpen = role == .interior || role == .head
    }

    static let template = """
        <h1>Danh sách trình</h1>
        {{#ready}}<form method="post" action="/danh-sach"><input type="hidden" name="_csrf" value="{{csrf}}">
        <input type="hidden" name="cap" value="{{level}}"><input type="hidden" name="dot" value="{{code}}">
        <p>{{stage}}: {{count}} hồ sơ sẵn sàng, {{label}}. {{#mayOpen}}<button class="main">Lập danh sách</button>{{/mayOpen}}</p></form>{{/ready}}
        {{^ready}}<p>Không có hồ sơ nào chờ lập danh sách.</p>{{/ready}}
        <table><thead><tr><th scope="col">Số</th><th scope="col">Cấp</th><th scope="col">Đợt</th><th scope="col">Lập ngày</th><th scope="col">Bước</th></tr></thead>
        <tbody>{{#lines}}<tr><td><a href="/danh-sach/{{number}}">{{number}}</a></td><td>{{level}}</td><td>{{stage}}</td><td>{{day}}</td><td>{{step}}</td></tr>
        {{/lines}}</tbody></table>
        """
}

struct BatchPage: Page {
    struct Line: Sendable {
        let id: Int64
        let receipt: String
        let name: String
        let unit: String
        let state: String
        let votes: String
        let refusal: String
    }

    let number: Int64
    let heading: String
    let stage: String
    let lines: [Line]
    let council: String?
    let proposal: String?
    let decision: String?
    let ceremony: String?
    let isTold: Bool
    let mayMeet: Bool
    let mayPropose: Bool
    let mayDecide: Bool
    let mayTell: Bool
    let waitsForHead: Bool

    var title: String { "Danh sách \(number)" }
    static let place: Place? = .lists

    /// - Throws: `Turned.notFound`.
    init(_ id: RowID<BatchRecord>, _ stored: LedgerView, _ office: Office, _ role: Role) throws {
        guard let batch = try stored.batch(id) else { throw Turned.notFound }
        number = id.rawValue
        heading = Wording.level(batch.level)
        stage = office.campaign.plan.stage(batch.stage)?.label ?? batch.stage
        lines = try stored.lines(of: id).compactMap { line in
            guard let submission = try stored.submission(line.submission) else { return nil }
            let state = try stored.dossier(of: submission.id)?.state
            return Line(
                id: submission.id.rawValue, receipt: submission.receipt.description, name: submission.name,
                unit: office.campaign.units.label(
                    of: submission.key.unit, on: CivilDate(submission.opened, in: office.zone)),
                state: state.map(Wording.state) ?? "", votes: line.votes, refusal: line.refusal)
        }
        council = batch.council.map { Wording.day($0) }
        proposal = batch.proposal.map { "\($0.number) ngày \(Wording.day($0.day))" }
        decision = batch.decision.map { "\($0.number) ngày \(Wording.day($0.day)) \(batch.signer)" }
        ceremony = batch.ceremony.isEmpty ? nil : batch.ceremony
        isTold = batch.isTold
        let mayPrepare = role == .interior || role == .head
        mayMeet = mayPrepare && batch.decision == nil && batch.level == .district
        mayPropose = mayPrepare && batch.proposal == nil
        mayDecide = mayPrepare && batch.proposal != nil && batch.decision == nil
        mayTell = role == .head && batch.decision != nil && !batch.isTold
        waitsForHead = role == .interior && batch.decision != nil && !batch.isTold
    }

    static let template = """
        <h1>Danh sách {{number}}: {{heading}}</h1><p>{{stage}}</p>
        <table><thead><tr><th scope="col">Mã</th><th scope="col">Đối tượng</th><th scope="col">Đơn vị</th><th scope="col">Trạng thái</th><th scope="col">Phiếu</th><th scope="col">Lý do không khen</th></tr></thead>
        <tbody>{{#lines}}<tr><td><a href="/ho-so/{{receipt}}">{{receipt}}</a></td><td>{{name}}</td><td>{{unit}}</td><td>{{state}}</td><td>{{votes}}</td><td>{{refusal}}</td></tr>{{/lines}}</tbody></table>
        <h2>Họp Hội đồng{{#council}}: {{.}}{{/council}}</h2>
        {{#mayMeet}}<form method="post" action="/danh-sach/{{number}}/hoi-dong" class="stack"><input type="hidden" name="_csrf" value="{{csrf}}">
        <label for="hop">Ngày họp</label><input id="hop" name="ngay" placeholder="05/12/2020" required>
        {{#lines}}<label for="phieu-{{id}}">{{name}}: đồng ý/dự họp</label><input id="phieu-{{id}}" name="phieu-{{id}}" value="{{votes}}">{{/lines}}
        <button>Ghi kết quả họp</button></form>{{/mayMeet}}
        <h2>Tờ trình{{#proposal}}: {{.}}{{/proposal}}</h2>
        {{#mayPropose}}<form method="post" action="/danh-sach/{{number}}/to-trinh" class="stack"><input type="hidden" name="_csrf" value="{{csrf}}">
        <label for="so_tt">Số tờ trình</label><input id="so_tt" name="so_vb" required><label for="ngay_tt">Ngày</label><input id="ngay_tt" name="ngay" placeholder="05/12/2020" required>
        <button>Ghi tờ trình</button></form>{{/mayPropose}}
        <h2>Quyết định{{#decision}}: {{.}}{{/decision}}</h2>
        {{#mayDecide}}<form method="post" action="/danh-sach/{{number}}/quyet-dinh" class="stack"><input type="hidden" name="_csrf" value="{{csrf}}">
        <label for="so_qd">Số quyết định</label><input id="so_qd" name="so_vb" required><label for="ngay_qd">Ngày</label><input id="ngay_qd" name="ngay" placeholder="05/12/2020" required>
        <label for="nguoi_ky">Người ký</label><input id="nguoi_ky" name="nguoi_ky"><label for="le_trao">Việc trao thưởng (nếu đã định)</label><input id="le_trao" name="le_trao">
        {{#lines}}<label for="ly-do-{{id}}">{{name}}: lý do không có trong quyết định (để trống là được khen)</label><input id="ly-do-{{id}}" name="ly-do-{{id}}">{{/lines}}
        <button class="main">Ghi quyết định</button> <span class="hint">Trạng thái từng hồ sơ đổi theo; chưa có thư nào gửi đi.</span></form>{{/mayDecide}}
        <h2>Thông báo{{#isTold}}: đã viết thư, xem trang Thư{{/isTold}}</h2>{{#ceremony}}<p>Việc trao thưởng: {{.}}</p>{{/ceremony}}
        {{#mayTell}}<form method="post" action="/danh-sach/{{number}}/thong-bao"><input type="hidden" name="_csrf" value="{{csrf}}">
        <button class="main">Viết thư cho các đơn vị</button> <span class="hint">Mỗi đơn vị một thư; thư chờ duyệt ở trang Thư trước khi gửi.</span></form>{{/mayTell}}
        {{#waitsForHead}}<p class="hint">Lãnh đạo phòng bấm viết thư.</p>{{/waitsForHead}}
        """
}
