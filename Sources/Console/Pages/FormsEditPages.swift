import Campaign
import Digest
import Foundation
import Hummingbird
import Intake
import Ledger
import Records
import Sheets
import Synchronization
import XLSForm

/// Who may change which workbook of the forms folder.
enum FormsRights {
    static func mayEdit(_ file: String, _ role: Role) -> Bool {
        switch file {
        case "units.xlsx": [.interior, .head, .administrator].contains(role)
        // The Labour office: targets and baselines only.
        case "plan.xlsx": [.interior, .head, .labour].contains(role)
        default: role == .interior || role == .head
        }
    }

    static func mayRead(_ file: String, _ role: Role) -> Bool {
        mayEdit(file, role) || role == .labour
    }

    /// The sheets that a role may change; nil: all.
    static func sheets(_ file: String, _ role: Role) -> Set<String>? {
        file == "plan.xlsx" && role == .labour ? ["chi_tieu", "so_lieu_goc"] : nil
    }
}

/// Edits that were looked at and wait for the press that applies them, for an hour.
final class StagedEdits: Sendable {
    private struct Staged {
        let edit: FormsEdit
        let account: String
        let at: Date
    }

    private let edits = Mutex<[Staged]>([])

    private static let most = 16
    private static let patience: TimeInterval = 3600

    func add(_ edit: FormsEdit, of account: String, at now: Date) {
        edits.withLock { edits in
            edits.removeAll { now.timeIntervalSince($0.at) > Self.patience || $0.account == account }
            edits = edits.suffix(Self.most - 1) + [Staged(edit: edit, account: account, at: now)]
        }
    }

    /// The edit that the account has looked at, by the hash of its bytes.
    func take(_ sha256: String, of account: String, at now: Date) -> FormsEdit? {
        edits.withLock { edits in
            let index = edits.firstIndex {
                $0.account == account && $0.edit.sha256 == sha256 && now.timeIntervalSince($0.at) <= Self.patience
            }
            return index.map { edits.remove(at: $0).edit }
        }
    }
}

/// Download, check and upload of the workbooks that the office edits, and blank forms.
struct FormsEditPages: Sendable {
    let desk: ConsoleDesk
    let pages: PageWriter

    private static let workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    func add(to router: Router<ConsoleContext>) {
        router.get("ky-dot/tep/:ten") { _, context in
            let visitor = try context.visitor([.interior, .head, .labour, .administrator])
            guard let file = context.parameters.get("ten")?.removingPercentEncoding else { throw Turned.notFound }
            guard FormsRights.mayRead(file, visitor.role) else { throw Turned.away }
            let bytes = try await desk.work { [desk] in try? desk.editor.content(of: file) }
            guard let bytes else { throw Turned.notFound }
            return PaperPages.attachment(bytes, name: file, type: Self.workbook)
        }
        router.post("ky-dot/tai-len") { request, context in try await upload(request, context) }
        router.post("ky-dot/ap-dung") { request, context in try await apply(request, context) }
        router.get("ky-dot/kiem-tra") { _, context in
            let visitor = try context.visitor([.interior, .head])
            let problems = try await desk.work { [desk] in
                try OfficeReader(folder: desk.folder, zone: desk.currentOffice.zone)
                    .problems(after: PublishedForms(desk.ledger))
            }
            return try await pages.page(FormsCheckPage(problems), for: visitor)
        }
        router.post("don-vi/:ma/xac-nhan") { request, context in try await confirm(request, context) }
    }

    // MARK: - Upload

    private func upload(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let visitor = try context.visitor([.interior, .head, .labour, .administrator])
        let form = try await UploadedForm(request, of: visitor)
        let (file, now) = (form["ten"], desk.now())
        guard FormsRights.mayEdit(file, visitor.role) else { throw Turned.away }
        guard let uploaded = form.files("tep").first else { throw Turned.back("Chưa chọn tệp.") }
        let edit = try await desk.work { [desk] in
            do {
                return try desk.editor.examine(uploaded.bytes, as: file)
            } catch let refusal as FormsEditRefusal {
                throw Turned.back(Wording.refusal(refusal))
            }
        }
        if let allowed = FormsRights.sheets(file, visitor.role),
            let other = edit.changes.first(where: { !allowed.contains($0.sheet) })
        {
            throw Turned.back(
                "Phòng Lao động - TB&XH sửa sheet chi_tieu và so_lieu_goc; tệp này còn sửa sheet \(other.sheet).")
        }
        if edit.isInOrder, !edit.changes.isEmpty { desk.edits.add(edit, of: visitor.account.name, at: now) }
        return try await pages.page(FormsEditPage(edit), for: visitor)
    }

    private func apply(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let visitor = try context.visitor([.interior, .head, .labour, .administrator])
        let form = try await FormFields(request, of: visitor)
        let now = desk.now()
        guard let edit = desk.edits.take(form["sha"], of: visitor.account.name, at: now) else {
            throw Turned.back("Bản này đã áp dụng rồi hoặc đã quá một giờ. Tải tệp lên lại.")
        }
        guard FormsRights.mayEdit(edit.file, visitor.role) else { throw Turned.away }
        try await put(edit, visitor, now)
        return .redirect(to: edit.file == "units.xlsx" ? "/don-vi" : "/ky-dot", type: .normal)
    }

