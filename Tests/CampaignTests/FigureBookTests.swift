import Campaign
import Foundation
import Records
import Testing

struct FigureBookTests {
    private let campaign = Sample.campaign

    private func snapshot(_ accepted: [AcceptedFigures] = [], on text: String = "2020-02-01") throws
        -> ReferenceSnapshot
    {
        campaign.snapshot(accepted: accepted, on: try day(text))
    }

    private func opening(_ key: String, _ snapshot: ReferenceSnapshot) -> [String?] {
        ["tong", "ngheo", "can", "nguon"].map { snapshot["dau_ky"]?.value($0, where: "khoa", is: key) }
    }

    @Test func `Opening figures come from so_lieu_goc where no report was accepted`() throws {
        #expect(opening("nghen-2019", try snapshot()) == ["2000", "120", "200", "so_lieu_goc"])
        #expect(opening("dongloc-2019", try snapshot()) == [nil, nil, nil, nil])
    }

    @Test func `Opening figures come from the accepted report of the year before`() throws {
        let report = try Sample.report("nghen", 2018, opening: nil, closing: (2010, 82, 178), number: 1)
        #expect(opening("nghen-2019", try snapshot([report])) == ["2010", "82", "178", "bao_cao"])
    }

    @Test func `Opening figures after a merger are the sum over predecessors`() throws {
        let nghen = try Sample.report("nghen", 2019, opening: nil, closing: (2010, 82, 178), number: 1)
        let tienloc = try Sample.report("tienloc", 2019, opening: nil, closing: (990, 70, 60), number: 2)
        #expect(opening("nghen-2020", try snapshot([nghen, tienloc])) == ["3000", "152", "238", "bao_cao"])
        // The year before the merger keeps the old ground.
        #expect(opening("nghen-2019", try snapshot([nghen, tienloc])) == ["2000", "120", "200", "so_lieu_goc"])
        #expect(opening("nghen-2020", try snapshot([nghen])) == [nil, nil, nil, nil])
    }

