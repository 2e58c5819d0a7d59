import Campaign
import Foundation
import Intake
import Ledger
import Mail
import Records
import Sheets
import Support
import Testing
import XLSForm

/// The campaign in its order, by given dates: the mid-term stage and the reports of 2018, the reports of 2019 and the
/// merger in January 2020, the final stage. What must come out was worked out by hand from what goes in.
@Suite struct CampaignYearsTests {
    private typealias Households = FilledWorkbook.Households

    private let desk: MaildirOffice
    private let office: Office

    /// Three communes of 2018 that are one from 2020 on. The opening figures are those of plan.xlsx for the end of 2017.
    private static let closing2018 = [
        "kimloc": Households(total: 1680, poor: 93, near: 161),
        "songloc": Households(total: 2150, poor: 160, near: 223),
        "truongloc": Households(total: 2060, poor: 130, near: 195),
    ]

    init() throws {
        desk = try MaildirOffice(copyingForms: true)
        let contact = OfficeContact(
            from: try #require(MailAddress("noivu@canloc.example")), generalMailbox: "", phone: "",
            maximumMessageBytes: 35 << 20)
        office = try OfficeReader(folder: FormsFolder(desk.scratch.path("Forms")), zone: .indochina)
            .office(contact: contact)
    }

    // MARK: - Acts

    private func run(_ arguments: String...) throws -> ProgramRun {
        let run = try desk.run(arguments)
        #expect(run.status == 0, "\(arguments): \(run.errors)")
        return run
    }

    private func view<T>(_ body: (LedgerView) throws -> T) throws -> T {
        let ledger = try Ledger.open(folder: desk.scratch.path("data"), mode: .read)
        defer { try? ledger.close() }
        return try ledger.read(body)
    }

