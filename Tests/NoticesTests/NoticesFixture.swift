import Foundation
import Records

@testable import Notices

/// The office's own notices folder, and values that letters are made of.
enum Office {
    static let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Forms/notices")

    static func files() throws -> [String: String] {
        var files: [String: String] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            files[name] = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
        }
        return files
    }

    static let facts = OfficeFacts(
        contacts: [
            .init(
                topic: .awards, subject: "Về báo cáo, khen thưởng", name: "Trần Anh Tuấn", office: "Phòng Nội vụ",
                phone: "0239 000 0001"),
            .init(
                topic: .poverty, subject: "Về số liệu hộ nghèo", name: "Lê Thị Liên", office: "Phòng Lao động - TB&XH",
                phone: "0239 000 0002"),
        ],
        generalMailbox: "vanthu@canloc.example", phone: "0239 000 0000", zone: .indochina)

    static func writer() throws -> NoticeWriter {
        NoticeWriter(templates: try NoticeTemplates(files: files()), office: facts)
    }

    static let context = ReplyContext(
        recipient: "thienloc@canloc.example", unitName: "UBND xã Thiên Lộc", person: "Nguyễn Thị Hà",
        files: [NoticeFile(name: "BC 2019 Thien Loc.xls", kind: "xls", size: 98_304)],
        // 16:55 of 18 December 2019 in Viet Nam.
        received: Date(timeIntervalSince1970: 1_576_662_900))

    static func report(_ number: Int? = 42, filename: String = "BC 2019 Thien Loc.xls") -> SubmissionTitle {
        SubmissionTitle(
            kind: .report, formTitle: "Báo cáo kết quả Phong trào thi đua", shortTitle: "Báo cáo", year: "2019",
            receipt: number.flatMap { Receipt(kind: .report, year: 2019, number: $0) }, filename: filename)
    }

    static let nomination = SubmissionTitle(
        kind: .nomination, formTitle: "Hồ sơ đề nghị khen thưởng hộ", shortTitle: "Hồ sơ hộ",
        nominee: "Trần Văn Bình", receipt: Receipt(kind: .nomination, year: 2020, number: 17), filename: "dn_ho.xlsx")

    static func day(_ year: Int, _ month: Int, _ day: Int) throws -> CivilDate {
        try required(CivilDate(year: year, month: month, day: day))
    }

    /// Nine in the morning of a day in Viet Nam.
    static func morning(_ year: Int, _ month: Int, _ day: Int) throws -> Date {
        Date(timeIntervalSince1970: Double(try self.day(year, month, day).daysSince1970 * 86_400 + 2 * 3600))
    }

    static func cell(_ sheet: String, _ a1: String) throws -> CellReference {
        try required(CellReference(sheet: sheet, a1: a1))
    }

    static let attachment = NoticeAttachment(
        filename: "x_can-sua.xlsx", contentType: "application/octet-stream", bytes: Data([1]))

    static let warning = Finding(
        .rule, severity: .warning, cell: CellReference(sheet: "D. Kế hoạch", row: 9, column: 3), label: "Kinh phí",
        rule: 1, arguments: ["value": "5", "message": "kinh phí đã sử dụng lớn hơn số được giao"])

    /// What the office writes of its own accord, with everything that it can say.
    static func campaignSections() throws -> [ReplySection] {
        let deadline = Deadline(day: try day(2019, 12, 20), document: "Công văn số 512/UBND-NV ngày 02/12/2019")
        var items = [
            Reminder.Item(
                formTitle: "Báo cáo kết quả Phong trào thi đua", shortTitle: "Báo cáo", year: "2019",
                deadline: deadline, workbook: attachment)
        ]
        let reminder = Reminder(written: try morning(2019, 12, 13), items: items)
        items[0].correction = Reminder.Correction(
            receipt: try required(Receipt(kind: .report, year: 2019, number: 42)), received: try day(2019, 12, 10),
            findings: [Finding(.cellBlank, severity: .error, cell: try cell("B", "C5"), label: "x")])
        let review = ReviewLetter(
            title: Self.nomination, stage: "Tổng kết 2020",
            reasons: ["Gửi bổ sung biên bản họp xét.", "Ghi rõ năm thoát nghèo."])
        let late = try [19, 20, 25].map { Reminder(written: try morning(2019, 12, $0), items: items) }
        var withoutDay = items
        withoutDay[0].deadline = nil
        withoutDay[0].correction = nil
        let award = AwardLetter(
            stage: "Sơ kết năm 2018", document: "2310/QĐ-UBND", day: try day(2018, 12, 14),
            named: [.init(name: "Hộ ông Nguyễn Văn A", reward: "Giấy khen của Chủ tịch UBND huyện")],
            refused: [.init(name: "Công ty B", reason: "thiếu xác nhận của nơi nhận")],
            ceremony: "8 giờ ngày 20/12/2018 tại hội trường UBND huyện",
            scan: NoticeAttachment(filename: "QD 2310.pdf", contentType: "application/pdf", bytes: Data("%PDF".utf8)))
        var byAuthority = award
        byAuthority.authority = "Chủ tịch UBND huyện"
        return [
            .blankForms(
                BlankForms(forms: [
                    .init(
                        purpose: .report(title: "Báo cáo kết quả Phong trào thi đua", year: "2019", deadline),
                        workbook: attachment)
                ])),
            .blankForms(
                BlankForms(forms: [
                    .init(
                        purpose: .nomination(title: "Đề nghị khen hộ", stage: "Tổng kết", until: try day(2020, 5, 15)),
                        workbook: attachment)
                ])),
            .reminder(reminder), .reminder(late[0]), .reminder(late[1]), .reminder(late[2]),
            .reminder(Reminder(written: try morning(2019, 12, 13), items: items + items)),
            .reminder(Reminder(written: try morning(2019, 12, 25), items: withoutDay)),
            .figuresFrozen(
                FiguresFrozen(
                    title: Self.report(), day: try day(2020, 1, 15), document: "Báo cáo số 5",
                    figures: ["Hộ nghèo: đầu năm 120, cuối năm 82"])),
            .returned(review), .declined(review), .withdrawn(review), .awardedByDistrict(award),
            .awardedByDistrict(byAuthority), .proposedToProvince(award), .decidedByProvince(byAuthority),
            .stageClosed(
                StageClosed(title: Self.nomination, stage: "Tổng kết 2020", closed: try day(2020, 5, 15))),
        ]
    }

    /// What goes to the Council, to other offices and into the house itself.
    static func houseSections() throws -> [ReplySection] {
        let deadline = Deadline(day: try day(2019, 12, 20), document: "Công văn số 512/UBND-NV ngày 02/12/2019")
        let units = [
            OverdueList.Unit(name: "Xã Thiên Lộc", contact: "Nguyễn Thị Hà, 0239 000 0103"),
            OverdueList.Unit(name: "Xã Tùng Lộc", contact: "", correctionSince: try day(2019, 12, 10)),
        ]
        let item = OverdueList.Item(shortTitle: "Báo cáo", year: "2019", deadline: deadline, units: units)
        func list(_ items: [OverdueList.Item]) throws -> ReplySection {
            .overdueList(OverdueList(cluster: "Cụm thi đua số 1", day: try day(2019, 12, 30), items: items))
        }
        func request(_ questions: [String], _ link: String?) throws -> ReplySection {
            .opinionRequest(
                OpinionRequest(
                    title: nomination, stage: "Tổng kết 2020", proposer: "UBND xã Thiên Lộc", questions: questions,
                    until: try day(2020, 5, 5), link: link))
        }
        return [
            try list([item]), try list([item, item]),
            try request([], "https://thidua.canloc.example/ho-so/KT-2020-0017"),
            try request(["Nghĩa vụ thuế các năm 2018, 2019."], nil),
            .dailyDigest(
                DailyDigest(
                    day: try day(2019, 12, 18), since: try morning(2019, 12, 17), until: try morning(2019, 12, 18),
                    lines: [
                        .init(topic: .new, count: 3, link: "https://thidua.canloc.example/bao-cao"),
                        .init(topic: .bounced, count: 1, names: ["tungloc@canloc.example"]),
                    ])),
            .technicalAlarm(
                TechnicalAlarm(items: [
                    .init(
                        trouble: .mailbox, subject: "noivu", since: try morning(2019, 12, 18),
                        detail: "LOGIN failed"),
                    .init(trouble: .backup, subject: "", since: nil, detail: ""),
                ])),
        ]
    }

    /// Every section with everything that it can say.
    static func fullSections() throws -> [ReplySection] {
        var report = ReportReceived(title: report())
        report.deadline = Deadline(day: try day(2019, 12, 20), document: "Công văn số 512/UBND-NV ngày 02/12/2019")
        report.replaces = try day(2019, 12, 1)
        report.isPassedToLabour = true
        report.figures = [
            "Hộ nghèo: đầu năm 120, cuối năm 82 (4,08 %), số chính thức",
            "Hộ cận nghèo: đầu năm 200, cuối năm 178 (8,86 %)", "Nguồn lực huy động: 1.250.000.000 đồng",
            "Thôn làm mô hình điểm: thôn Đông",
        ]
        report.findings =
            [warning]
            + (1...12).map { many in
                Finding(.rowIncomplete, severity: .warning, label: "Bảng \(many)", arguments: ["missing": "\(many)"])
            }
        report.missing = [Paper(code: "MC1", name: "bản báo cáo đã ký, đóng dấu")]
        var nomination = NominationReceived(title: Self.nomination)
        nomination.nomineeKind = "hộ gia đình"
        nomination.content = "Hộ thoát nghèo tiêu biểu"
        nomination.stage = "Tổng kết 2020"
        nomination.reward = "Giấy khen"
        nomination.checks = ["Thu nhập: 2,03 lần"]
        nomination.findings = report.findings
        nomination.missing = report.missing
        nomination.list = [.init(name: "Trần Văn Bình", content: "Hộ thoát nghèo", state: "chờ thẩm định")]
        nomination.unlisted = 3
        nomination.quota = .init(allotted: 3, sent: 1)
        nomination.coverLetter = attachment
        var correction = Correction(
            title: Self.report(),
            findings: (1...14).map { number in
                Finding(
                    .cellBlank, severity: .error, cell: CellReference(sheet: "B", row: number, column: number),
                    label: "Câu \(number)", arguments: ["need": "integer"], clauses: ["IV.2.3.1-\(number)"])
            })
        correction.round = 3
        correction.marked = attachment
        correction.deadline = try day(2019, 12, 20)
        correction.accepted = try day(2019, 11, 5)
        correction.isOldExcel = true
        correction.isSendersOwn = false
        correction.removed = ["macro"]
        var standard = StandardNotMet(
            title: Self.nomination,
            findings: [
                Finding(
                    .standardUnmet, severity: .standard, label: "Tổng giá trị ủng hộ", rule: 1,
                    arguments: ["message": "cộng các khoản có địa chỉ: 190.000.000 đồng"], clauses: ["III.6"])
            ])
        standard.waitsUntil = try day(2020, 4, 30)
        standard.convention = "Công văn số 100"
        standard.thresholds = ["III.6": "từ 200 triệu đồng trở lên"]
        standard.workbook = attachment
        var evidence = EvidenceAdded(title: Self.report())
        evidence.placed = [.init(filename: "MC1.pdf", paper: Paper(code: "MC1", name: "bản ký"))]
        evidence.loose = ["scan0001.pdf"]
        evidence.missing = [Paper(code: "MC2", name: "quyết định")]
        return [
            .reportReceived(report), .nominationReceived(nomination), .correction(correction),
            .standardNotMet(standard),
            .alreadyReceived(
                AlreadyReceived(
                    title: Self.report(), firstReceived: try day(2019, 12, 1), state: "đang chờ sửa",
                    awaitsCorrection: true)),
            .evidenceAdded(evidence),
            .unreadable(UnreadableFile(filename: "bao cao.rar", code: .fileArchive, blanks: [attachment])),
            .unitDisagreement(
                UnitDisagreement(title: Self.report(), senderUnit: "UBND xã A", workbookUnit: "UBND xã B")),
            .noWorkbook, .stranger, .unverified,
        ] + (try campaignSections()) + (try houseSections())
    }
}

/// A test's own constant is wrong.
private struct WrongConstant: Error {}

private func required<T>(_ value: T?) throws -> T {
    guard let value else { throw WrongConstant() }
    return value
}
