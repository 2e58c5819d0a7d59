import Foundation
import Records
import Sheets
import Support

@testable import XLSForm

/// A small form with every kind of answer, and its workbook to fill in.
struct EntryCase {
    var form: FormDefinition
    var context = EntryContext()

    static let survey = """
        | survey | type                            | name      | label                   | hint     | required | read_only | default | formpost::rows | choice_filter           | constraint | formpost::severity | calculation |
        |        | begin group                     | chung     | A. Thông tin, của đơn vị |          |          |           |         |                |                         |            |                    |             |
        |        | select_one_from_file don_vi.csv | don_vi    | Đơn vị                  |          | yes      | yes       |         |                | loai = 'xa'             |            |                    |             |
        |        | integer                         | nam       | Năm báo cáo             |          | yes      | yes       |         |                |                         |            |                    |             |
        |        | text                            | nguoi_lap | Người lập               | Họ và tên | yes      |           |         |                |                         |            |                    |             |
        |        | text                            | dien_thoai | Điện thoại             |          |          |           |         |                |                         |            |                    |             |
        |        | date                            | ngay      | Ngày ký                 |          |          |           |         |                |                         |            |                    |             |
        |        | decimal                         | ty_le     | Tỷ lệ, %                |          |          |           |         |                |                         |            |                    |             |
        |        | integer                         | kinh_phi  | Kinh phí (đồng)         |          | yes      |           |         |                |                         |            |                    |             |
        |        | select_one muc_song             | muc       | Mức sống                |          |          |           |         |                |                         |            |                    |             |
        |        | select_multiple nguon           | nguon     | Nguồn lực               |          |          |           |         |                |                         |            |                    |             |
        |        | acknowledge                     | cam_doan  | Cam đoan                |          |          |           |         |                |                         |            |                    |             |
        |        | calculate                       | kin       | Kín (máy tính)          |          |          |           |         |                |                         |            |                    | 1 + 1       |
        |        | calculate                       | muc_xet   | Mức xét (máy tính)      |          |          |           |         |                |                         | . >= ${kin} | standard          | ${kinh_phi} |
        |        | calculate                       | mo        | Mở (máy tính)           |          |          |           |         |                |                         |            |                    | 2 + 2       |
        |        | end group                       |           |                         |          |          |           |         |                |                         |            |                    |             |
        |        | begin group                     | nhom      | B. Danh sách            |          |          |           |         |                |                         |            |                    |             |
        |        | begin repeat                    | bang      | Các hộ                  |          |          |           |         | 4              |                         |            |                    |             |
        |        | text                            | ho        | Chủ hộ                  |          | yes      |           |         |                |                         |            |                    |             |
        |        | select_one_from_file thon.csv   | thon      | Thôn, xóm               |          |          |           |         |                | ma_don_vi = ${don_vi}   |            |                    |             |
        |        | integer                         | tien      | Số tiền (đồng)          |          |          |           |         |                |                         |            |                    |             |
        |        | end repeat                      |           |                         |          |          |           |         |                |                         |            |                    |             |
        |        | integer                         | cong      | Cộng số hộ              |          | yes      |           |         |                |                         |            |                    |             |
        |        | end group                       |           |                         |          |          |           |         |                |                         |            |                    |             |
        | choices | list_name | name   | label          |
        |         | muc_song  | ngheo  | Hộ nghèo       |
        |         | muc_song  | can    | Hộ cận nghèo   |
        |         | muc_song  | kha    | III.6 Hộ khá, giàu |
        |         | nguon     | nn     | Nhà nước       |
        |         | nguon     | dn     | Doanh nghiệp   |
        | settings | form_title | form_id | version | formpost::kind | formpost::unit | formpost::period |
        |          | Báo cáo thử | thu     | 2019.2  | report         | don_vi         | nam              |
        """

    static let tables = ReferenceSnapshot(tables: [
        "don_vi": ReferenceTable(
            columns: ["name", "label", "loai"],
            rows: [["tl", "Xã Thiên Lộc", "xa"], ["vl", "Xã Vượng Lộc", "xa"], ["p1", "Phòng Nội vụ", "phong"]]),
        "thon": ReferenceTable(
            columns: ["name", "label", "ma_don_vi"],
            rows: [["t1", "Thôn Đông", "tl"], ["t2", "Thôn Tây", "tl"], ["t3", "Thôn Bắc", "vl"]]),
    ])

