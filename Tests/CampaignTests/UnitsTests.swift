import Campaign
import Records
import Testing

struct UnitsTests {
    private let units = Units(workbook: workbook(Sample.units))

    @Test func `The sample has no problem`() {
        #expect(units.problems == [])
        #expect(units.codes.map(\.rawValue) == ["nghen", "tienloc", "dongloc", "kimloc", "songloc", "kimsong", "mttq"])
    }

    @Test func `A unit keeps its code through a change of name`() throws {
        let dongloc = try code("dongloc")
        #expect(units.label(of: dongloc, on: try day("2018-07-10")) == "Xã Đồng Lộc")
        #expect(units.label(of: dongloc, on: try day("2018-07-11")) == "Thị trấn Đồng Lộc")
        #expect(units.unit(dongloc, on: try day("2018-07-10"))?.isUrban == false)
        #expect(units.unit(dongloc, on: try day("2018-07-11"))?.isUrban == true)
    }

    @Test func `A unit that is no more keeps its name and has no row in force`() throws {
        let today = try day("2020-02-01")
        #expect(units.unit(try code("tienloc"), on: today) == nil)
        #expect(units.officialName(of: try code("tienloc"), on: today) == "UBND xã Tiến Lộc")
        #expect(units.officialName(of: try code("mttq"), on: today) == "Ủy ban MTTQ huyện")
        #expect(units.label(of: try code("unknown"), on: today) == "unknown")
    }

    @Test(arguments: [("2019-12-31", 5), ("2020-01-01", 3)])
    func `Communes in force on a day`(text: String, count: Int) throws {
        #expect(units.units(on: try day(text), kind: .commune).count == count)
    }

    @Test func `Succession counts from its day on`() throws {
        let kimsong = try code("kimsong")
        #expect(units.predecessors(of: kimsong, on: try day("2019-12-31")) == [])
        #expect(units.predecessors(of: kimsong, on: try day("2020-01-01")).map(\.rawValue) == ["kimloc", "songloc"])
        #expect(units.successors(of: try code("tienloc"), on: try day("2020-01-01")).map(\.rawValue) == ["nghen"])
    }

    @Test(arguments: [
        ("nghen@canloc.example", "2019-12-01", "nghen"),
        (" NGHEN@canloc.EXAMPLE ", "2019-12-01", "nghen"),
        ("nghen@canloc.example", "2020-01-01", "nghen tienloc"),
        ("tienloc@canloc.example", "2020-03-31", "tienloc"),
        ("tienloc@canloc.example", "2020-04-01", "nghen tienloc"),
        ("anybody@dongloc.example", "2019-01-01", "dongloc"),
        ("kimsong@canloc.example", "2019-12-31", ""),
        ("kimsong@canloc.example", "2020-01-01", "kimsong kimloc songloc"),
        ("songloc@canloc.example", "2020-01-01", ""),
        ("chung@canloc.example", "2019-01-01", "nghen mttq"),
        ("tuan@canloc.example", "2019-01-01", "nghen tienloc dongloc kimloc songloc mttq"),
        ("lanhdao@canloc.example", "2019-01-01", ""),
        ("stranger@example.org", "2019-01-01", ""), ("@dongloc.example", "2019-01-01", "dongloc"),
        ("", "2019-01-01", ""),
        ("a@sub.dongloc.example", "2019-01-01", ""),
    ])
    func `An address speaks for a set of units`(address: String, on: String, expected: String) throws {
        let found = units.possibleUnits(for: address, on: try day(on)).map(\.rawValue).joined(separator: " ")
        #expect(found == expected)
    }

    @Test func `Copies are listed but do not submit`() throws {
        let today = try day("2019-12-01")
        #expect(units.isListed("lanhdao@canloc.example", on: today))
        #expect(!units.isListed("stranger@example.org", on: today))
        #expect(units.speaksOnBehalf("tuan@canloc.example", on: today))
        #expect(!units.speaksOnBehalf("nghen@canloc.example", on: today))
        #expect(units.addresses(of: try code("nghen"), right: .copy, on: today) == ["lanhdao@canloc.example"])
    }

    @Test func `Letters about a unit that is no more go to its successor too`() throws {
        let songloc = try code("songloc")
        #expect(units.addresses(of: songloc, on: try day("2019-12-31")) == ["songloc@canloc.example"])
        #expect(units.addresses(of: songloc, on: try day("2020-01-01")) == ["kimsong@canloc.example"])
    }

    @Test func `An unconfirmed address does not count`() throws {
        var sheets = Sample.units
        sheets["dia_chi_thu"]?.append(["moi@canloc.example", "nghen", "", "", "nop", ""])
        let units = Units(workbook: workbook(sheets))
        #expect(units.possibleUnits(for: "moi@canloc.example", on: try day("2019-01-01")) == [])
        #expect(units.problems.map(\.code) == [.addressUnconfirmed])
    }

