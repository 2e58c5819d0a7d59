import Foundation
import Records
import Testing

@testable import Notices

/// Whole letters, as the office's page shows them.
@Suite struct LetterTests {
    private let footer = """
        Trân trọng.
        PHÒNG NỘI VỤ HUYỆN CAN LỘC
        --
        Thư này được lập tự động khi hộp thư nhận được thư của đơn vị, không
        thay thế văn bản hành chính. Trả lời thư này để gửi lại tệp hoặc để hỏi;
        thư trả lời sẽ có người đọc.
        """

    @Test func aLongListOfNominationsSaysHowManyCameBefore() throws {
        var nomination = NominationReceived(title: Office.nomination)
        nomination.list = [.init(name: "Trần Văn Bình", content: "III.4", state: "chờ thẩm định")]
        nomination.unlisted = 7
        let text = try Office.writer().reply(to: Office.context, sections: [.nominationReceived(nomination)]).text
        #expect(text.contains("... 7 hồ sơ gửi trước đó.\n8. Trần Văn Bình - III.4 - chờ thẩm định\n"))
    }

    /// Of the copy that comes back the letter says what the sender would not expect.
    @Test func aCorrectionSaysWhatItsCopyIs() throws {
        var correction = Correction(title: Office.report(), findings: [Finding(.formTwice, severity: .error)])
        correction.marked = Office.attachment
        let own = try Office.writer().reply(to: Office.context, sections: [.correction(correction)]).text
        #expect(!own.contains("biểu mới") && !own.contains("an toàn"))
        correction.removed = ["macro", "chữ ký số"]
        let cleaned = try Office.writer().reply(to: Office.context, sections: [.correction(correction)]).text
        #expect(cleaned.contains("đã bỏ macro, chữ ký số;"))
        correction.isSendersOwn = false
        let new = try Office.writer().reply(to: Office.context, sections: [.correction(correction)]).text
        #expect(new.contains("biểu mới\ncùng mẫu"))
    }