    init(version: String = "2019.2") throws {
        let text = Self.survey.replacing("2019.2", with: version)
        guard
            let form = FormReader.read(
                Workbook(markdown: text), file: "thu.xlsx", sha256: String(repeating: "0", count: 64)
            ).form
        else { throw CaseError.formUnreadable }
        self.form = form
        context.unit = .init(code: "tl", label: "UBND xã Thiên Lộc")
        context.period = "2019"
        context.tables = Self.tables
    }

    enum CaseError: Error { case formUnreadable }

    /// The same form without the field below its table.
    func endingWithTable() throws -> EntryCase {
        guard case .section(var section)? = form.items.last else { throw CaseError.formUnreadable }
        section.items.removeLast()
        var result = self
        result.form = FormDefinition(
            settings: form.settings, items: form.items.dropLast() + [.section(section)],
            choiceLists: form.choiceLists, tables: [:], sha256: form.sha256)
        return result
    }

    var blank: WorkbookDraft { EntryWorkbook.blank(form, context) }

    /// The blank workbook with values in the cells of these names; `xf_…` for fields, `xf_…#2` for row 2 of a column.
    func filled(_ values: [String: CellDraft.Value]) -> WorkbookDraft {
        var draft = blank
        for (key, value) in values { draft.set(key, value) }
        return draft
    }

    static let answers: [String: CellDraft.Value] = [
        "xf_chung_nguoi_lap": .text("Nguyễn Thị Hà"), "xf_chung_dien_thoai": .text("0912345678"),
        "xf_chung_ngay": .date(CivilDate(daysSince1970: 18_000)), "xf_chung_ty_le": .number(4.08),
        "xf_chung_kinh_phi": .number(1_250_000_000), "xf_chung_muc": .text("Hộ cận nghèo"),
        "xf_chung_nguon_dn": .text("x"), "xf_chung_cam_doan": .text("x"), "xf_nhom_cong": .number(2),
        "xf_nhom_bang_ho#1": .text("Trần Văn An"), "xf_nhom_bang_thon#1": .text("Thôn Đông"),
        "xf_nhom_bang_tien#1": .number(5_000_000), "xf_nhom_bang_ho#3": .text("Lê Thị Bình"),
        "xf_nhom_bang_thon#3": .text("Thôn Tây"), "xf_nhom_bang_tien#3": .number(7_000_000),
    ]

    /// What `answers` means, by question or `question#row`; the blank second row of the table is no row.
    static let meaning: [String: String] = [
        "don_vi": "tl", "nam": "2019", "nguoi_lap": "Nguyễn Thị Hà", "dien_thoai": "0912345678", "ngay": "2019-04-14",
        "ty_le": "4.08", "kinh_phi": "1250000000", "muc": "can", "nguon": "dn", "cam_doan": "OK", "cong": "2",
        "ho#1": "Trần Văn An", "thon#1": "t1", "tien#1": "5000000", "ho#2": "Lê Thị Bình", "thon#2": "t2",
        "tien#2": "7000000",
    ]
}

extension WorkbookDraft {
    mutating func set(_ key: String, _ value: CellDraft.Value) {
        let parts = key.split(separator: "#")
        guard let name = names.first(where: { $0.name == parts[0] }),
            let sheet = sheets.firstIndex(where: { $0.name == name.sheet })
        else { return }
        let row = name.range.firstRow + (parts.count > 1 ? (Int(parts[1]) ?? 1) - 1 : 0)
        sheets[sheet].set(row, name.range.firstColumn, value)
    }
}

extension SheetDraft {
    /// Changes the cell there, keeping its looks; adds it where there is none.
    mutating func set(_ row: Int, _ column: Int, _ value: CellDraft.Value) {
        if let index = merged.firstIndex(where: { $0.range.firstRow == row && $0.range.firstColumn == column }) {
            merged[index].cell.value = value
        } else if let index = cells.firstIndex(where: { $0.row == row && $0.column == column }) {
            cells[index].value = value
        } else {
            cells.append(CellDraft(row: row, column: column, value: value))
        }
    }
}

extension BoundWorkbook {
    /// Answers by question, or `question#row`, as plain texts; blank ones left out.
    var meaning: [String: String] {
        let pairs = answers.compactMap { answer in
            answer.value.map { (answer.question + (answer.row.map { "#\($0)" } ?? ""), $0.plainText) }
        }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    func findings(_ code: FindingCode) -> [Finding] { findings.filter { $0.code == code } }
}

extension BindingResult {
    var only: BoundWorkbook? {
        guard case .bound(let all) = self, all.count == 1 else { return nil }
        return all[0]
    }
}
