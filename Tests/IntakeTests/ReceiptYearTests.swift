import Intake
import Ledger
import Records
import Support
import Testing
import XLSForm

/// A number stays for life, so that it bears no year that was a slip of the hand.
@Suite struct ReceiptYearTests {
    /// The plan speaks of 2015…2020; the mail arrives in 2019.
    @Test(arguments: [
        ("2018", 2018), ("2020", 2020), ("2016", 2016), ("2091", 2019), ("2014", 2019), ("1019", 2019),
        ("20199", 2019), ("202019", 2019),
    ])
    func thePeriodsYearWhereThePlanKnowsIt(period: String, year: Int) throws {
        let office = try SampleOffice.office.get()
        let form = try #require(office.forms.current("bao_cao_xa")?.definition)
        let blank = BlankWorkbook(form: form, unit: UnitCode("xuanloc"), period: period)
        let file = MessageBuilder.Attachment("BC.xlsx", try blank.bytes(office.campaign))
        var mail = MessageBuilder(from: "xuanloc@canloc.example", attaching: [file])
        mail.trace = [
            ("Authentication-Results", "mx.canloc.example; dmarc=pass header.from=canloc.example"),
            ("Received", "from may.example.vn by mx.canloc.example with ESMTPS; Wed, 18 Dec 2019 16:55:00 +0700"),
        ]
        let bench = try Bench()
        try bench.take([mail.bytes()])
        let submissions = try bench.ledger.read { try $0.submissions() }
        #expect(submissions.map(\.receipt.description) == ["BC-\(year)-0001"])
        #expect(submissions.map(\.key.period) == [period])
    }
}