    @Test func `A predecessor that never reported leaves the opening blank, a figure by hand fills it`() throws {
        let songloc = try Sample.report("songloc", 2019, opening: nil, closing: (700, 40, 50), number: 1)
        #expect(opening("kimsong-2020", try snapshot()) == [nil, nil, nil, nil])
        #expect(opening("kimsong-2020", try snapshot([songloc])) == ["1510", "90", "110", "so_lieu_goc"])
        var sheets = Sample.plan
        sheets["so_lieu_goc"]?.append(["kimsong", "2019", "1500", "95", "115", "", ""])
        let byHand = CampaignBook(
            units: campaign.units, plan: Plan(workbook: workbook(sheets)), unitsSHA256: "", planSHA256: "")
        #expect(
            opening("kimsong-2020", byHand.snapshot(accepted: [], on: try day("2020-02-01")))
                == ["1500", "95", "115", "so_lieu_goc"])
    }

    private func year(_ key: String, _ snapshot: ReferenceSnapshot) -> [String?] {
        ["giam_ngheo", "giam_can", "dat_chi_tieu"].map { snapshot["so_lieu_nam"]?.value($0, where: "khoa", is: key) }
    }

    @Test func `A year's result compares whole numbers with the target`() throws {
        // 120/2000 − 82/2010 = 1.92 points; 200/2000 − 178/2010 = 1.14 points.
        let met = try Sample.report("nghen", 2019, opening: (2000, 120, 200), closing: (2010, 82, 178), number: 1)
        #expect(year("nghen-2019", try snapshot([met], on: "2019-12-31")) == ["1.92", "1.14", "co"])
        // Exactly 1.50 and 1.00 points reach the target, one household fewer does not.
        let exact = try Sample.report("nghen", 2019, opening: (2000, 120, 200), closing: (2000, 90, 180), number: 1)
        #expect(year("nghen-2019", try snapshot([exact], on: "2019-12-31")) == ["1.5", "1", "co"])
        let short = try Sample.report("nghen", 2019, opening: (2000, 120, 200), closing: (2000, 91, 180), number: 1)
        #expect(year("nghen-2019", try snapshot([short], on: "2019-12-31")) == ["1.45", "1", "khong"])
    }

    @Test func `Without a target, and without the year before, nothing is decided`() throws {
        let songloc = try Sample.report("songloc", 2019, opening: (700, 50, 60), closing: (700, 57, 50), number: 1)
        #expect(year("songloc-2019", try snapshot([songloc], on: "2019-12-31")) == ["-1", "1.43", "chua_co_chi_tieu"])
        let dongloc = try Sample.report("dongloc", 2019, opening: nil, closing: (700, 40, 50), number: 2)
        #expect(year("dongloc-2019", try snapshot([dongloc], on: "2019-12-31")) == ["", "", ""])
        #expect(year("dongloc-2019", try snapshot(on: "2019-12-31")) == [nil, nil, nil])
    }

    @Test func `so_lieu_goc of two years makes a result as well`() throws {
        // 60/800 − 50/810 = 1.327 points; 70/800 − 60/810 = 1.343 points.
        #expect(year("kimloc-2019", try snapshot(on: "2019-12-31")) == ["1.33", "1.34", "co"])
    }

    @Test func `After a merger counts are summed first and targets weighted by households`() throws {
        let nghen = try Sample.report("nghen", 2019, opening: (2000, 120, 200), closing: (2000, 90, 180), number: 1)
        let tienloc = try Sample.report("tienloc", 2019, opening: (1000, 100, 90), closing: (1000, 70, 80), number: 2)
        // Targets 1.50 × 2000 and 3.00 × 1000 make 2.00 points; 220/3000 − 160/3000 is exactly that.
        #expect(year("nghen-2019", try snapshot([nghen, tienloc])) == ["2", "1", "co"])
        let short = try Sample.report("tienloc", 2019, opening: (1000, 100, 90), closing: (1000, 71, 80), number: 2)
        #expect(year("nghen-2019", try snapshot([nghen, short])) == ["1.97", "1", "khong"])
        // Seen before the merger, the year is Nghèn's alone.
        #expect(year("nghen-2019", try snapshot([nghen, short], on: "2019-12-31")) == ["1.5", "1", "co"])
    }

    @Test func `Whole numbers of reports are summed over years and predecessors`() throws {
        let reports = [
            try Sample.report("nghen", 2018, opening: nil, closing: (1, 1, 1), number: 1, more: ["nl_tong": "1000000"]),
            try Sample.report(
                "nghen", 2019, opening: nil, closing: (1, 1, 1), number: 2,
                more: ["nl_tong": "250000", "tl_ngheo_cuoi": "4.08", "nguoi_lap": "Hà"]),
            try Sample.report("tienloc", 2019, opening: nil, closing: (1, 1, 1), number: 3, more: ["nl_tong": "7"]),
        ]
        let after = try #require(try snapshot(reports)["bao_cao_xa_cong"])
        #expect(after.value("nl_tong", where: "khoa", is: "nghen") == "1250007")
        #expect(after.value("nl_tong", where: "khoa", is: "tienloc") == "7")
        #expect(after.value("tl_ngheo_cuoi", where: "khoa", is: "nghen") == nil)
        let before = try #require(try snapshot(reports, on: "2019-12-31")["bao_cao_xa_cong"])
        #expect(before.value("nl_tong", where: "khoa", is: "nghen") == "1250000")
    }

    @Test func `Each form is a table of its accepted submissions`() throws {
        let report = try Sample.report(
            "nghen", 2019, opening: nil, closing: (2010, 82, 178), number: 42, more: ["nguoi_lap": "Hà"],
            received: 1_576_666_500)
        let table = try #require(try snapshot([report])["bao_cao_xa"])
        #expect(table.value("ngheo_cuoi", where: "khoa", is: "nghen-2019") == "82")
        #expect(table.value("nguoi_lap", where: "khoa", is: "nghen-2019") == "Hà")
        #expect(table.value("ngay_nhan", where: "khoa", is: "nghen-2019") == "2019-12-18")
        #expect(table.value("ma_tiep_nhan", where: "khoa", is: "nghen-2019") == "BC-2019-0042")
        #expect(try snapshot()["bao_cao_xa"] == nil)
    }

    @Test func `Of several nominations of a unit the latest is found first`() throws {
        let both = [
            try Sample.nomination("dn_tai_tro", "nghen", number: 1, values: ["ten": "A"]),
            try Sample.nomination("dn_tai_tro", "nghen", number: 2, values: ["ten": "B"]),
        ]
        let table = try #require(try snapshot(both)["dn_tai_tro"])
        #expect(table.value("ten", where: "khoa", is: "nghen-tong_ket_2020") == "B")
        #expect(table.rows.count == 2)
    }

    @Test func `A nomination at hand does not count as another one`() throws {
        let first = try Sample.nomination("dn_thon", "nghen", number: 1, values: ["thon": "kp1"])
        let second = try Sample.nomination("dn_tai_tro", "nghen", number: 2)
        var book = FigureBook(campaign: campaign, accepted: [first, second], on: try day("2020-02-01"))
        func count(_ table: String, _ key: String, _ snapshot: ReferenceSnapshot) -> String? {
            snapshot[table]?.value("so_ho_so", where: "khoa", is: key)
        }
        #expect(count("ho_so_da_nhan", "nghen-tong_ket_2020", book.snapshot()) == "2")
        #expect(count("thon_da_nop", "tong_ket_2020-kp1", book.snapshot()) == "1")
        #expect(count("ho_so_da_nhan", "nghen-tong_ket_2020", book.snapshot(without: first.receipt)) == "1")
        #expect(count("thon_da_nop", "tong_ket_2020-kp1", book.snapshot(without: first.receipt)) == nil)
        #expect(count("thon_da_nop", "tong_ket_2020-kp1", book.snapshot(without: second.receipt)) == "1")
    }

    @Test func `Accepting one by one gives the same tables as all at once`() throws {
        var figures: [AcceptedFigures] = []
        for (index, unit) in ["nghen", "tienloc", "kimloc", "songloc"].enumerated() {
            for year in 2017...2019 {
                figures.append(
                    try Sample.report(
                        unit, year, opening: (1000, 90 + index, 100), closing: (1010, 80 + index, 95),
                        number: figures.count + 1,
                        more: ["nl_tong": String(index * year), "rieng_\(index)": "\(year)"],
                        received: 1_500_000_000 + Double((figures.count * 7) % 5)))
            }
        }
        figures.append(try Sample.nomination("dn_thon", "nghen", number: 1, values: ["thon": "kp1"]))
        let today = try day("2020-02-01")
        var book = FigureBook(campaign: campaign, accepted: [], on: today)
        // An earlier revision of each comes first, with other figures and a question more.
        for later in figures {
            let earlier = AcceptedFigures(
                receipt: later.receipt, key: later.key, received: later.received,
                values: ["tong_cuoi": "5", "ngheo_cuoi": "1", "can_cuoi": "1", "nl_tong": "99", "thon": "kp9"])
            book.accept(earlier)
        }
        for later in figures { book.accept(later) }
        var withOneMore = book
        withOneMore.accept(try Sample.nomination("dn_thon", "tienloc", number: 9, values: ["thon": "kp3"]))
        withOneMore.withdraw(try #require(Receipt(kind: .nomination, year: 2020, number: 9)))

        let whole = campaign.snapshot(accepted: figures, on: today)
        for stepwise in [book.snapshot(), withOneMore.snapshot()] {
            #expect(Set(stepwise.tables.keys) == Set(whole.tables.keys))
            for (name, table) in whole.tables {
                let other = try #require(stepwise[name])
                for row in table.rows {
                    let key = row[table.columns.firstIndex(of: "khoa") ?? 0]
                    for column in table.columns {
                        #expect(
                            other.value(column, where: "khoa", is: key) == table.value(column, where: "khoa", is: key),
                            "\(name) \(key) \(column)")
                    }
                }
                #expect(other.rows.count == table.rows.count, "\(name)")
            }
        }
    }

    @Test func `Figures that cannot be households are not looked up`() throws {
        let huge = AcceptedFigures(
            receipt: try #require(Receipt(kind: .report, year: 2018, number: 1)),
            key: SubmissionKey(form: "bao_cao_xa", unit: try code("dongloc"), period: "2018"),
            received: Date(timeIntervalSince1970: 0),
            values: [
                "tong_cuoi": "99999999999999999999", "ngheo_cuoi": "-4", "can_cuoi": "1.5",
                "nl_tong": "9223372036854775807",
            ])
        let snapshot = try snapshot([huge])
        #expect(opening("dongloc-2019", snapshot) == [nil, nil, nil, nil])
        #expect(snapshot["bao_cao_xa_cong"]?.value("nl_tong", where: "khoa", is: "dongloc") == nil)
    }

    @Test func `Tables of the plan are looked up by khoa`() throws {
        let snapshot = try snapshot()
        #expect(snapshot["chi_tieu"]?.value("kh_giam_ngheo", where: "khoa", is: "nghen-2019") == "150")
        #expect(snapshot["chi_tieu"]?.value("kh_giam_ngheo", where: "khoa", is: "dongloc-2019") == nil)
        #expect(snapshot["quy_uoc"]?.value("gia_tri", where: "khoa", is: "nam_goc_thu_nhap") == "2016")
        #expect(snapshot["phan_bo"]?.value("ho", where: "khoa", is: "tong_ket_2020-nghen") == "3")
        #expect(snapshot["don_vi"]?.value("label", where: "name", is: "tienloc") == "Xã Tiến Lộc")
    }

    @Test func `Every row that a report changes is among the rows it feeds`() throws {
        let today = try day("2020-02-01")
        let others = [
            try Sample.report("nghen", 2018, opening: (900, 80, 90), closing: (1000, 70, 80), number: 1),
            try Sample.report("nghen", 2019, opening: (1000, 70, 80), closing: (1000, 60, 70), number: 2),
            try Sample.report("tienloc", 2018, opening: (500, 40, 30), closing: (500, 30, 20), number: 3),
        ]
        let report = try Sample.report("tienloc", 2019, opening: (500, 30, 20), closing: (500, 20, 10), number: 4)
        let before = campaign.snapshot(accepted: others, on: today)
        let after = campaign.snapshot(accepted: others + [report], on: today)
        var changed = Set<String>()
        // These two have several rows of one key, and nothing to do with reports.
        for (name, table) in after.tables where name != "don_vi" && name != "thon" {
            for row in table.rows {
                let key = try #require(zip(table.columns, row).first { $0.0 == "khoa" }?.1)
                let isSame = zip(table.columns, row).allSatisfy { column, text in
                    before[name]?.value(column, where: "khoa", is: key) == text
                }
                if !isSame { changed.insert("\(name) \(key)") }
            }
        }
        #expect(
            changed == [
                "bao_cao_xa tienloc-2019", "dau_ky nghen-2020", "so_lieu_nam tienloc-2019", "so_lieu_nam nghen-2019",
                "bao_cao_xa_cong tienloc", "bao_cao_xa_cong nghen",
            ])
        let fed = Set(campaign.rowsFed(by: report.key, on: today).map { "\($0.table) \($0.key)" })
        #expect(changed.isSubset(of: fed))
        #expect(!fed.contains("dau_ky nghen-2019"))
    }

    @Test func `Forms can be checked against the columns that there will be`() throws {
        let known = campaign.knownTables(forms: ["bao_cao_xa": ["ngheo_cuoi", "nl_tong"]], on: try day("2020-02-01"))
        let report = try Sample.report(
            "nghen", 2019, opening: nil, closing: (1, 1, 1), number: 1, more: ["nl_tong": "5"])
        for (name, table) in try snapshot([report]).tables where name != "bao_cao_xa" && name != "bao_cao_xa_cong" {
            #expect(known[name] == table.columns)
        }
        #expect(known["bao_cao_xa"]?.suffix(3) == ["ngay_nhan", "ngheo_cuoi", "nl_tong"])
        #expect(known["bao_cao_xa_cong"] == ["khoa", "ma_don_vi", "ngheo_cuoi", "nl_tong"])
    }

    @Test func `Drop-downs of a blank workbook offer the day's units only`() throws {
        let tables = campaign.entryTables(accepted: [], on: try day("2020-02-01"), reading: ["dau_ky"])
        #expect(tables["don_vi"]?.value("label", where: "name", is: "tienloc") == nil)
        #expect(tables["don_vi"]?.rows.count == 4)
        #expect(tables["dau_ky"]?.value("tong", where: "khoa", is: "nghen-2019") == "2000")
    }
}
