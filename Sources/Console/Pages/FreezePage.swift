import Campaign
import Foundation
import Hummingbird
import Intake
import Ledger
import Records
import XLSForm

/// Freezing the figures of a year: who is missing, what is provisional, and the press of the head.
struct FreezePage: Page {
    struct Form: Sendable {
        let title: String
        let filed: Int
        let owed: Int
        /// Names of units; nil for none.
        let missing: String?
        let waiting: String?
        let provisional: String?
        /// When, by whom, with which document; nil while it is not.
        let frozen: String?
    }

    let year: Int
    let years: [ShownYear]
    let forms: [Form]
    let isOpen: Bool
    let mayFreeze: Bool
    /// The letters wait for a press of the head.
    let areHeld: Bool

    var title: String { "Chốt số liệu năm \(year)" }
    static let place: Place? = .reports

    init(_ asked: Int?, _ stored: LedgerView, _ office: Office, _ role: Role, _ now: Date) throws {
        (year, years) = office.year(asked, at: now)
        let period = String(year)
        let duties = try office.duties(of: year, stored)
        let day = CivilDate(year: year, month: 12, day: 31) ?? CivilDate(now, in: office.zone)
        func names(_ owed: [OwedDuty]) -> String? {
            let labels = owed.map { office.campaign.units.label(of: $0.duty.unit, on: day) }
            return labels.isEmpty ? nil : labels.joined(separator: ", ")
        }
        let byForm = Dictionary(grouping: duties, by: \.duty.obligation.form)
        forms = try byForm.keys.sorted().map { form in
            let own = byForm[form] ?? []
            let provisional = try own.filter { owed in
                guard let standing = owed.standing, standing.filed != nil else { return false }
                let filed = try stored.filedRevision(of: standing.submission.id)
                return filed?.workbook.answers.contains { $0.question == "tinh_chat" && $0.value == .text("tam_tinh") }
                    ?? false
            }
            return Form(
                title: office.forms.current(form)?.definition.settings.title ?? form,
                filed: own.count { $0.state == .filed }, owed: own.count,
                missing: names(own.filter { $0.state.isOpen }), waiting: names(own.filter { $0.state == .waiting }),
                provisional: names(provisional),
                frozen: try stored.freeze(form: form, period: period).map { record in
                    let document = record.document.isEmpty ? "" : ", \(record.document)"
                    return "\(Wording.moment(record.frozen, office.zone)), \(record.who)\(document)"
                })
        }
        isOpen = forms.contains { $0.frozen == nil }
        mayFreeze = role == .head
        areHeld = office.waitsForPress(.figuresFrozen)
    }

    static let template = """
        <h1>Chốt số liệu năm {{year}}</h1>
        <form method="get" action="/bao-cao/chot"><label for="nam">Năm</label>
        <select id="nam" name="nam">{{#years}}<option{{#isHere}} selected{{/isHere}}>{{year}}</option>{{/years}}</select> <button>Xem</button>
        <a class="button" href="/bao-cao?nam={{year}}">Ma trận</a> <a class="button" href="/bao-cao/doi-chieu?nam={{year}}">Đối chiếu</a></form>
        {{#forms}}<h2>{{title}}: đã nhận {{filed}}/{{owed}}</h2>
        <dl>{{#frozen}}<dt>Đã chốt</dt><dd>{{.}}</dd>{{/frozen}}
        <dt>Chưa có hoặc chờ sửa</dt><dd>{{#missing}}{{.}}{{/missing}}{{^missing}}không{{/missing}}</dd>
        <dt>Chờ Phòng quyết định</dt><dd>{{#waiting}}{{.}}{{/waiting}}{{^waiting}}không{{/waiting}}</dd>
        <dt>Số liệu tạm tính</dt><dd>{{#provisional}}{{.}}{{/provisional}}{{^provisional}}không{{/provisional}}</dd></dl>{{/forms}}
        {{#isOpen}}{{#mayFreeze}}<form method="post" action="/bao-cao/chot"><input type="hidden" name="_csrf" value="{{csrf}}"><input type="hidden" name="nam" value="{{year}}">
        <label for="van_ban">Số, ngày văn bản báo cáo số liệu</label> <input id="van_ban" name="van_ban" size="40" maxlength="200" required>
        <button class="danger">Chốt số liệu năm {{year}}</button>
        <p class="hint">Không bỏ chốt được. Bản gửi sau ngày chốt chờ Phòng quyết định. Mỗi đơn vị đã nộp được báo số liệu đã chốt bằng một thư; {{#areHeld}}thư chờ lãnh đạo phòng duyệt ở trang Thư{{/areHeld}}{{^areHeld}}thư gửi đi ngay{{/areHeld}}.</p></form>{{/mayFreeze}}
        {{^mayFreeze}}<p class="hint">Lãnh đạo phòng bấm Chốt.</p>{{/mayFreeze}}{{/isOpen}}
        """
}
