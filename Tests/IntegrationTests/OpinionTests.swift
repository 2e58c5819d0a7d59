import Foundation
import Ledger
import Mail
import Records
import Support
import Testing

/// Other offices are asked for their opinion by mail, and a plain answer is filed as it.
@Suite struct OpinionTests {
    private let office: MaildirOffice
    private let receipt: String

    init() throws {
        office = try MaildirOffice()
        try office.deliver(["002-de-nghi-tai-tro-dat"])
        #expect(try office.run(Self.past).status == 0)
        receipt = try #require(try office.run(["queue", "--json"]).objects().first?["receipt"] as? String)
    }

    private static let past = ["run", "--once", "--since", "1970-01-01", "--answer"]

    private func view<T>(_ body: (LedgerView) throws -> T) throws -> T {
        let ledger = try Ledger.open(folder: office.scratch.path("data"), mode: .read)
        defer { try? ledger.close() }
        return try ledger.read(body)
    }

    private func submission() throws -> SubmissionRecord { try #require(try view { try $0.submissions().first }) }

    /// A plain mail that answers the newest request.
    private func answer(from sender: String, _ text: String, isVerified: Bool = true, _ id: String) throws {
        let request = try #require(try view { try $0.outbox().last { $0.kind == .opinionRequest } })
        var message = MessageBuilder(from: sender)
        message.text = text
        message.messageID = "\(id)@canloc.example"
        message.fields = [("In-Reply-To", "<\(request.messageID)>")]
        if isVerified {
            message.trace = [
                (
                    "Authentication-Results",
                    "mx.canloc.example; dmarc=pass header.from=canloc.example; dkim=pass header.d=canloc.example"
                ),
                (
                    "Received",
                    "from mail.canloc.example (mail.canloc.example [192.0.2.25]) by mx.canloc.example with ESMTPS id 4Zx0aB;"
                        + " Thu, 19 Dec 2019 09:00:00 +0700"
                ),
            ]
        }
        try office.deliver(message.bytes(), daysLater: 100)
        #expect(try office.run(Self.past).status == 0)
    }

    @Test func labourIsAskedAndItsAnswerIsTheOpinion() throws {
        let run = try office.run(["ask", receipt, "--of", "labour", "--until", "2020-05-05"])
        #expect(run.lines == ["\(receipt)\tPhòng Lao động - TB&XH\tpending\tlien.ldtbxh@canloc.example"])
        let file = try submission()
        #expect(
            try view { try $0.remarks(on: receipt).map(\.words) } == [
                "Đã xin ý kiến Phòng Lao động - TB&XH, trước ngày 05/05/2020."
            ])
        let letters = try view { try $0.outbox().count }
        let quoted = "Đồng ý với đề nghị của xã.\n\nVào 20/04/2020, Phòng Nội vụ đã viết:\n> Đề nghị cho ý kiến"
        try answer(from: "lien.ldtbxh@canloc.example", quoted, "y1")
        let opinion = try #require(try view { try $0.opinions(of: file.id).last })
        #expect(opinion.agrees && opinion.words == "Đồng ý với đề nghị của xã.")
        #expect(opinion.who == "Phòng Lao động - TB&XH (thư của lien.ldtbxh@canloc.example)")
        #expect(try view { try $0.dossier(of: file.id)?.flag.contains("opinion") } == true)
        // Nobody answers an opinion, and nobody is asked to.
        #expect(try view { try $0.outbox().count } == letters)
        #expect(try view { try $0.messageCount(.question) } == 0)
        try answer(from: "lien.ldtbxh@canloc.example", "Đề nghị làm rõ nguồn vốn.", "y2")
        #expect(try view { try $0.opinions(of: file.id).map(\.agrees) } == [true, false])
    }

    /// Whoever was not asked gives no opinion, nor does somebody whom nobody vouches for.
    @Test func onlyTheAddressThatWasAskedAnswers() throws {
        _ = try office.run(["ask", receipt, "--of", "labour", "--until", "2020-05-05"])
        try answer(from: "xuanloc@canloc.example", "Đồng ý", "z1")
        try answer(from: "lien.ldtbxh@canloc.example", "Đồng ý", isVerified: false, "z2")
        #expect(try view { try $0.opinions(of: submission().id) }.isEmpty)
    }

    /// What another office says is no word of Labour's: it stands among the notes.
    @Test func anotherOfficesAnswerIsANote() throws {
        let run = try office.run([
            "ask", receipt, "--of", "taichinh", "--until", "2020-05-05", "--question", "Nghĩa vụ thuế năm 2019.",
        ])
        #expect(run.status == 0)
        try answer(from: "taichinh@canloc.example", "Không nợ thuế.\n-- \nPhòng Tài chính", "t1")
        #expect(try view { try $0.remarks(on: receipt).last?.words } == "Ý kiến: Không nợ thuế.")
        #expect(try view { try $0.opinions(of: submission().id) }.isEmpty)
    }

    @Test(arguments: [
        ["--of", "nobody", "--until", "2020-05-05"], ["--of", "labour", "--until", "soon"], ["--of", "labour"],
    ])
    func wrongUsageIs64(arguments: [String]) throws {
        #expect(try office.run(["ask", receipt] + arguments).status == 64)
        #expect(try office.run(["ask", "BC-2019-9999", "--of", "labour", "--until", "2020-05-05"]).status == 64)
    }
}
