import Exports
import Foundation
import Intake
import Ledger
import Records

/// Appraisals to be printed, each on a page of its own (E7).
struct AppraisalPage: Page {
    let sheets: [AppraisalSheet]

    var title: String { sheets.count == 1 ? "\(sheets[0].receipt): phiếu thẩm định" : "Phiếu thẩm định" }
    static let place: Place? = .dossiers

    init(_ receipts: [Receipt], _ stored: LedgerView, _ office: Office, _ now: Date) throws {
        sheets = try receipts.map { receipt in
            guard let file = try stored.submission(receipt: receipt), file.kind == .nomination else {
                throw Turned.notFound
            }
            return try AppraisalSheet(of: file, office, stored, at: now)
        }
    }

    static let template = """
        {{#sheets}}<article class="paper">
        <table class="bare"><tbody><tr><td>UBND HUYỆN CAN LỘC<br><strong>PHÒNG NỘI VỤ</strong></td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br><strong>Độc lập - Tự do - Hạnh phúc</strong></td></tr></tbody></table>
        <h1>PHIẾU THẨM ĐỊNH HỒ SƠ KHEN THƯỞNG</h1>
        <p><strong>{{receipt}} {{nominee}}</strong><br>{{facts}}</p>
        <table><thead><tr><th scope="col">Hồ sơ</th><th scope="col">Bản quét</th><th scope="col">Bản chính</th></tr></thead>
        <tbody>{{#papers}}<tr><td>{{label}}</td><td>{{scan}}</td><td>{{original}}</td></tr>{{/papers}}</tbody></table>
        <table><thead><tr><th scope="col">Mục</th><th scope="col">Tiêu chuẩn</th><th scope="col">Số liệu hoặc tài liệu</th><th scope="col">Người thẩm định</th><th scope="col">Ghi chú</th></tr></thead>
        <tbody>{{#lines}}<tr><td>{{clause}}</td><td>{{name}}</td><td>{{basis}}</td><td>{{verdict}}</td><td>{{note}}</td></tr>{{/lines}}</tbody></table>
        <ul>{{#opinions}}<li>{{.}}</li>{{/opinions}}</ul>
        <p>Đề nghị: {{proposal}}</p>
        <table class="bare"><tbody><tr><td>NGƯỜI THẨM ĐỊNH<br><br><br>{{officer}}</td><td>Ngày {{day}}<br>TRƯỞNG PHÒNG<br><br><br></td></tr></tbody></table>
        </article>{{/sheets}}
        """
}