    /// Into the folder and into the journal.
    private func put(_ edit: FormsEdit, _ visitor: Visitor, _ now: Date) async throws {
        try await desk.work { [desk] in
            do {
                try desk.editor.apply(edit)
            } catch let refusal as FormsEditRefusal {
                throw Turned.back(Wording.refusal(refusal))
            }
            desk.lookAgain()
            try desk.ledger.write {
                try $0.audit(
                    AuditEntry(
                        at: now, who: visitor.who, action: "forms.apply", subject: edit.file,
                        detail: "\(edit.base.prefix(12)) → \(edit.sha256.prefix(12)), \(edit.changes.count)"))
            }
        }
    }

    // MARK: - Confirming an address

    /// Writes who has confirmed an address, and when, into units.xlsx.
    private func confirm(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let visitor = try context.visitor([.interior, .head, .administrator])
        let form = try await FormFields(request, of: visitor)
        let (unit, now) = (try context.unit(), desk.now())
        guard let row = Int(form["dong"]) else { throw Turned.notFound }
        let edit = try await desk.work { [desk] in
            let office = desk.currentOffice
            let entry = office.campaign.units.addresses.first {
                $0.row == row && $0.unit == unit && $0.address == form["dia_chi"]
            }
            guard let entry else { throw Turned.back("Danh bạ đã đổi; mở lại trang đơn vị.") }
            if entry.isConfirmed { throw Turned.back("Địa chỉ này đã được xác nhận.") }
            let bytes = try desk.editor.content(of: "units.xlsx")
            guard Digest.hex(.sha256, of: bytes) == form["goc"] else {
                throw Turned.back("Danh bạ đã đổi; mở lại trang đơn vị.")
            }
            let day = CivilDate(now, in: office.zone)
            let edited = try CellEditor.set(
                ["xac_nhan_boi": .text(visitor.account.display), "ngay": .day(day)], inRow: row, of: "dia_chi_thu",
                in: bytes)
            do {
                return try desk.editor.examine(edited, as: "units.xlsx")
            } catch let refusal as FormsEditRefusal {
                throw Turned.back(Wording.refusal(refusal))
            }
        }
        try await put(edit, visitor, now)
        return .redirect(to: "/don-vi/\(unit)", type: .normal)
    }
}

/// The form that brings an edited workbook.
enum FormsUpload {
    static func template(of file: String) -> String {
        """
        <form method="post" action="/ky-dot/tai-len" enctype="multipart/form-data"><input type="hidden" name="_csrf" value="{{csrf}}"><input type="hidden" name="ten" value="\(file)">
        <label>Bản đã sửa của \(file) <input name="tep" type="file" required></label> <button>Tải lên, xem thay đổi</button>
        <span class="hint">Mở trang cho thấy những gì sẽ đổi; chưa áp dụng.</span></form>
        """
    }
}

/// What an uploaded workbook would change, and what is wrong with it.
struct FormsEditPage: Page {
    struct Change: Sendable {
        let place: String
        let words: String
        let cells: [WorkbookChange.Cell]
    }

    let file: String
    let sha: String
    let problems: [String]
    let remarks: [String]
    let changes: [Change]
    let more: Int?
    let archived: String?
    let isNothing: Bool
    let mayApply: Bool
    private let isUnits: Bool

    var title: String { "Thay đổi của \(file)" }
    static let place: Place? = .calendar

    /// Rows that are shown: of a longer list people compare the workbooks themselves.
    private static let most = 300

    init(_ edit: FormsEdit) {
        file = edit.file
        sha = edit.sha256
        isUnits = edit.file == "units.xlsx"
        problems = edit.problems.filter(\.isError).map(Wording.problem)
        remarks = edit.problems.filter { !$0.isError }.map(Wording.problem)
        changes = edit.changes.prefix(Self.most).map { change in
            Change(
                place: "\(change.sheet), dòng \(change.row)",
                words: "\(Wording.change(change.kind)): \(change.name)", cells: change.cells)
        }
        more = edit.changes.count > Self.most ? edit.changes.count - Self.most : nil
        archived = edit.archivedAs
        isNothing = edit.changes.isEmpty
        mayApply = edit.isInOrder && !edit.changes.isEmpty
    }

