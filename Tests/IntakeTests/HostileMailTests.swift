import Foundation
import Intake
import Ledger
import Logging
import Mail
import Records
import Support
import Testing
import XLSForm

/// Mail that means harm, or that old programs wrote: it must cost nobody else anything.
@Suite struct HostileMailTests {
    private static let weirdIdentifiers = [
        "raw 8-bit": "ệ@canloc.vn", "bracket within": "a<b@x",
        "ten kilobytes": String(repeating: "a", count: 10_240) + "@x",
        "escape": "x\u{1B}[31m@y", "blank within": "a b@x",
    ]

    /// What a program writes as its identifier must not cost the sender the answer.
    @Test(arguments: weirdIdentifiers.keys.sorted())
    func aWeirdIdentifierIsAnswered(_ kind: String) throws {
        let identifier = try #require(Self.weirdIdentifiers[kind])
        var mail = Self.mail(from: "xuanloc@canloc.example")
        mail.messageID = identifier
        mail.fields = [("References", "<\(identifier)> <0@x.example>"), ("In-Reply-To", "<\(identifier)>")]
        let bench = try Bench()
        try bench.take([mail.bytes()])
        let notices = try bench.notices()
        #expect(notices.map(\.kind) == [.noWorkbook])
        #expect(notices.map(\.state) == [.pending])
    }

    /// Mail without any identifier shares no thread: what one sender was told is not told to another.
    @Test func mailWithoutIdentifierIsAThreadOfItsOwn() throws {
        let bench = try Bench()
        try bench.take(
            ["xuanloc", "vinhloc"].map {
                let bytes = Self.mail(from: "\($0)@canloc.example").bytes()
                let text = String(decoding: bytes, as: UTF8.self).replacing(
                    "Message-ID: <1@may.example.vn>\r\n", with: "")
                return Array(text.utf8)
            })
        #expect(
            try bench.notices().map(\.recipient) == ["xuanloc@canloc.example", "vinhloc@canloc.example"])
    }

    /// Forged mail makes the office write to the one whose address it bears a few times at most, and real receipts still
    /// go out.
    @Test func forgedMailNeitherFloodsNorHoldsBack() throws {
        let bench = try Bench()
        let forged = (1...120).map { number in
            var mail = Self.mail(from: "xuanloc@canloc.example", isVerified: false)
            mail.messageID = "\(number)@x.example"
            return mail.bytes()
        }
        try bench.take(forged)
        #expect(try bench.notices().map(\.kind) == [.unverified, .unverified, .unverified])
        try bench.take([Self.mail(from: "xuanloc@canloc.example").bytes()])
        let last = try #require(try bench.notices().last)
        #expect(last.kind == .noWorkbook)
        #expect(last.state == .pending)
    }

    /// Another spelling of an address is no other address: limits count it as the same, and so does the letter.
    @Test func spellingOfAnAddressDoesNotCount() throws {
        let bench = try Bench()
        let mails = ["nguoi.la", "Nguoi.La", "NGUOI.LA"].enumerated().map { number, local in
            var mail = Self.mail(from: "\(local)@thu.vidu.example")
            mail.messageID = "\(number)@x.example"
            return mail.bytes()
        }
        try bench.take(mails)
        #expect(try bench.notices().map(\.recipient) == ["nguoi.la@thu.vidu.example"])
    }

    /// Our own letters that come back are answered by nothing, whoever sends them.
    @Test func ourOwnLettersEndTheTalk() throws {
        let bench = try Bench()
        try bench.take([Self.mail(from: "xuanloc@canloc.example").bytes()])
        let letter = try #require(try bench.notices().first)
        let bytes = try #require(try bench.mime(of: letter.id))
        let trace = Self.trace("canloc.example").map { "\($0.name): \($0.value)\r\n" }.joined()
        try bench.take([Array(trace.utf8) + bytes])
        // As a program would that answers by itself and keeps the fields.
        let turned = String(decoding: bytes, as: UTF8.self).replacing(
            "noivu@canloc.example", with: "vinhloc@canloc.example")
        try bench.take([Array((trace + turned).utf8)])
        #expect(try bench.notices().count == 1)
    }

    /// A table of wrong rows without end still becomes a workbook: a sheet holds a limited number of links.
    @Test func moreFindingsThanASheetHoldsLinks() throws {
        let office = try SampleOffice.office.get()
        let form = try #require(office.forms.definitions.first { $0.identity.id == "bao_cao_xa" })
        let cell = try #require(CellReference(sheet: "A. Thông tin chung", row: 7, column: 4))
        let finding = Finding(.cellNotNumber, severity: .error, cell: cell, question: "nam", arguments: ["value": "x"])
        let bound = BoundWorkbook(
            form: form.identity, receipt: nil, printed: PrintedContext(), answers: [], tableRows: [:], findings: [])
        let judgement = Judgement(
            verdict: Verdict(
                form: form.identity, outcome: .needsCorrection, findings: Array(repeating: finding, count: 70_000),
                lookups: [], receiptLines: [], definition: ""),
            answers: [],
            identity: SubmissionIdentity(unit: nil, period: nil, stage: nil, reward: nil, nominee: nil, key: nil),
            evidence: [])
        let corrected = try office.correctedWorkbook(bound, file: nil, judgement: judgement, receipt: nil)
        #expect(!corrected.bytes.isEmpty)
    }
}

extension HostileMailTests {
    fileprivate static func trace(_ domain: String) -> [(name: String, value: String)] {
        [
            ("Authentication-Results", "mx.canloc.example; dmarc=pass header.from=\(domain)"),
            ("Received", "from may.example.vn by mx.canloc.example with ESMTPS; Wed, 18 Dec 2019 16:55:00 +0700"),
        ]
    }

    fileprivate static func mail(from address: String, isVerified: Bool = true) -> MessageBuilder {
        var builder = MessageBuilder(from: address)
        let trace = trace(String(address.split(separator: "@").last ?? ""))
        builder.trace = isVerified ? trace : [trace[1]]
        builder.date = "Wed, 18 Dec 2019 16:55:00 +0700"
        return builder
    }
}

/// A ledger of its own, into which mails are taken as the worker takes them.
final class Bench {
    let ledger: Ledger
    private let archive: Archive
    private let pipeline: Pipeline
    private let folder: URL
    private var next: UInt32 = 1

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("formpost-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        ledger = try Ledger.open(folder: folder.path, mode: .work)
        archive = try Archive(folder: folder.path)
        pipeline = try SampleOffice.pipeline()
    }

    deinit {
        try? ledger.close()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Takes mails in as one batch; each must come into the ledger.
    @discardableResult
    func take(_ mails: [[UInt8]]) throws -> [MessageRecord] {
        let arrived = try mails.map { bytes in
            defer { next += 1 }
            let key = MessageKey(
                account: "mau", folder: "INBOX", uidValidity: try #require(UIDValidity(1)), uid: try #require(UID(next))
            )
            return ArrivedMail(key: key, received: Date(timeIntervalSince1970: 1_576_663_200), bytes: bytes)
        }
        let filed = try pipeline.file(
            pipeline.read(arrived, into: archive), into: ledger, logger: Logger(label: "test"))
        #expect(filed.count == mails.count)
        return try ledger.read { view in try filed.compactMap { try view.message($0.id) } }
    }

    func notices() throws -> [OutboxEntry] { try ledger.read { try $0.outbox() } }

    func mime(of notice: RowID<OutboxEntry>) throws -> [UInt8]? { try ledger.read { try $0.mime(of: notice) } }
}