    @Test func theReceiptOfAReport() throws {
        var report = ReportReceived(title: Office.report())
        report.deadline = Deadline(
            day: try Office.day(2019, 12, 20), document: "Công văn số 512/UBND-NV ngày 02/12/2019")
        report.isPassedToLabour = true
        report.figures = [
            "Hộ nghèo: đầu năm 120, cuối năm 82 (4,08 %), số chính thức",
            "Hộ cận nghèo: đầu năm 200, cuối năm 178 (8,86 %)", "Nguồn lực huy động: 1.250.000.000 đồng",
            "Thôn làm mô hình điểm: thôn Đông",
        ]
        report.findings = [Office.warning]
        report.missing = [Paper(code: "MC1", name: "bản báo cáo đã ký, đóng dấu")]
        let notice = try Office.writer().reply(to: Office.context, sections: [.reportReceived(report)])
        #expect(notice.kind == .reportReceipt)
        #expect(notice.subject == "Đã nhận: Báo cáo năm 2019 - UBND xã Thiên Lộc [BC-2019-0042]")
        #expect(
            notice.text == """
                Kính gửi: UBND xã Thiên Lộc
                (Đ/c Nguyễn Thị Hà, người lập biểu)

                Phòng Nội vụ đã nhận Báo cáo kết quả Phong trào thi đua năm 2019. Đơn vị
                không phải làm gì thêm ngoài việc gửi bổ sung tài liệu nêu dưới đây.

                Mã tiếp nhận: BC-2019-0042
                Hạn theo Công văn số 512/UBND-NV ngày 02/12/2019: ngày 20/12/2019.
                Báo cáo đã đồng thời chuyển Phòng Lao động - TB&XH; đơn vị không phải
                gửi lại cho Phòng.

                Các số chính đã ghi, đề nghị đối chiếu:
                - Hộ nghèo: đầu năm 120, cuối năm 82 (4,08 %), số chính thức
                - Hộ cận nghèo: đầu năm 200, cuối năm 178 (8,86 %)
                - Nguồn lực huy động: 1.250.000.000 đồng
                - Thôn làm mô hình điểm: thôn Đông

                Điểm cần lưu ý, không bắt buộc sửa:
                - Trang "D. Kế hoạch", ô C9 - Kinh phí: kinh phí đã sử dụng lớn hơn số
                  được giao.
                Nếu số liệu đúng, có thể ghi một câu vào ô "Giải trình" rồi gửi lại.

                Tệp đã nhận:
                - BC 2019 Thien Loc.xls (biểu Excel, 96 KB)
                Thư đến hộp thư lúc 16 giờ 55 phút, ngày 18/12/2019.

                Tài liệu kèm theo còn thiếu:
                - MC1: bản báo cáo đã ký, đóng dấu
                Cách gửi: trả lời thư này, đính kèm tệp PDF hoặc ảnh, đặt tên tệp bắt
                đầu bằng mã ở trên (ví dụ MC1-bao-cao-2019.pdf). Không cần gửi lại biểu
                Excel. Mỗi thư nên dưới 20 MB; nhiều tệp thì gửi nhiều thư.

                Nếu phát hiện còn nhầm: sửa ngay trên tệp đã gửi và trả lời thư này; bản
                sau thay bản trước.

                Cần trao đổi, xin liên hệ trong giờ hành chính:
                - Về báo cáo, khen thưởng: đ/c Trần Anh Tuấn, Phòng Nội vụ, điện thoại
                  0239 000 0001
                - Về số liệu hộ nghèo: đ/c Lê Thị Liên, Phòng Lao động - TB&XH, điện
                  thoại 0239 000 0002

                \(footer) Mã cần ghi khi trao đổi: BC-2019-0042.

                """)
    }

    @Test func theCorrectionRequest() throws {
        let sheet = "Danh sách hộ"
        let blanks = try (12...48).map { row in
            Finding(
                .cellBlank, severity: .error, cell: try Office.cell(sheet, "N\(row)"), question: "nguyen_nhan",
                label: "Nguyên nhân chính",
                arguments: [
                    "need": "choice", "message": "chọn một nguyên nhân trong danh sách cho từng hộ nghèo",
                ])
        }
        var correction = Correction(
            title: Office.report(),
            findings: [
                Finding(
                    .rule, severity: .error, cell: try Office.cell("B. Hộ nghèo", "C14"), label: "Hộ nghèo cuối năm",
                    rule: 1,
                    arguments: [
                        "value": "83",
                        "message":
                            "kiểm tra các số từ C8 đến C14; theo số đã ghi thì cuối năm là 120 - 40 - 2 + 1 + 3 + 0 = 82",
                    ],
                    clauses: ["IV.2.3.1-2"]),
                Finding(
                    .rule, severity: .error, cell: try Office.cell("B. Hộ nghèo", "C14"), label: "Hộ nghèo cuối năm",
                    rule: 2, arguments: ["value": "83", "message": "số này không lớn hơn tổng số hộ (80)"],
                    clauses: ["IV.2.3.1-2"]),
                Finding(
                    .cellNotDate, severity: .error, cell: try Office.cell("D. Kế hoạch", "C5"),
                    label: "Ngày ban hành kế hoạch", arguments: ["value": "tháng 2"]),
            ] + blanks + [Office.warning])
        correction.marked = Office.attachment
        let notice = try Office.writer().reply(to: Office.context, sections: [.correction(correction)])
        #expect(notice.subject == "Cần sửa 3 chỗ: Báo cáo năm 2019 - UBND xã Thiên Lộc [BC-2019-0042]")
        #expect(notice.attachments == [Office.attachment])
        #expect(
            notice.text == """
                Kính gửi: UBND xã Thiên Lộc
                (Đ/c Nguyễn Thị Hà, người lập biểu)

                Báo cáo kết quả Phong trào thi đua năm 2019 đã đến, còn 3 chỗ chưa ghi
                nhận được. Đề nghị đơn vị sửa các ô nêu dưới đây trên tệp kèm theo (ô
                cần sửa đã tô màu, trang "Cần sửa" có liên kết tới từng ô), lưu lại và
                trả lời thư này. Các ô khác đã hợp lệ, không phải nhập lại.

                1. Trang "B. Hộ nghèo", ô C14 - Hộ nghèo cuối năm
                   Đang ghi: 83
                   Đề nghị: kiểm tra các số từ C8 đến C14; theo số đã ghi thì cuối năm
                   là 120 - 40 - 2 + 1 + 3 + 0 = 82. Số này không lớn hơn tổng số hộ
                   (80). (Kế hoạch, mục IV.2.3.1-2)
                2. Trang "D. Kế hoạch", ô C5 - Ngày ban hành kế hoạch
                   Đang ghi: "tháng 2" chưa rõ ngày
                   Đề nghị: ghi ngày/tháng/năm, ví dụ 05/12/2019.
                3. Trang "Danh sách hộ", cột N (Nguyên nhân chính), 37 dòng: 12-48
                   Đang ghi: để trống
                   Đề nghị: chọn một nguyên nhân trong danh sách cho từng hộ nghèo.

                Nếu số liệu của đơn vị là đúng: giữ nguyên, ghi lý do vào cột "Giải
                trình nếu số liệu đúng" trên trang "Cần sửa", rồi gửi lại; Phòng sẽ xem.

                Mã theo dõi: BC-2019-0042 (lần 1).

                Tệp đã nhận:
                - BC 2019 Thien Loc.xls (biểu Excel, 96 KB)
                Thư đến hộp thư lúc 16 giờ 55 phút, ngày 18/12/2019.

                Cần trao đổi, xin liên hệ trong giờ hành chính:
                - Về báo cáo, khen thưởng: đ/c Trần Anh Tuấn, Phòng Nội vụ, điện thoại
                  0239 000 0001
                - Về số liệu hộ nghèo: đ/c Lê Thị Liên, Phòng Lao động - TB&XH, điện
                  thoại 0239 000 0002

                \(footer) Mã cần ghi khi trao đổi: BC-2019-0042.

                """)
    }

    @Test func severalWorkbooksInOneMail() throws {
        let sections: [ReplySection] = [
            .reportReceived(ReportReceived(title: Office.report(1, filename: "a.xlsx"))),
            .unreadable(UnreadableFile(filename: "b.rar", code: .fileArchive)),
            .correction(
                Correction(
                    title: Office.report(nil, filename: "c.xlsx"), findings: [Finding(.formTwice, severity: .error)])),
            .reportReceived(ReportReceived(title: Office.report(2, filename: "d.xlsx"))),
        ]
        let notice = try Office.writer().reply(to: Office.context, sections: sections)
        #expect(notice.kind == .severalWorkbooks)
        #expect(notice.subject == "Cần sửa 1 biểu, chưa đọc được 1 tệp và 2 biểu khác - UBND xã Thiên Lộc")
        let lines = notice.text.split(separator: "\n").map(String.init)
        #expect(
            lines.prefix(7).suffix(4) == [
                "1. c.xlsx: cần sửa 1 chỗ", "2. b.rar: chưa đọc được", "3. a.xlsx: đã nhận [BC-2019-0001]",
                "4. d.xlsx: đã nhận [BC-2019-0002]",
            ])
        #expect(
            lines.filter { $0.hasPrefix("---") } == [
                "--- c.xlsx ---", "--- b.rar ---", "--- a.xlsx ---", "--- d.xlsx ---",
            ])
        for once in ["Kính gửi: UBND xã Thiên Lộc", "Tệp đã nhận:", "Trân trọng.", "PHÒNG NỘI VỤ HUYỆN CAN LỘC"] {
            #expect(lines.count { $0 == once } == 1)
        }
        #expect(lines.count { $0 == "Mã tiếp nhận: BC-2019-0002" } == 1)
        #expect(!notice.text.contains("Subject"))
    }

    @Test func aLetterToAStrangerSaysNothingOfTheMailOrTheUnits() throws {
        let notice = try Office.writer().reply(
            to: Office.context, sections: [.reportReceived(ReportReceived(title: Office.report())), .stranger])
        #expect(notice.kind == .stranger)
        #expect(notice.subject == "Về thư ông/bà gửi Phòng Nội vụ huyện Can Lộc")
        for secret in ["Thiên Lộc", "BC-2019", "BC 2019", "Nguyễn Thị Hà", "Trần Anh Tuấn", "xls"] {
            #expect(!notice.text.contains(secret))
        }
        #expect(notice.text.contains("vanthu@canloc.example"))
        #expect(notice.attachments.isEmpty)
    }

    @Test func anUnverifiedSenderGetsNothingOfTheMailBack() throws {
        let notice = try Office.writer().reply(to: Office.context, sections: [.unverified])
        #expect(notice.kind == .unverified)
        for quoted in ["BC 2019", "Nguyễn Thị Hà"] { #expect(!notice.text.contains(quoted)) }
        #expect(notice.attachments.isEmpty)
    }
}
