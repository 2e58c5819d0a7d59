import Foundation
import Ledger
import Logging
import Mail
import Notices
import Records
import Review
import Sheets
import Testing
import XLSForm

@testable import Campaign
@testable import Intake

/// The questions that the plan leaves open (sheet `quy_uoc`): each is read by the rule that it names. Another decision gives
/// another outcome or another text.
@Suite struct DecisionTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "formpost-\(UUID().uuidString)")

    /// The sample office, with one decision made otherwise.
    private static func office(_ key: DecisionKey, _ value: String) throws -> Office {
        let office = try SampleOffice.office.get()
        var plan = office.campaign.plan
        plan.decisions = plan.decisions.map { decision in
            decision.key != key.rawValue
                ? decision
                : Plan.Decision(
                    key: decision.key, value: value, document: decision.document, decidedBy: decision.decidedBy,
                    day: decision.day, row: decision.row)
        }
        let campaign = CampaignBook(
            units: office.campaign.units, plan: plan, unitsSHA256: office.campaign.unitsSHA256, planSHA256: "another")
        return Office(
            forms: office.forms, campaign: campaign, templates: try templates(), contact: try SampleOffice.contact(),
            zone: office.zone, sources: [])
    }

    private static func templates() throws -> NoticeTemplates {
        let folder = MailboxCase.repository.appending(path: "Forms/notices")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        return try NoticeTemplates(
            files: try names.reduce(into: [:]) {
                $0[$1] = try String(contentsOf: folder.appending(path: $1), encoding: .utf8)
            })
    }

    /// What is decided otherwise than in the sample plan.
    private static let others: [DecisionKey: String] = [
        .incomeBaseYear: "2015", .incomeLastYear: "2020", .timesOrMore: "them", .nearPoorIsPoorAgain: "co",
        .sponsorsCombined: "ca_ba", .sponsorsValuePeriod: "mot_nam", .sponsorsHouseholdsPeriod: "moi_nam",
        .disciplinePeriod: "nam_xet", .targetYears: "2018-2018; 2018-2019", .reachedAndExceeded: "lon_hon",
        .showsThreshold: "co", .collectsHouseholds: "khong", .districtAuthority: "UBND huyện Can Lộc",
        .districtReward: "Giấy khen của UBND huyện", .opensProvince: "tong_ket", .partTimers: "ap_dung",
    ]

    @Test func theOfficeHasDecidedThemAllWithValuesThatRulesRead() throws {
        let office = try SampleOffice.office.get()
        #expect(Set(office.campaign.plan.decisions.map(\.key)) == Set(DecisionKey.allCases.map(\.rawValue)))
        #expect(DecisionKey.allCases.count == 16 && Self.others.count == 16)
        #expect(!office.campaign.problems(forms: []).contains { $0.sheet == "quy_uoc" })
    }

    @Test(arguments: DecisionKey.allCases)
    func anotherDecisionGivesAnotherOutcome(_ key: DecisionKey) throws {
        let decided = try #require(try SampleOffice.office.get().campaign.plan.decision(key)?.value)
        let other = try #require(Self.others[key])
        #expect(decided != other)
        let outcome = try outcome(of: key, in: try Self.office(key, decided))
        #expect(!outcome.isEmpty)
        #expect(try self.outcome(of: key, in: try Self.office(key, other)) != outcome, "\(outcome)")
        // The same decision gives the same outcome: it is the decision that makes the difference.
        #expect(try self.outcome(of: key, in: try Self.office(key, decided)) == outcome)
    }

    // MARK: - What shows the decision

    private func outcome(of key: DecisionKey, in office: Office) throws -> [String] {
        switch key {
        case .incomeBaseYear: try household(["khau_2015": 4, "tn_2015": 20], in: office)
        case .incomeLastYear: try household(["khau_2020": 4, "tn_2020": 40], in: office)
        case .timesOrMore: try household([:], in: office)
        case .nearPoorIsPoorAgain: try household(["tt_2018": "khong_ngheo", "tt_2019": "can_ngheo"], in: office)
        case .sponsorsCombined: try sponsor(in: office)
        case .sponsorsValuePeriod: try sponsor(in: office)
        case .sponsorsHouseholdsPeriod: try sponsor(value: 1_000_000, households: 10, in: office)
        case .disciplinePeriod:
            try judged(
                "dn_xa",
                [
                    "so_ky_luat": 1,
                    "tables": [
                        "ky_luat_bang": [
                            [
                                "kl_ho_ten": "Nguyễn Văn Sai", "kl_hinh_thuc": "khien_trach",
                                "kl_quyet_dinh": "12/QĐ-UBND, 05/03/2016",
                            ]
                        ]
                    ],
                ], in: office)
        case .targetYears: try judged("dn_xa", [:], in: office)
        case .reachedAndExceeded: try exactTarget(in: office)
        case .showsThreshold: [try letterOfAnUnmetStandard(office)]
        case .collectsHouseholds: office.campaign.duties(year: 2019).map { "\($0.unit) \($0.obligation.form)" }
        case .districtAuthority, .districtReward: [try awardLetter(office)]
        case .opensProvince: ["so_ket_2018", "tong_ket_2020"].filter(office.campaign.plan.opensProvince)
        case .partTimers:
            try judged(
                "dn_ca_nhan", ["loai_ca_nhan": "khong_chuyen_trach", "xl_2017": "htt", "xl_2019": "htt"], in: office)
        }
    }

    private func household(_ changes: [String: Any], in office: Office) throws -> [String] {
        try judged("dn_ho", changes, in: office)
    }

    /// Gives 210 million in two years, and households that are not enough.
    private func sponsor(value: Int = 105_000_000, households: Int = 0, in office: Office) throws -> [String] {
        let given = [2017, 2018].map { year -> [String: Any] in
            [
                "ht_ngay": "\(year)-05-02", "ht_xa": "thienloc", "ht_hinh_thuc": "tien", "ht_noi_dung": "Làm đường",
                "ht_gia_tri": value,
            ]
        }
        let helped = (0..<households).map { number -> [String: Any] in
            [
                "hg_chu_ho": "Hộ thứ \(number)", "hg_xa": "thienloc", "hg_thon": "thienloc_dong", "hg_nam_giup": 2017,
                "hg_nam_thoat": 2018,
            ]
        }
        return try judged(
            "dn_tai_tro", ["tables": ["ht_bang": given, "hg_bang": helped, "lk_bang": [[String: Any]]()]], in: office)
    }

    /// What a filled sample of a form gives: its findings and the lines of its receipt.
    private func judged(
        _ form: String, _ changes: [String: Any], in office: Office
    ) throws -> [String] {
        func decoded<T: Decodable>(_ value: [String: Any], as type: T.Type) throws -> T {
            try JSONDecoder().decode(type, from: try JSONSerialization.data(withJSONObject: value))
        }
        let good = try #require(FormCase.all.first { $0.form == form }).good
        let sample = FormCase(
            form: form, good: good,
            sample: try decoded(
                ["name": "x", "changes": changes, "received": "2020-03-20", "expected": [String]()],
                as: FormCase.Sample.self))
        let verdict = try sample.verdict(in: office)
        return verdict.findings.map { "\($0.severity) \($0.code) \($0.question ?? "") \($0.rule ?? 0)" }
            + verdict.receiptLines
    }

    /// A target of 1.50 points that is met by 1.50 points.
    private func exactTarget(in office: Office) throws -> [String] {
        let unit = try #require(UnitCode("thienloc"))
        func report(_ year: Int, _ total: Int, _ poor: Int, _ near: Int) throws -> AcceptedFigures {
            AcceptedFigures(
                receipt: try #require(Receipt(kind: .report, year: year, number: 1)),
                key: SubmissionKey(form: "bao_cao_xa", unit: unit, period: String(year)), received: Date(),
                values: ["tong_cuoi": "\(total)", "ngheo_cuoi": "\(poor)", "can_cuoi": "\(near)"])
        }
        let accepted = [try report(2017, 2000, 150, 220), try report(2018, 2000, 120, 200)]
        let day = try #require(CivilDate(year: 2019, month: 1, day: 31))
        let table = try #require(office.campaign.snapshot(accepted: accepted, on: day)["so_lieu_nam"])
        return [table.value("dat_chi_tieu", where: "khoa", is: "thienloc-2018") ?? ""]
    }

    // MARK: - Letters

    private func books() throws -> (Ledger, Archive) {
        try? FileManager.default.removeItem(at: folder)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return (try Ledger.open(folder: folder.path, mode: .work), try Archive(folder: folder.path))
    }

    private func file(_ name: String, _ office: Office, _ ledger: Ledger, _ archive: Archive) throws {
        let path = MailboxCase.repository.appending(path: "Mailbox/\(name)/1.eml")
        let bytes = [UInt8](try Data(contentsOf: path))
        let key = MessageKey(
            account: "mau", folder: "INBOX", uidValidity: try #require(UIDValidity(1)), uid: try #require(UID(1)))
        let received = try #require(try MessageReader.read(bytes).date)
        let now = Date(timeIntervalSince1970: 1_586_000_000)
        let pipeline = Pipeline(office: office, reader: try SampleOffice.pipeline().reader, now: { now })
        _ = try pipeline.run(
            [ArrivedMail(key: key, received: received, bytes: bytes)], ledger: ledger, archive: archive,
            logger: Logger(label: "test"))
    }

    private func newestLetter(_ kind: NoticeKind, _ ledger: Ledger) throws -> String {
        let entry = try #require(try ledger.read { try $0.outbox() }.last { $0.kind == kind })
        let mime = try #require(try ledger.read { try $0.mime(of: entry.id) })
        return try MessageReader.read(mime).text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Whether the letter says what it takes.
    private func letterOfAnUnmetStandard(_ office: Office) throws -> String {
        let (ledger, archive) = try books()
        defer { try? FileManager.default.removeItem(at: folder) }
        try file("040-so-ket-thu-nhap-chua-gap-doi", office, ledger, archive)
        let letter = try newestLetter(.standardNotMet, ledger)
        #expect(
            letter.contains("tăng ít nhất 2 lần sau 2 năm")
                == (office.campaign.plan.decision(.showsThreshold)?.value == "co"))
        try ledger.close()
        return letter
    }

    /// What the district's award is called, and who gives it.
    private func awardLetter(_ office: Office) throws -> String {
        let (ledger, archive) = try books()
        defer { try? FileManager.default.removeItem(at: folder) }
        try file("032-so-ket-ho", office, ledger, archive)
        let day = try #require(CivilDate(year: 2018, month: 12, day: 20))
        try ledger.write { transaction in
            let now = Date(timeIntervalSince1970: 1_545_000_000)
            let submission = try #require(try transaction.stored.submissions().first)
            let reviewing = Reviewing(office: office, transaction: transaction, now: now, who: "tuan")
            _ = try reviewing.make(.take, of: submission)
            _ = try reviewing.make(.proposeToDistrict, of: submission, reason: "đủ theo bản giấy", isOverruled: true)
            let batching = Batching(office: office, transaction: transaction, now: now, who: "tuan")
            let list = try batching.open(.district, stage: "so_ket_2018")
            try batching.propose(list, .init(number: "31/TTr-NV", day: day))
            try batching.decide(list, .init(number: "215/QĐ-UBND", day: day), signer: "", ceremony: "", refused: [:])
            _ = try batching.tell(list)
        }
        let letter = try newestLetter(.awardedByDistrict, ledger)
        #expect(letter.contains("\(office.campaign.plan.decision(.districtAuthority)?.value ?? "") đã ban hành"))
        #expect(letter.contains("- \(office.campaign.plan.decision(.districtReward)?.value ?? "")"))
        try ledger.close()
        return letter
    }

    /// The district's award of the other stage opens no way to the province.
    @Test func aStageThatOpensNoWayToTheProvinceIsRefused() throws {
        let (ledger, _) = try books()
        defer { try? FileManager.default.removeItem(at: folder) }
        let office = try Self.office(.opensProvince, "tong_ket")
        try ledger.write { transaction in
            let batching = Batching(office: office, transaction: transaction, now: Date(), who: "tuan")
            #expect(throws: Batching.Refusal.stage) { _ = try batching.open(.province, stage: "so_ket_2018") }
            #expect(throws: Batching.Refusal.nobody) { _ = try batching.open(.province, stage: "tong_ket_2020") }
        }
        try ledger.close()
    }
}
