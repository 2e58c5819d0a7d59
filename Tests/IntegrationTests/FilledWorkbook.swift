import Campaign
import Foundation
import Intake
import Records
import Sheets
import XLSForm

/// A form of the office, filled in through its own blank workbook: the good sample that the forms' tests have of it, and
/// what is changed of that.
struct FilledWorkbook {
    let form: String
    let unit: String
    var period: Int?
    var stage: String?
    /// By question: a text, a number, a day in ISO 8601, or NSNull to leave it blank. A choice is its name.
    var answers: [String: Any] = [:]
    var tables: [String: [[String: Any]]] = [:]

    private struct Unknown: Error { let name: String }

    func bytes(_ office: Office) throws -> [UInt8] {
        guard let definition = office.forms.current(form)?.definition, let code = UnitCode(unit) else {
            throw Unknown(name: "\(form) \(unit)")
        }
        var all = try good()
        var rows = all.removeValue(forKey: "tables") as? [String: [[String: Any]]] ?? [:]
        for name in [
            definition.settings.unitQuestion, definition.settings.periodQuestion, definition.settings.stageQuestion,
        ] {
            if let name { all[name] = nil }
        }
        all.merge(answers) { $1 }
        rows.merge(tables) { $1 }
        let blank = BlankWorkbook(form: definition, unit: code, period: period.map { String($0) }, stage: stage)
        var context = blank.context(office.campaign)
        context.prefilled = try Self.values(all, definition)
        context.prefilledRows = try rows.mapValues { try $0.map { try Self.values($0, definition) } }
        return try WorkbookWriter.write(EntryWorkbook.blank(definition, context))
    }

    /// Empty for a form that has no sample.
    private func good() throws -> [String: Any] {
        let path = Repository.path("Tests/IntakeTests/Fixtures/forms/\(form).json")
        guard let data = FileManager.default.contents(atPath: path) else { return [:] }
        let file = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        return file?["good"] as? [String: Any] ?? [:]
    }

    private static func values(_ entries: [String: Any], _ form: FormDefinition) throws -> [String: AnswerValue] {
        try entries.reduce(into: [:]) { values, entry in
            guard let question = form.question(named: entry.key) else { throw Unknown(name: entry.key) }
            switch entry.value {
            case let text as String:
                let day = question.kind == .date ? CivilDate(iso8601: text) : nil
                values[entry.key] = day.map { .date($0) } ?? .text(text)
            case let number as NSNumber: values[entry.key] = .number(number.decimalValue)
            default: break
            }
        }
    }
}

extension FilledWorkbook {
    /// Households of a commune.
    struct Households {
        let total: Int
        let poor: Int
        let near: Int
    }

    /// A commune's report: so many households have left poverty and near-poverty, so many have come to either.
    static func report(
        _ unit: String, _ year: Int, from opening: Households, left: (poor: Int, near: Int),
        came: (poor: Int, near: Int),
        to closing: Households, pilot: String
    ) -> FilledWorkbook {
        FilledWorkbook(
            form: "bao_cao_xa", unit: unit, period: year,
            answers: [
                "tinh_chat": "chinh_thuc", "can_cu": "Quyết định số 1520/QĐ-UBND", "nguoi_ky": "Trần Văn Bình",
                "nguoi_lap": "Nguyễn Thị Hà", "dt_nguoi_lap": "0912345678", "tong_dau": opening.total,
                "tong_cuoi": closing.total, "ngheo_dau": opening.poor, "ngheo_thoat": left.poor, "ngheo_thoat_can": 0,
                "ngheo_giam_khac": 0, "ngheo_tai": 0, "ngheo_phat_sinh": came.poor, "ngheo_tu_can": 0,
                "ngheo_tang_khac": 0, "ngheo_cuoi": closing.poor, "can_dau": opening.near, "can_thoat": left.near,
                "can_giam_khac": 0, "can_tai": 0, "can_phat_sinh": came.near, "can_tang_khac": 0,
                "can_cuoi": closing.near, "ngheo_btxh": 5, "ngheo_ncc": 0, "co_danh_sach": "co",
                "ke_hoach_so": "12/KH-UBND", "ke_hoach_ngay": "\(year)-02-15", "ns_uu_tien": 0,
                "ns_giai_thich": "Xã không có nguồn riêng", "kp_giao": 500_000_000, "kp_su_dung": 480_000_000,
                "kp_quyet_toan": 470_000_000, "quy_che": "co", "quy_che_so": "31/QĐ-UBND",
                "quy_che_ngay": "2017-05-20", "ho_co_ke_hoach": 20, "ho_dang_ky": 10, "ho_btxh_giup": 5,
                "noi_bat": "Giao từng hộ nghèo cho một tổ chức đoàn thể giúp đỡ.",
                "han_che": "Việc làm tại chỗ còn ít.",
            ],
            tables: [
                "mh_bang": [["mh_thon": pilot, "mh_ten": "Trồng cam"]],
                "nl_bang": [
                    [
                        "nl_nguon": "doanh_nghiep", "nl_hinh_thuc": "tien", "nl_noi_dung": "Xây nhà",
                        "nl_gia_tri": 100_000_000,
                    ]
                ],
            ])
    }

    /// A household that a commune nominates: in order for either stage.
    static func household(_ name: String, of unit: String, hamlet: String, stage: String) -> FilledWorkbook {
        var answers: [String: Any] = ["ten": name, "xa": unit, "thon": hamlet]
        if stage == "so_ket_2018" {
            answers["ngay_to_trinh"] = "2018-11-05"
            for name in ["tt_2019", "khau_2019", "tn_2019"] { answers[name] = NSNull() }
        }
        return FilledWorkbook(form: "dn_ho", unit: unit, stage: stage, answers: answers)
    }
}
