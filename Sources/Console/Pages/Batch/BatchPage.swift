import Campaign
import Foundation
import Intake
import Ledger
import Records
import Review
import XLSForm

/// One list, and its seven steps.
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
    /// Who was taken off, and why.
    let removed: [String]
    let counts: [String]
    let council: String?
    /// The day of the meeting as the form knows it.
    let councilSeen: String
    let proposal: String?
    let decision: String?
    let ceremony: String?
    let scan: String?
    let isDistrict: Bool
    let isTold: Bool
    let mayCut: Bool
    let mayMeet: Bool
    let mayPropose: Bool
    let mayDecide: Bool
    let mayAttach: Bool
    let mayTell: Bool
    let waitsForHead: Bool
    /// Whether files may be opened from here.
    let mayOpen: Bool

    var title: String { "Danh sách \(number)" }
    static let place: Place? = .lists

    /// - Throws: `Turned.notFound`, also for a reader before the decision.
    init(_ id: RowID<BatchRecord>, _ stored: LedgerView, _ office: Office, _ role: Role) throws {
        guard let batch = try stored.batch(id) else { throw Turned.notFound }
        let isReader = role == .reader
        if isReader, batch.decision == nil { throw Turned.notFound }
        number = id.rawValue
        heading = Wording.level(batch.level)
        stage = office.campaign.plan.stage(batch.stage)?.label ?? batch.stage
        // A reader sees who was awarded, and nothing of the others.
        let shown = try stored.lines(of: id).filter { !isReader || $0.refusal.isEmpty }
        lines = try shown.compactMap { line in
            guard let submission = try stored.submission(line.submission) else { return nil }
            let state = try stored.dossier(of: submission.id)?.state
            return Line(
                id: submission.id.rawValue, receipt: submission.receipt.description, name: submission.name,
                unit: office.campaign.units.label(
                    of: submission.key.unit, on: CivilDate(submission.opened, in: office.zone)),
                state: state.map(Wording.state) ?? "", votes: isReader ? "" : line.votes, refusal: line.refusal)
        }
        removed =
            isReader
            ? []
            : try stored.removed(from: id).compactMap { gone in
                try stored.submission(gone.submission).map { "\($0.receipt) \($0.name): \(gone.why)" }
            }
        counts = isReader ? [] : try Self.counts(shown, stored, office)
        council = batch.council.map { Wording.day($0) }
        councilSeen = batch.council?.description ?? ""
        proposal = batch.proposal.map { "\($0.number) ngày \(Wording.day($0.day))" }
        decision = batch.decision.map { "\($0.number) ngày \(Wording.day($0.day)) \(batch.signer)" }
        ceremony = batch.ceremony.isEmpty ? nil : batch.ceremony
        scan = batch.scan?.filename
        isDistrict = batch.level == .district
        isTold = batch.isTold
        mayCut = role.reviews && batch.proposal == nil
        mayMeet = role.reviews && batch.decision == nil && batch.level == .district
        mayPropose = role.reviews && batch.proposal == nil
        mayDecide = role.reviews && batch.proposal != nil && batch.decision == nil
        mayAttach = role.reviews && batch.decision != nil && !batch.isTold
        mayTell = role == .head && batch.decision != nil && !batch.isTold
        waitsForHead = role == .interior && batch.decision != nil && !batch.isTold
        mayOpen = !isReader
    }

    /// How many there are of each kind.
    private static func counts(_ lines: [BatchLine], _ stored: LedgerView, _ office: Office) throws -> [String] {
        let kinds = try lines.compactMap { line -> String? in
            guard let file = try stored.submission(line.submission),
                let kind = try stored.queueFacts(of: file.id)?.answers["doi_tuong"]
            else { return nil }
            return office.forms.current(file.key.form)?.definition.shown(kind, of: "doi_tuong") ?? kind
        }
        return Dictionary(grouping: kinds, by: \.self).map { "\($0.key): \($0.value.count)" }.sorted()
    }

    static let template = """
        <h1>Danh sách {{number}}: {{heading}}</h1><p>{{stage}}{{#counts}} · {{.}}{{/counts}}</p>
        <h2>1. Hồ sơ</h2>
        <div class="wide"><table><thead><tr><th scope="col">Mã</th><th scope="col">Đối tượng</th><th scope="col">Đơn vị</th><th scope="col">Trạng thái</th>{{#mayOpen}}<th scope="col">Phiếu</th><th scope="col">Lý do không khen</th>{{/mayOpen}}{{#mayCut}}<th scope="col">Thứ tự, đưa ra</th>{{/mayCut}}</tr></thead>
        <tbody>{{#lines}}<tr><td>{{#mayOpen}}<a href="/ho-so/{{receipt}}">{{receipt}}</a>{{/mayOpen}}{{^mayOpen}}{{receipt}}{{/mayOpen}}</td><td>{{name}}</td><td>{{unit}}</td><td>{{state}}</td>{{#mayOpen}}<td>{{votes}}</td><td>{{refusal}}</td>{{/mayOpen}}
        {{#mayCut}}<td><form method="post" action="/danh-sach/{{number}}/thu-tu" class="line"><input type="hidden" name="_csrf" value="{{csrf}}"><input type="hidden" name="ho" value="{{id}}"><button name="cho" value="-1" aria-label="{{name}} lên trên">↑</button> <button name="cho" value="1" aria-label="{{name}} xuống dưới">↓</button></form>
        <form method="post" action="/danh-sach/{{number}}/bo" class="line"><input type="hidden" name="_csrf" value="{{csrf}}"><input type="hidden" name="ho" value="{{id}}"><input name="ly_do" placeholder="lý do" aria-label="Lý do đưa {{name}} ra" required> <button class="danger">Đưa ra</button></form></td>{{/mayCut}}</tr>{{/lines}}</tbody></table></div>
        {{#removed}}<p class="hint">Đã đưa ra: {{.}}</p>{{/removed}}
        {{#mayOpen}}<h2>2. Xuất cho Hội đồng</h2>
        <p><a class="button" href="/danh-sach/{{number}}/trich-ngang">Danh sách trích ngang (.xlsx)</a> <a class="button" href="/danh-sach/{{number}}/phieu">Phiếu thẩm định (in)</a> <a class="button" href="/danh-sach/{{number}}/bo-ho-so">Bộ hồ sơ (.zip)</a></p>
        {{#isDistrict}}<h2>3. Họp Hội đồng{{#council}}: {{.}}{{/council}}</h2>{{/isDistrict}}
        {{#mayMeet}}<form method="post" action="/danh-sach/{{number}}/hoi-dong" class="stack"><input type="hidden" name="_csrf" value="{{csrf}}"><input type="hidden" name="hop_cu" value="{{councilSeen}}">
        <label for="hop">Ngày họp</label><input id="hop" name="ngay" placeholder="05/12/2020"{{#council}} value="{{.}}"{{/council}} required>
        {{#lines}}<label for="phieu-{{id}}">{{name}}: đồng ý/dự họp</label><input id="phieu-{{id}}" name="phieu-{{id}}" value="{{votes}}">{{/lines}}
        <button>Ghi kết quả họp</button></form>{{/mayMeet}}
        <h2>4. Tờ trình{{#proposal}}: {{.}}{{/proposal}}</h2>
        {{#mayPropose}}<form method="post" action="/danh-sach/{{number}}/to-trinh" class="stack"><input type="hidden" name="_csrf" value="{{csrf}}">
        <label for="so_tt">Số tờ trình</label><input id="so_tt" name="so_vb" required><label for="ngay_tt">Ngày</label><input id="ngay_tt" name="ngay" placeholder="05/12/2020" required>
        <button>Ghi tờ trình</button> <span class="hint">Sau đó thứ tự và tên trong danh sách không đổi nữa.</span></form>{{/mayPropose}}{{/mayOpen}}
        <h2>5. Quyết định{{#decision}}: {{.}}{{/decision}}</h2>
        {{#mayDecide}}<form method="post" action="/danh-sach/{{number}}/quyet-dinh" class="stack"><input type="hidden" name="_csrf" value="{{csrf}}">
        <label for="so_qd">Số quyết định</label><input id="so_qd" name="so_vb" required><label for="ngay_qd">Ngày</label><input id="ngay_qd" name="ngay" placeholder="05/12/2020" required>
        <label for="nguoi_ky">Người ký</label><input id="nguoi_ky" name="nguoi_ky"><label for="le_trao">Việc trao thưởng (nếu đã định)</label><input id="le_trao" name="le_trao">
        {{#lines}}<label for="ly-do-{{id}}">{{name}}: lý do không có trong quyết định (để trống là được khen)</label><input id="ly-do-{{id}}" name="ly-do-{{id}}">{{/lines}}
        <button class="main">Ghi quyết định</button> <span class="hint">Trạng thái từng hồ sơ đổi theo; chưa có thư nào gửi đi.</span></form>{{/mayDecide}}
        {{#mayOpen}}{{#scan}}<p>Bản quét: <a href="/danh-sach/{{number}}/ban-quet">{{.}}</a></p>{{/scan}}{{/mayOpen}}
        {{#mayAttach}}<form method="post" action="/danh-sach/{{number}}/ban-quet" enctype="multipart/form-data" class="line"><input type="hidden" name="_csrf" value="{{csrf}}">
        <label>Bản quét quyết định (PDF, ảnh) <input type="file" name="tep" accept=".pdf,image/*" required></label> <button>Đính bản quét</button> <span class="hint">Kèm theo thư gửi các đơn vị.</span></form>{{/mayAttach}}
        {{#mayOpen}}<h2>6. Thông báo{{#isTold}}: đã viết thư, xem trang Thư{{/isTold}}</h2>{{#ceremony}}<p>Việc trao thưởng: {{.}}</p>{{/ceremony}}
        {{#mayTell}}<form method="post" action="/danh-sach/{{number}}/thong-bao"><input type="hidden" name="_csrf" value="{{csrf}}">
        <button class="main">Viết thư cho các đơn vị</button> <span class="hint">Mỗi đơn vị một thư; thư chờ duyệt ở trang Thư trước khi gửi.</span></form>{{/mayTell}}
        {{#waitsForHead}}<p class="hint">Lãnh đạo phòng bấm viết thư.</p>{{/waitsForHead}}{{/mayOpen}}
        <h2>7. Công bố</h2>
        {{#decision}}<p><a class="button" href="/danh-sach/{{number}}/cong-bo">Danh sách công bố (.xlsx)</a> <a class="button" href="/danh-sach/{{number}}/cong-bo-van-ban">Văn bản cho cổng thông tin, loa đài (.txt)</a>
        {{#mayOpen}}<a class="button" href="/danh-sach/{{number}}/trao-thuong">Danh sách trao thưởng (.xlsx)</a>{{/mayOpen}}</p>{{/decision}}
        {{^decision}}<p class="hint">Có quyết định thì mới công bố được.</p>{{/decision}}
        """
}