    static let template = """
        <h1>Thay đổi của {{file}}</h1>
        {{#problems}}<p class="finding trouble">{{.}}</p>{{/problems}}
        {{#remarks}}<p class="finding">{{.}}</p>{{/remarks}}
        {{#isNothing}}<p>Tệp tải lên không khác tệp đang dùng.</p>{{/isNothing}}
        {{#archived}}<p>Bản đang dùng được giữ ở earlier/{{.}}; biểu lập theo bản đó vẫn được nhận.</p>{{/archived}}
        <div class="wide"><table><thead><tr><th scope="col">Chỗ</th><th scope="col">Thay đổi</th><th scope="col">Cột: trước → sau</th></tr></thead>
        <tbody>{{#changes}}<tr><th scope="row">{{place}}</th><td>{{words}}</td><td>{{#cells}}{{head}}: <span class="before">{{before}}</span> → {{after}}<br>{{/cells}}</td></tr>
        {{/changes}}</tbody></table></div>{{#more}}<p>Còn {{.}} dòng nữa.</p>{{/more}}
        {{#mayApply}}<form method="post" action="/ky-dot/ap-dung"><input type="hidden" name="_csrf" value="{{csrf}}"><input type="hidden" name="sha" value="{{sha}}">
        <button class="danger">Áp dụng</button> <span class="hint">Thay tệp trong thư mục biểu mẫu ngay; không có thư nào gửi đi. Ghi vào nhật ký.</span></form>{{/mayApply}}
        {{^mayApply}}<p><button disabled>Áp dụng</button> <span class="hint">Chưa bấm được: {{#isNothing}}không có gì thay đổi{{/isNothing}}{{^isNothing}}còn lỗi, sửa tệp rồi tải lên lại{{/isNothing}}.</span></p>{{/mayApply}}
        """
}

/// What the check says of the forms folder as it is.
struct FormsCheckPage: Page {
    let errors: [String]
    let warnings: [String]

    var title: String { "Kiểm tra biểu mẫu" }
    static let place: Place? = .calendar

    init(_ problems: [OfficeProblem]) {
        errors = problems.filter(\.isError).map(Wording.problem)
        warnings = problems.filter { !$0.isError }.map(Wording.problem)
    }

    static let template = """
        <h1>Kiểm tra thư mục biểu mẫu</h1>
        {{#errors}}<p class="finding trouble">{{.}}</p>{{/errors}}{{^errors}}<p>Không có lỗi.</p>{{/errors}}
        <h2>Lưu ý</h2>{{#warnings}}<p class="finding">{{.}}</p>{{/warnings}}{{^warnings}}<p>Không có.</p>{{/warnings}}
        <p><a class="button" href="/ky-dot">Kỳ, đợt, biểu mẫu</a></p>
        """
}

extension Wording {
    static func change(_ kind: WorkbookChange.Kind) -> String {
        switch kind {
        case .added: "thêm dòng"
        case .removed: "bỏ dòng"
        case .changed: "sửa dòng"
        }
    }

    /// Where, what, and what to do.
    static func problem(_ problem: OfficeProblem) -> String {
        var place = problem.file
        if let sheet = problem.sheet { place += ", sheet \(sheet)" }
        if let row = problem.row { place += ", dòng \(row)" }
        if let column = problem.column { place += ", cột \(column)" }
        let words = problems[problem.code].map { "\($0) - " } ?? ""
        return "\(place): \(words)\(problem.message) \(problem.remedy)"
    }

    /// What the check finds in units and plan, for those who edit them; the check's own words stand behind.
    private static let problems = [
        "sheet.missing": "thiếu trang tính", "column.missing": "thiếu cột", "value.missing": "ô còn trống",
        "value.unreadable": "giá trị không đọc được", "code.invalid": "mã viết sai",
        "unit.unknown": "không có đơn vị này", "unit.notInForce": "đơn vị không còn hiệu lực trong thời gian đó",
        "unit.withoutAddress": "đơn vị chưa có địa chỉ thư", "cluster.unknown": "không có cụm này",
        "stage.unknown": "không có đợt này", "form.unknown": "không có biểu này", "row.duplicate": "dòng trùng",
        "dates.reversed": "ngày cuối trước ngày đầu", "dates.overlap": "thời gian chồng nhau",
        "name.shared": "hai đơn vị trùng tên", "address.invalid": "địa chỉ thư viết sai",
        "address.open": "tên miền ai cũng dùng được", "address.unconfirmed": "địa chỉ chờ xác nhận",
        "successor.missing": "thiếu đơn vị kế tiếp", "succession.broken": "kế thừa không khớp",
        "due.withoutDocument": "hạn chưa có văn bản", "figures.impossible": "số liệu không thể có",
        "decision.unknown": "không có quy ước này", "decision.open": "quy ước chưa quyết định",
        "version.unchanged": "biểu đã dùng mà sửa thì phải ghi số bản mới", "file.unreadable": "tệp không đọc được",
    ]

    static func refusal(_ refusal: FormsEditRefusal) -> String {
        switch refusal {
        case .unknownFile: "Không có tệp này trong thư mục biểu mẫu."
        case .unreadable: "Không đọc được tệp như một bảng tính. Lưu lại bằng Excel dưới dạng .xlsx."
        case .otherForm(let id): "Tệp này là biểu \"\(id)\", không phải biểu cần thay."
        case .notInOrder: "Tệp còn lỗi; chưa áp dụng gì."
        case .changedMeanwhile:
            "Tệp trong thư mục đã đổi từ lúc xem. Tải bản mới về, sửa lại trên bản đó. Lần bấm này chưa ghi gì."
        case .notWritten: "Máy chủ chưa ghi được vào thư mục biểu mẫu; gọi người quản trị. Chưa có gì thay đổi."
        }
    }
}