    /// A unit mails workbooks at nine in the morning of a day, and the worker answers.
    /// - Returns: the kind of notice that answered, and the findings of what came, as `severity code`, papers left out.
    @discardableResult
    private func mail(
        _ sender: String, _ day: String, subject: String = "Gửi Phòng Nội vụ", _ workbooks: FilledWorkbook...
    ) throws -> (notice: NoticeKind?, findings: [String]) {
        let files = try workbooks.enumerated().map {
            MessageBuilder.Attachment("\($0.offset + 1).xlsx", contentType: XLSX.type, try $0.element.bytes(office))
        }
        var message = MessageBuilder(from: "\(sender)@canloc.example", attaching: files)
        message.trace = [
            (
                "Authentication-Results",
                "mx.canloc.example; dmarc=pass header.from=canloc.example; spf=pass smtp.mailfrom=canloc.example; "
                    + "dkim=pass header.d=canloc.example"
            ),
            (
                "Received",
                "from mail.canloc.example (mail.canloc.example [192.0.2.25]) by mx.canloc.example with ESMTPS id 4Zx0aB; "
                    + "Thu, 19 Dec 2019 09:00:00 +0700"
            ),
        ]
        message.subject = subject
        message.messageID = "\(sender).\(day)@canloc.example"
        let date = try #require(CivilDate(iso8601: day))
        let daysLater = Double(date.daysSince1970 - (try #require(CivilDate(iso8601: "2019-12-19"))).daysSince1970)
        try desk.deliver(message.bytes(), daysLater: daysLater)
        _ = try run("run", "--once", "--since", "1970-01-01", "--answer")
        return try view { stored in
            let newest = try #require(try stored.messages(limit: 1).first)
            #expect(newest.message.messageID == message.messageID)
            let findings = try stored.submissions().flatMap { try stored.revisions(of: $0.id) }
                .filter { $0.workbook.message == newest.id }.flatMap(\.workbook.verdict.findings)
                // What is said beyond papers to come, blank cells and figures that the reviewer looks at.
                .filter {
                    ![.evidenceMissing, .hamletUnknown, .cellBlank, .rule].contains($0.code) || $0.severity == .error
                }
            return (
                try stored.outbox().last { $0.inReplyTo == newest.id }?.kind,
                findings.map { "\($0.severity) \($0.code)" }
            )
        }
    }

    private enum XLSX {
        static let type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    }

    /// What the first sheet of an export says in its row of sums.
    private func sums(_ file: String) throws -> [Decimal] {
        let bytes = try Data(contentsOf: URL(filePath: desk.scratch.path(file)))
        let sheet = try #require(try WorkbookReader.read([UInt8](bytes)).sheets.first)
        let total = try #require(sheet.cells.last { $0.value == .text("Tổng cộng") })
        return sheet.cells.filter { $0.row == total.row }.compactMap { cell in
            if case .number(let number) = cell.value { Decimal(string: "\(number)") } else { nil }
        }
    }

    @Test func theCampaignRunsFromTheMidTermToTheEnd() throws {
        try midTerm()
        try reportsOf2018()
        try reportsOf2019AndTheMerger()
        try openingOf2020()
        try finalStage()
    }

    // MARK: - 2018

    private func midTerm() throws {
        func nominated(_ name: String, _ day: String) throws -> (notice: NoticeKind?, findings: [String]) {
            try mail(
                "kimloc", day,
                .household(name, of: "kimloc", hamlet: "kimloc_mot", stage: "so_ket_2018"))
        }
        let first = try nominated("Nguyễn Thị Kim", "2018-11-20")
        #expect(first == (.nominationReceipt, []))
        // One household was allotted; a second is taken, and the reviewer is told.
        let second = try nominated("Nguyễn Văn Hai", "2018-11-21")
        #expect(second == (.nominationReceipt, ["review \(FindingCode.quotaOver)"]))
        // 15 December was the stage's last day.
        let late = try nominated("Nguyễn Văn Muộn", "2018-12-16")
        #expect(late.notice == .stageClosed)
        #expect(late.findings.contains("review \(FindingCode.stageClosed)"))
        _ = try run("decide", "KT-2018-0001", "take")
        _ = try run("decide", "KT-2018-0001", "propose-district", "--reason", "Đã xét")
        _ = try run(
            "decide", "KT-2018-0001", "award-district", "--reason", "Quyết định số 2215/QĐ-UBND ngày 25/12/2018")
        _ = try run("decide", "KT-2018-0002", "decline", "--reason", "Vượt số lượng phân bổ")
    }

    private func report2018(_ unit: String, thanks: Int = 0) throws -> FilledWorkbook {
        let opening = [
            "kimloc": Households(total: 1673, poor: 119, near: 176),
            "songloc": Households(total: 2144, poor: 191, near: 247),
            "truongloc": Households(total: 2053, poor: 158, near: 216),
        ]
        let left = ["kimloc": (29, 20), "songloc": (36, 30), "truongloc": (30, 25)]
        let came = ["kimloc": (3, 5), "songloc": (5, 6), "truongloc": (2, 4)]
        let pilot = ["kimloc": "kimloc_mot", "songloc": "songloc_mai", "truongloc": "truongloc_truc"]
        var report = FilledWorkbook.report(
            unit, 2018, from: try #require(opening[unit]), left: try #require(left[unit]),
            came: try #require(came[unit]),
            to: try #require(Self.closing2018[unit]), pilot: try #require(pilot[unit]))
        report.answers["tt_so_cuoc"] = thanks
        return report
    }

    private func reportsOf2018() throws {
        for unit in ["kimloc", "songloc", "truongloc"] {
            #expect(try mail(unit, "2018-12-19", try report2018(unit)) == (.reportReceipt, []))
        }
        let summary = try run("summary", "--period", "2018", "-o", "2018.xlsx")
        #expect(summary.errors.contains("gồm 3/23 xã, thị trấn"))
        // 93 + 160 + 130 of 1680 + 2150 + 2060 households are poor, 161 + 223 + 195 near-poor.
        #expect(Set(try sums("2018.xlsx")).isSuperset(of: [383, 5890, 579]))
        #expect(Set(try sums("2018.xlsx")).contains(try #require(Decimal(string: "6.5"))))
        _ = try run("freeze", "--period", "2018", "--document", "Báo cáo số 02/BC-NV")
        // A correction in March is kept for a person; the figures stand.
        let correction = try mail(
            "kimloc", "2019-03-12", subject: "Sửa BC-2018-0001", try report2018("kimloc", thanks: 9))
        #expect(correction == (.reportReceipt, ["review \(FindingCode.submissionFrozen)"]))
        let standings = try view { stored in
            try stored.submission(receipt: try #require(Receipt(kind: .report, year: 2018, number: 1))).map {
                try stored.revisions(of: $0.id).map(\.standing)
            }
        }
        #expect(standings == [.filed, .waiting])
    }

    // MARK: - 2019, and the merger

    private func report2019(_ unit: String) throws -> FilledWorkbook {
        let opening = Self.closing2018.merging([
            // As plan.xlsx has them: neither has reported for 2018.
            "nghen": Households(total: 1198, poor: 89, near: 131),
            "tienloc": Households(total: 2338, poor: 132, near: 255),
        ]) { $1 }
        let left = [
            "kimloc": (25, 22), "songloc": (40, 28), "truongloc": (33, 24), "nghen": (20, 15), "tienloc": (30, 25),
        ]
        let came = ["kimloc": (2, 3), "songloc": (4, 5), "truongloc": (3, 2), "nghen": (1, 2), "tienloc": (2, 3)]
        let closing = [
            "kimloc": Households(total: 1690, poor: 70, near: 142),
            "songloc": Households(total: 2160, poor: 124, near: 200),
            "truongloc": Households(total: 2070, poor: 100, near: 173),
            "nghen": Households(total: 1200, poor: 70, near: 118),
            "tienloc": Households(total: 2340, poor: 104, near: 233),
        ]
        let pilot = [
            "kimloc": "kimloc_mot", "songloc": "songloc_mai", "truongloc": "truongloc_truc", "nghen": "nghen_kp1",
            "tienloc": "tienloc_hau",
        ]
        return .report(
            unit, 2019, from: try #require(opening[unit]), left: try #require(left[unit]),
            came: try #require(came[unit]),
            to: try #require(closing[unit]), pilot: try #require(pilot[unit]))
    }

    private func reportsOf2019AndTheMerger() throws {
        // The same figures sent as last year's report are asked about; that of 2018 stands.
        let slip = try mail("songloc", "2019-12-16", try report2018("songloc", thanks: 3))
        #expect(slip.notice == .correctionRequest)
        #expect(slip.findings.contains("error \(FindingCode.periodMismatch)"))
        #expect(try mail("kimloc", "2019-12-18", try report2019("kimloc")) == (.reportReceipt, []))
        #expect(try mail("nghen", "2019-12-19", try report2019("nghen")).notice == .reportReceipt)
        // From January the successor meets what two of its predecessors owe, in one mail.
        let both = try mail("kimsongtruong", "2020-01-06", try report2019("songloc"), try report2019("truongloc"))
        #expect(both.notice == .severalWorkbooks)
        let greeting = try view { stored in
            try stored.outbox().last.map { try MessageReader.read(try stored.mime(of: $0.id) ?? []).text } ?? ""
        }.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for name in ["Kim Song Trường", "Song Lộc", "Trường Lộc"] { #expect(greeting.contains("UBND xã \(name)")) }
        #expect(try mail("tienloc", "2020-01-08", try report2019("tienloc")).notice == .reportReceipt)
        // Another's predecessor is none of its business.
        #expect(try mail("khanhvinhyen", "2020-01-09", try report2019("tienloc")).notice == .unitDisagreement)
        try status()
        let summary = try run("summary", "--period", "2019", "-o", "2019.xlsx")
        #expect(summary.errors.contains("gồm 5/23 xã, thị trấn"))
        // 70 + 124 + 100 + 70 + 104 of 1690 + 2160 + 2070 + 1200 + 2340 are poor: 4.95 %.
        #expect(Set(try sums("2019.xlsx")).isSuperset(of: [468, 9460, 866, try #require(Decimal(string: "4.95"))]))
    }

    /// What is owed for 2019 is owed by the 23 communes of that year; for 2020 by the 18 there are since.
    private func status() throws {
        func states(_ year: Int) throws -> [String: String] {
            let lines = try run("status", "--period", "\(year)", "--json").objects()
                .filter { $0["form"] as? String == "bao_cao_xa" }
            return Dictionary(
                uniqueKeysWithValues: lines.map { ($0["unit"] as? String ?? "", $0["state"] as? String ?? "") })
        }
        let of2019 = try states(2019)
        #expect(of2019.count == 23 && of2019["kimsongtruong"] == nil)
        #expect(
            Set(of2019.filter { $0.value == "filed" }.keys) == ["kimloc", "songloc", "truongloc", "nghen", "tienloc"])
        let of2020 = try states(2020)
        #expect(of2020.count == 18 && of2020["kimsongtruong"] == "missing" && of2020["kimloc"] == nil)
    }

    /// The successors' workbooks of 2020 open with the sums of what their predecessors have closed with.
    private func openingOf2020() throws {
        let expected = [
            "kimsongtruong": [5920, 294, 515],  // 1690 + 2160 + 2070, 70 + 124 + 100, 142 + 200 + 173
            "nghen": [3540, 174, 351],  // 1200 + 2340, 70 + 104, 118 + 233
        ]
        for (unit, figures) in expected {
            _ = try run("invite", "--period", "2020", "--unit", unit)
            let answers = try view { stored -> [Decimal] in
                let notice = try #require(try stored.outbox().last { $0.kind == .blankForms })
                let message = try MessageReader.read(try #require(try stored.mime(of: notice.id)))
                let report = try #require(message.attachments.first)
                guard
                    case .bound(let bound) = Binder(forms: office.forms.definitions, tables: office.bindingTables)
                        .bind(try WorkbookReader.read(report.bytes))
                else { return [] }
                #expect(bound.first?.answer("don_vi")?.value == .text(unit))
                return ["tong_dau", "ngheo_dau", "can_dau"].compactMap { name in
                    if case .number(let number)? = bound.first?.answer(name)?.value { number } else { nil }
                }
            }
            #expect(answers == figures.map { Decimal($0) })
        }
    }

    // MARK: - 2020

    private func finalStage() throws {
        // The household was awarded at the mid-term, as one of Kim Lộc.
        let again = try mail(
            "kimsongtruong", "2020-03-10",
            .household("Nguyễn Thị Kim", of: "kimsongtruong", hamlet: "kimloc_mot", stage: "tong_ket_2020"))
        #expect(again.findings.contains("review \(FindingCode.nomineeBefore)"))
        let commune = FilledWorkbook(
            form: "dn_xa", unit: "kimsongtruong", stage: "tong_ket_2020",
            answers: ["ten": "Xã Kim Song Trường", "mh_thon": "kimloc_mot", "ngay_to_trinh": "2020-03-02"],
            tables: ["xep_loai_bang": [["xl_nam": 2019, "xl_dang": "Hoàn thành tốt nhiệm vụ"]]])
        #expect(try mail("kimsongtruong", "2020-03-11", commune).notice == .nominationReceipt)
        // 2018: 468 of 5870 to 383 of 5890 households, 7.97 % to 6.50 %. 2019: on to 294 of 5920, 4.97 %. The targets,
        // weighted by households, are 1.41 points each.
        let figures = try view { stored in
            try #require(try stored.acceptedAnswers(forms: ["dn_xa"]).first).figures
        }
        #expect(figures["gn_2018"] == "1.47" && figures["gn_2019"] == "1.54")
        #expect(figures["dat_2018"] == "co" && figures["dat_2019"] == "co")
        // The commune is old enough for its predecessors' money: three reports of 2018, three of 2019.
        #expect(figures["hd_tong"] == "600000000")
        _ = try run("queue", "--export", "e1.xlsx", "--stage", "tong_ket_2020")
        let bytes = try Data(contentsOf: URL(filePath: desk.scratch.path("e1.xlsx")))
        let listed = try WorkbookReader.read([UInt8](bytes)).sheets.flatMap(\.cells).compactMap { cell -> String? in
            if case .text(let text) = cell.value, text.hasPrefix("KT-") { text } else { nil }
        }
        #expect(listed.contains("KT-2020-0002") && !listed.contains("KT-2018-0001"))
    }
}