    @Test func `Tables show the day's units first and what was before below`() throws {
        let table = units.table(on: try day("2020-02-01"), withFormer: true)
        #expect(table.value("label", where: "khoa", is: "dongloc") == "Thị trấn Đồng Lộc")
        #expect(table.value("hieu_luc", where: "name", is: "kimloc") == "khong")
        #expect(table.value("hieu_luc", where: "name", is: "kimsong") == "co")
        #expect(units.table(on: try day("2020-02-01"), withFormer: false).rows.count == 4)
        #expect(
            units.table(on: try day("2019-02-01"), withFormer: true).value("label", where: "khoa", is: "kimsong") == nil
        )
    }

    @Test func `A unit that only grew is one choice, a former name stays one of its own`() throws {
        var sheets = Sample.units
        sheets["don_vi"]?[1][6] = "31/12/2019"
        sheets["don_vi"]?.append(["nghen", "Thị trấn Nghèn", "", "xa_thi_tran", "", "1/1/2020", "", "", "1"])
        let table = Units(workbook: workbook(sheets)).table(on: try day("2020-02-01"), withFormer: true)
        #expect(table.rows.filter { $0[0] == "nghen" }.map { $0[1] } == ["Thị trấn Nghèn"])
        #expect(table.rows.filter { $0[0] == "dongloc" }.map { $0[1] } == ["Thị trấn Đồng Lộc", "Xã Đồng Lộc"])
    }

    @Test func `Hamlets follow their commune into its successor`() throws {
        let table = units.hamletTable(on: try day("2020-02-01"), withFormer: false)
        let holders = table.rows.filter { $0[0] == "kimloc_mot" }.map { $0[3] }
        #expect(holders == ["kimloc", "kimsong"])
        #expect(table.value("label", where: "name", is: "dongloc_tien") == nil)
        #expect(units.hamlets(of: try code("dongloc"), on: try day("2018-05-01")).map(\.code) == ["dongloc_tien"])
    }

    @Test(arguments: [
        (
            "don_vi", ["nghen", "Tên khác", "", "xa_thi_tran", "", "", "", "", "9"], "tu_ngay",
            CampaignProblem.Code.datesOverlap
        ),
        ("don_vi", ["khac", "thị trấn  Nghèn", "", "khac", "", "", "31/12/2019", "", "9"], "ten", .nameShared),
        ("don_vi", ["x", "X", "", "xa", "", "", "31/12/2019", "", "9"], "loai", .valueUnreadable),
        ("don_vi", ["x", "X", "", "khac", "", "2/1/2019", "1/1/2019", "", "9"], "den_ngay", .datesReversed),
        ("don_vi", ["x", "X", "", "khac", "", "hôm qua", "31/12/2019", "", "9"], "tu_ngay", .valueUnreadable),
        ("don_vi", ["x", "X", "", "khac", "", "", "31/12/2019", "c9", "9"], "cum", .clusterUnknown),
        ("don_vi", ["đl", "X", "", "khac", "", "", "31/12/2019", "", "9"], "ma", .codeInvalid),
        ("don_vi", ["", "X", "", "khac", "", "", "31/12/2019", "", "9"], "ma", .valueMissing),
        ("don_vi", ["x", "X", "", "xa_thi_tran", "", "", "31/12/2019", "", "9"], "den_ngay", .successorMissing),
        ("don_vi", ["x", "X", "", "khac", "", "", "", "", "9"], "ma", .unitWithoutAddress),
        ("dia_chi_thu", ["a b@canloc.example", "nghen", "", "", "nop", "T"], "dia_chi", .addressInvalid),
        ("dia_chi_thu", ["a@canloc.example,b@x.example", "nghen", "", "", "nop", "T"], "dia_chi", .addressInvalid),
        ("dia_chi_thu", ["@gmail.com", "nghen", "", "", "nop", "T"], "dia_chi", .addressOpen),
        ("dia_chi_thu", ["a@canloc.example", "nghem", "", "", "nop", "T"], "ma_don_vi", .unitUnknown),
        ("dia_chi_thu", ["a@canloc.example", "tienloc", "1/2/2020", "", "nop", "T"], "ma_don_vi", .unitNotInForce),
        ("dia_chi_thu", ["a@canloc.example", "*", "", "", "nop", "T"], "ma_don_vi", .valueUnreadable),
        ("dia_chi_thu", ["a@canloc.example", "nghen", "", "", "gửi", "T"], "quyen", .valueUnreadable),
        ("dia_chi_thu", ["nghen@canloc.example", "nghen", "", "", "nop", "T"], "dia_chi", .rowDuplicate),
        ("ke_thua", ["dongloc", "nghen", "1/1/2020", ""], "tu_ngay", .successionBroken),
        ("ke_thua", ["tienloc", "kimsong", "1/1/2019", ""], "tu_ngay", .successionBroken),
        ("ke_thua", ["tienloc", "khac", "1/1/2020", ""], "ma_moi", .unitUnknown),
        ("ke_thua", ["kimsong", "kimloc", "1/1/2020", ""], "ma_moi", .successionBroken),
        ("thon", ["kimloc_mot", "Thôn Một", "kimloc", "", ""], "ma", .datesOverlap),
        ("thon", ["moi", "Thôn Mới", "xa_nao", "", ""], "ma_don_vi", .unitUnknown),
        ("thon", ["moi", "Thôn Mới", "kimsong", "", "31/12/2019"], "ma_don_vi", .unitNotInForce),
        ("thon", ["moi", "thôn  Một", "kimloc", "", ""], "ten", .nameShared),
        ("ke_thua", ["tienloc", "nghen", "1/1/2020", ""], "ma_cu", .rowDuplicate),
        ("cum", ["c1", "Cụm khác", "", ""], "ma", .rowDuplicate),
        ("cum", ["c2", "Cụm 2", "", "cum2"], "email", .addressInvalid),
        ("cum", ["c2", "Cụm 2", "", "a@b.example, c@d.example"], "email", .addressInvalid),
    ])
    func `Every contradiction names its row and column`(
        sheet: String, row: [String], column: String, expected: CampaignProblem.Code
    ) throws {
        var sheets = Sample.units
        sheets[sheet]?.append(row)
        let number = try #require(sheets[sheet]).count
        let problems = Units(workbook: workbook(sheets)).problems
        #expect(
            problems.contains {
                $0.sheet == sheet && $0.row == number && $0.column == column && $0.code == expected
                    && !$0.remedy.isEmpty
            }, "\(problems)")
    }

    /// An address that goes on after its unit has ended without a successor would speak for nobody.
    @Test(arguments: [("31/12/2018", false), ("31/12/2019", false), ("", true), ("31/3/2020", true)])
    func `An address outlives its unit only where somebody follows`(until: String, isTold: Bool) throws {
        var sheets = Sample.units
        sheets["don_vi"]?.append(["thue", "Chi cục Thuế", "", "khac", "", "", "31/12/2019", "", "9"])
        sheets["dia_chi_thu"]?.append(["thue@canloc.example", "thue", "", until, "nop", "Tuấn"])
        let row = try #require(sheets["dia_chi_thu"]).count
        func told() -> [CampaignProblem.Code] {
            Units(workbook: workbook(sheets)).problems.filter { $0.sheet == "dia_chi_thu" && $0.row == row }.map(\.code)
        }
        #expect(told() == (isTold ? [.successorMissing] : []))
        sheets["ke_thua"]?.append(["thue", "nghen", "1/1/2020", ""])
        #expect(told().isEmpty)
    }

    @Test func `A leader's address that cannot be written to is told`() throws {
        var sheets = Sample.units
        sheets["don_vi"]?[0].append("email_lanh_dao")
        sheets["don_vi"]?[1].append("lanh dao@canloc.example")
        let problems = Units(workbook: workbook(sheets)).problems
        #expect(problems.map(\.code) == [.addressInvalid] && problems.first?.column == "email_lanh_dao")
    }

    /// Whoever only reads along is known to the office, but does not submit.
    @Test func `Leaders and Council members get copies only`() throws {
        var sheets = Sample.units
        sheets["don_vi"]?[0].append("email_lanh_dao")
        sheets["don_vi"]?[1].append("Sep@canloc.example")
        sheets["cum"]?[1] = ["c1", "Cụm 1", "Bà B", "cum1@canloc.example"]
        let units = Units(workbook: workbook(sheets))
        let today = try day("2019-12-01")
        for address in ["lanhdao@canloc.example", "sep@canloc.example", "cum1@canloc.example"] {
            #expect(units.getsCopiesOnly(address, on: today), "\(address)")
        }
        for address in ["nghen@canloc.example", "tuan@canloc.example", "stranger@example.org"] {
            #expect(!units.getsCopiesOnly(address, on: today), "\(address)")
        }
    }

    @Test func `Missing sheets and columns are told, not guessed`() {
        let empty = Units(workbook: workbook([:]))
        #expect(Set(empty.problems.map(\.sheet)) == ["don_vi", "dia_chi_thu", "ke_thua", "thon", "cum"])
        #expect(empty.problems.allSatisfy { $0.code == .sheetMissing })
        var sheets = Sample.units
        sheets["cum"] = [["ma"]]
        #expect(Units(workbook: workbook(sheets)).problems.contains { $0.code == .columnMissing && $0.column == "ten" })
    }

    @Test func `A circle of successions ends`() throws {
        var sheets = Sample.units
        sheets["ke_thua"]?.append(["nghen", "tienloc", "1/1/2020", ""])
        let units = Units(workbook: workbook(sheets))
        #expect(units.predecessors(of: try code("nghen"), on: try day("2020-02-01")).map(\.rawValue) == ["tienloc"])
        #expect(units.problems.contains { $0.code == .successionBroken })
    }
}
