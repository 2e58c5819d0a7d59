import Foundation
import Intake
import Ledger
import Mail
import Records
import Review
import Sheets
import Testing

/// A year of the campaign, played in order: invitations, the mails of the sample mailbox by their own dates, reminders, the
/// freeze, the consolidated report, the review. What the ledger, the letters and the exports say must fit together.
@Suite struct CampaignYearTests {
    private let office: MaildirOffice

    init() throws {
        office = try MaildirOffice()
    }

    private func run(_ arguments: String...) throws -> ProgramRun {
        let run = try office.run(arguments)
        #expect(run.status == 0, "\(arguments): \(run.errors)")
        return run
    }

    private func view<T>(_ body: (LedgerView) throws -> T) throws -> T {
        let ledger = try Ledger.open(folder: office.scratch.path("data"), mode: .read)
        defer { try? ledger.close() }
        return try ledger.read(body)
    }

    @Test func fitsTogetherFromTheInvitationToTheAward() throws {
        // The worker's first start makes the ledger.
        _ = try run("run", "--once")
        try invite()
        _ = try run("import", Repository.path("Mailbox"), "--answer")
        try answers()
        let filed = try reports()
        try remind(filed: filed)
        try freeze(filed: filed)
        try summarize(filed: filed)
        try review()
        try late()
        // Every kind of notice to units and the Council was written.
        let house: Set<NoticeKind> = [.opinionRequest, .dailyDigest, .technicalAlarm]
        #expect(Set(try view { try $0.outbox() }.map(\.kind)) == Set(NoticeKind.allCases).subtracting(house))
    }

    /// Each unit that owes something for 2019 is invited, once, and the letters wait.
    private func invite() throws {
        let first = try run("invite", "--period", "2019")
        #expect(first.lines.count == 44)
        #expect(first.lines.allSatisfy { $0.contains("\theld\t") || $0.contains("no address") })
        #expect(try run("invite", "--period", "2019").lines.allSatisfy { !$0.contains("\theld\t") })
        let held = try view { try $0.outbox([.held]) }.filter { $0.kind == .blankForms }
        let approved = try run("outbox", "approve", "--kind", "gui_bieu").lines
        #expect(approved.count == held.count && approved.allSatisfy { $0.hasSuffix("approved") })
    }

    /// Every mail of the sample mailbox is in the ledger once, and what must not be answered has no answer.
    private func answers() throws {
        let folder = URL(filePath: Repository.path("Mailbox")).resolvingSymlinksInPath()
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap {
            $0 as? URL
        }
        let mails = try #require(files).count { $0.pathExtension == "eml" }
        #expect(mails >= 100)
        #expect(try view { try $0.messages() }.count == mails)
        let silent: Set<MessageOutcome> = [.automatic, .refused, .repeated]
        let (answered, unanswered) = try view { stored in
            let told = Set(try stored.outbox().compactMap(\.inReplyTo))
            return (
                try stored.messages().filter { told.contains($0.id) },
                try stored.messages().filter { !told.contains($0.id) }
            )
        }
        #expect(answered.allSatisfy { !silent.contains($0.message.outcome) })
        // Of strangers and of mail that nobody vouches for not all are told, and the same content once a day.
        #expect(answered.count > 90 && unanswered.count < 12)
    }

    /// - Returns: the communes whose report of 2019 counts.
    private func reports() throws -> Set<String> {
        let lines = try run("status", "--period", "2019", "--json").objects()
            .filter { $0["form"] as? String == "bao_cao_xa" }
        let states = Dictionary(grouping: lines) { $0["state"] as? String ?? "" }
        #expect(lines.count == 23)
        let filed = Set(states["filed", default: []].compactMap { $0["unit"] as? String })
        let stored = try view { stored in
            try stored.acceptedAnswers(forms: ["bao_cao_xa"]).filter { $0.key.period == "2019" }.map(
                \.key.unit.rawValue)
        }
        #expect(filed == Set(stored) && filed.count >= 9)
        return filed
    }

    private func remind(filed: Set<String>) throws {
        let due = try run("remind", "--on", "2019-12-25T09:00").lines.filter { $0.contains("bao_cao_xa 2019") }
        #expect(due.count == 23 - filed.count)
        #expect(Set(due.map { String($0.split(separator: "\t")[0]) }).isDisjoint(with: filed))
        // Ten days after the due day the Council members have their lists.
        let late = try run("remind", "--on", "2019-12-30T09:00").lines
        #expect(late.contains { $0.hasPrefix("cum1\t") && $0.contains("\theld\t") })
    }

    private func freeze(filed: Set<String>) throws {
        _ = try run("freeze", "--period", "2019", "--document", "Báo cáo số 12/BC-NV")
        // A letter for each report and list that counts, whichever form.
        let all = try run("status", "--period", "2019", "--json").objects().count { $0["state"] as? String == "filed" }
        #expect(all > filed.count)
        #expect(try view { try $0.outbox() }.count { $0.kind == .figuresFrozen } == all)
        #expect(try view { try $0.isFrozen(form: "bao_cao_xa", period: "2019") })
    }

