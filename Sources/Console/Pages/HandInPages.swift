import Campaign
import Foundation
import Hummingbird
import Intake
import Ledger
import Notices
import Records
import XLSForm

/// Files that came on a stick, on paper or by a messenger program, filed for a unit with the true time of receipt.
struct HandInPages: Sendable {
    let desk: ConsoleDesk
    let pages: PageWriter

    func add(to router: Router<ConsoleContext>) {
        router.get("bao-cao/nop-thay") { request, context in
            let visitor = try context.visitor([.interior, .head])
            let unit = request.uri.queryParameters["dv"].map { String($0) }
            let now = desk.now()
            let page = try await desk.read { _, office in HandInPage(office, chosen: unit, now) }
            return try await pages.page(page, for: visitor)
        }
        router.post("bao-cao/nop-thay") { request, context in
            let visitor = try context.visitor([.interior, .head])
            let form = try await UploadedForm(request, of: visitor)
            let page = try await handIn(form, visitor)
            return try await pages.page(page, for: visitor)
        }
    }

    private func handIn(_ form: UploadedForm, _ visitor: Visitor) async throws -> HandedInPage {
        let (now, note) = (desk.now(), form["ghi_chu"])
        let files = form.files("tep").map {
            NoticeAttachment(filename: $0.name, contentType: "application/octet-stream", bytes: Data($0.bytes))
        }
        guard !files.isEmpty else { throw Turned.back("Chưa chọn tệp.") }
        guard !note.isEmpty else { throw Turned.back("Ghi tệp đến bằng cách nào, ai nộp.") }
        return try await desk.work { [desk] in
            let office = desk.currentOffice
            guard let unit = UnitCode(form["don_vi"]), office.campaign.units.codes.contains(unit) else {
                throw Turned.back("Chọn đơn vị nộp.")
            }
            guard let received = Self.instant(form["ngay"], form["gio"], office.zone), received <= now else {
                throw Turned.back("Ghi ngày, giờ nhận đã qua.")
            }
            try office.recordDefinitions(in: desk.ledger, at: now)
            let handedIn = HandedIn(unit: unit, files: files, received: received, note: note, who: visitor.who)
            guard let filed = try desk.pipeline(office).submit(handedIn, ledger: desk.ledger, archive: desk.archive)
            else {
                throw Turned.back("Đơn vị chưa có địa chỉ thư hiệu lực vào ngày đó; thêm vào danh bạ trước.")
            }
            return try desk.ledger.read { try HandedInPage(filed, $0, office) }
        }
    }

    /// - Parameters:
    ///   - day: `2019-12-18`, as browsers send a day.
    ///   - time: `16:55`; empty for the end of the morning.
    static func instant(_ day: String, _ time: String, _ zone: OfficeZone) -> Date? {
        guard let day = CivilDate(iso8601: day) else { return nil }
        let parts = (time.isEmpty ? "11:00" : time).split(separator: ":").prefix(2).map { Int($0) }
        guard parts.count == 2, let hour = parts[0], let minute = parts[1], (0..<24).contains(hour),
            (0..<60).contains(minute)
        else { return nil }
        let seconds = day.daysSince1970 * 86_400 + hour * 3600 + minute * 60 - zone.secondsFromGMT
        return Date(timeIntervalSince1970: Double(seconds))
    }
}

struct HandInPage: Page {
    struct Unit: Sendable {
        let code: String
        let label: String
        let isHere: Bool
    }

    let units: [Unit]
    let today: String

    var title: String { "Nộp thay" }
    static let place: Place? = .reports

    init(_ office: Office, chosen: String?, _ now: Date) {
        let day = CivilDate(now, in: office.zone)
        let current = office.campaign.units.units(on: day)
        let former = office.campaign.units.codes.filter { code in !current.contains { $0.code == code } }
            .compactMap { office.campaign.units.nearest($0, to: day) }
        units = (current + former).map {
            Unit(code: $0.code.rawValue, label: $0.label, isHere: $0.code.rawValue == chosen)
        }
        today = day.description
    }

    static let template = """
        <h1>Nộp thay</h1>
        <p>Tệp đến bằng USB, Zalo, hệ thống văn bản hoặc gõ lại từ bản giấy. Tệp được kiểm tra và ghi như đơn vị tự gửi, với ngày nhận thật; đơn vị được trả lời bằng thư.</p>
        <form class="stack" method="post" action="/bao-cao/nop-thay" enctype="multipart/form-data"><input type="hidden" name="_csrf" value="{{csrf}}">
        <label for="don_vi">Đơn vị nộp</label><select id="don_vi" name="don_vi" required><option value="">(chọn)</option>{{#units}}<option value="{{code}}"{{#isHere}} selected{{/isHere}}>{{label}}</option>{{/units}}</select>
        <label for="tep">Tệp biểu và tài liệu kèm theo</label><input id="tep" name="tep" type="file" multiple required>
        <label for="ngay">Ngày nhận</label><input id="ngay" name="ngay" type="date" max="{{today}}" required>
        <label for="gio">Giờ nhận</label><input id="gio" name="gio" type="time">
        <label for="ghi_chu">Đến bằng cách nào, ai nộp</label><input id="ghi_chu" name="ghi_chu" maxlength="300" required>
        <button class="main">Ghi nhận</button> <span class="hint">Thư trả lời đi như với thư của đơn vị.</span></form>
        """
}

/// What came of files that were handed in.
struct HandedInPage: Page {
    struct Line: Sendable {
        let form: String
        let verdict: String
        let receipt: String?
    }

    let lines: [Line]
    let outcome: String

    var title: String { "Đã ghi nhận" }
    static let place: Place? = .reports

    init(_ filed: FiledMail, _ stored: LedgerView, _ office: Office) throws {
        let own = try stored.intake(after: MessageRecord.ID(rawValue: filed.id.rawValue - 1)).filter {
            $0.message == filed.id
        }
        outcome = own.first.map { Wording.handedIn($0.outcome) } ?? ""
        lines = own.filter { $0.form != nil }.map { line in
            let form = line.form.flatMap { office.forms.current($0)?.definition.settings.title } ?? ""
            return Line(
                form: form, verdict: line.standing.map(Wording.standing) ?? "chưa ghi vào hồ sơ nào",
                receipt: line.receipt?.description)
        }
    }

    static let template = """
        <h1>Đã ghi nhận</h1><p>{{outcome}}</p>
        <table><thead><tr><th scope="col">Biểu</th><th scope="col">Kết quả</th><th scope="col">Mã</th></tr></thead>
        <tbody>{{#lines}}<tr><th scope="row">{{form}}</th><td>{{verdict}}</td><td>{{#receipt}}<a href="/ho-so/{{.}}">{{.}}</a>{{/receipt}}</td></tr>{{/lines}}
        {{^lines}}<tr><td colspan="3">Không có biểu nào đọc được.</td></tr>{{/lines}}</tbody></table>
        <p><a class="button" href="/bao-cao/nop-thay">Nộp thay tiếp</a> <a class="button" href="/bao-cao">Ma trận</a></p>
        """
}

extension Wording {
    static func handedIn(_ outcome: MessageOutcome) -> String {
        switch outcome {
        case .workbooks: "Đã đọc biểu trong tệp."
        case .evidence: "Đã gắn tài liệu vào hồ sơ."
        case .unreadable: "Chưa đọc được tệp nào là biểu."
        case .question: "Không có biểu trong tệp."
        case .repeated: "Nội dung này đã nhận trước đây."
        default: "Chưa ghi vào hồ sơ; xem trang Thư."
        }
    }
}
