import Foundation
import Intake
import Records
import Sheets
import Support
import XLSForm

/// A filled nomination of a donor, made through the product's own blank form.
struct SampleNomination {
    /// What tells it from others: it becomes the nominee's name.
    let name: String
    /// False leaves a required answer out, so that a correction is asked for.
    var isComplete = true

    func workbook(for unit: UnitCode, _ office: Office) throws -> [UInt8] {
        guard let form = office.forms.current("dn_tai_tro")?.definition else { throw CocoaError(.featureUnsupported) }
        let blank = BlankWorkbook(form: form, unit: unit, stage: "tong_ket_2020")
        var context = blank.context(office.campaign)
        context.prefilled = answers
        context.prefilledRows = try rows(unit)
        return try WorkbookWriter.write(EntryWorkbook.blank(form, context))
    }

    private var answers: [String: AnswerValue] {
        var answers: [String: AnswerValue] = [
            "doi_tuong": .text("doanh_nghiep"), "ten": .text(name), "hinh_thuc": .text("gk_huyen"),
            "tom_tat": .text(String(repeating: "Giúp hộ nghèo xây nhà, cấp giống, bao tiêu sản phẩm. ", count: 3)),
            "nguoi_lap": .text("Nguyễn Thị Hà"), "dt_nguoi_lap": .text("0912345678"), "pham_vi": .text("trong"),
            "dia_chi": .text("Thị trấn Nghèn"), "dai_dien": .text("Phan Văn Lam"), "tt_chap_hanh": .text("co"),
            "tt_noi_xac_nhan": .text("Chi cục Thuế"), "tt_doan_ket": .text("co"), "so_ky_luat": .number(0),
            "cam_doan": .text("OK"), "noi_dung": .text("iii_6"),
        ]
        if !isComplete { answers["nguoi_lap"] = nil }
        return answers
    }

    private func rows(_ unit: UnitCode) throws -> [String: [[String: AnswerValue]]] {
        guard let day = CivilDate(year: 2018, month: 5, day: 2) else { throw CocoaError(.formatting) }
        return [
            "ht_bang": [
                [
                    "ht_ngay": .date(day), "ht_xa": .text(unit.rawValue), "ht_hinh_thuc": .text("tien"),
                    "ht_noi_dung": .text("Làm đường"), "ht_gia_tri": .number(210_000_000),
                ]
            ]
        ]
    }
}