    /// The exported sum is the sum of what the ledger holds.
    private func summarize(filed: Set<String>) throws {
        let run = try run("summary", "--period", "2019", "-o", "tong-hop.xlsx")
        #expect(run.errors.contains("gồm \(filed.count)/23 xã, thị trấn"))
        #expect(run.errors.contains("chốt ngày"))
        let poor = try view { stored in
            try stored.acceptedAnswers(forms: ["bao_cao_xa"]).filter { $0.key.period == "2019" }
                .compactMap { $0.figures["ngheo_cuoi"].flatMap { Double($0) } }.reduce(0, +)
        }
        let bytes = try Data(contentsOf: URL(filePath: office.scratch.path("tong-hop.xlsx")))
        let sheet = try #require(try WorkbookReader.read([UInt8](bytes)).sheets.first)
        let total = try #require(sheet.cells.last { $0.value == .text("Tổng cộng") })
        let sums = sheet.cells.filter { $0.row == total.row }.compactMap { cell -> Double? in
            if case .number(let number) = cell.value { Double("\(number)") } else { nil }
        }
        #expect(sums.contains(poor) && poor > 0)
    }

    /// One nomination goes all the way, one comes back and is then not put forward, one is withdrawn.
    private func review() throws {
        let queued = try run("queue", "--json").objects().compactMap { $0["receipt"] as? String }
        #expect(queued.count >= 3)
        _ = try run("decide", queued[0], "take")
        _ = try run("decide", queued[0], "propose-district", "--reason", "Đã xét")
        try list(.district, with: "215/QĐ-UBND", of: queued[0], to: .awardedByDistrict)
        try list(.province, with: "1020/QĐ-UBND", of: queued[0], to: .awarded)
        _ = try run("decide", queued[1], "return", "--reason", "Gửi biên bản họp xét")
        _ = try run("decide", queued[1], "decline", "--reason", "Thiếu biên bản họp xét")
        _ = try run("decide", queued[2], "withdraw")
        _ = try run("queue", "--export", "e1.xlsx")
        let bytes = try Data(contentsOf: URL(filePath: office.scratch.path("e1.xlsx")))
        let listed = try WorkbookReader.read([UInt8](bytes)).sheets.flatMap(\.cells).compactMap { cell -> String? in
            if case .text(let text) = cell.value, text.hasPrefix("KT-") { text } else { nil }
        }
        #expect(listed.contains(queued[0]))
        #expect(!listed.contains(queued[1]) && !listed.contains(queued[2]))
    }

    /// A list of one nominee goes its way to the decision and the letter.
    private func list(
        _ level: BatchRecord.Level, with decision: String, of receipt: String, to state: DossierState
    ) throws {
        let ledger = try Ledger.open(folder: office.scratch.path("data"), mode: .edit)
        defer { try? ledger.close() }
        let day = try #require(CivilDate(year: 2020, month: 5, day: 20))
        let number = try #require(Receipt.mentioned(in: receipt).first)
        let (office, now) = (try laidDown(), Date())
        try ledger.write { transaction in
            let batching = Batching(office: office, transaction: transaction, now: now, who: "test")
            let submission = try #require(try transaction.stored.submission(receipt: number))
            let stage = try #require(submission.key.stage)
            let id = try batching.open(level, stage: stage)
            #expect(try transaction.stored.lines(of: id).map(\.submission) == [submission.id])
            try batching.propose(id, .init(number: "31/TTr-UBND", day: day))
            try batching.decide(id, .init(number: decision, day: day), signer: "", ceremony: "", refused: [:])
            #expect(try batching.tell(id) == 1)
            #expect(try transaction.stored.dossier(of: submission.id)?.state == state)
        }
    }

    /// The office as its forms folder says.
    private func laidDown() throws -> Office {
        let contact = OfficeContact(
            from: try #require(MailAddress("noivu@canloc.example")), generalMailbox: "", phone: "",
            maximumMessageBytes: 35 << 20)
        return try OfficeReader(folder: FormsFolder(Repository.path("Forms")), zone: .indochina)
            .office(contact: contact)
    }

    /// A nomination that nobody has seen before comes by hand, a day after the stage has closed.
    private func late() throws {
        let forms = try laidDown()
        let unit = try #require(UnitCode("thuanthien"))
        _ = try office.scratch.write("muon.xlsx", SampleNomination(name: "Công ty Đến Muộn").workbook(for: unit, forms))
        let line = try #require(
            try run(
                "submit", "muon.xlsx", "--unit", "thuanthien", "--received", "2020-05-16T08:00", "--note", "Zalo"
            ).lines.last)
        #expect(line.contains("da_dong"))
    }
}
