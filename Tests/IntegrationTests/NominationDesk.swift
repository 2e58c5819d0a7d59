import Campaign
import Foundation
import Intake
import Ledger
import Mail
import Records
import Support
import Testing
import XLSForm

/// An office to which units mail nominations, filled in through the product's own blank forms.
struct NominationDesk {
    let desk: MaildirOffice
    let office: Office

    init() throws {
        desk = try MaildirOffice()
        let contact = OfficeContact(
            from: try #require(MailAddress("noivu@canloc.example")), generalMailbox: "", phone: "",
            maximumMessageBytes: 35 << 20)
        office = try OfficeReader(folder: FormsFolder(Repository.path("Forms")), zone: .indochina)
            .office(contact: contact)
    }

    /// A household of Thiên Lộc, in order.
    static func household(
        _ name: String = "Nguyễn Văn Bình", unit: String = "thienloc", stage: String = "tong_ket_2020",
        with changes: [String: Any] = [:]
    ) -> FilledWorkbook {
        var answers: [String: Any] = ["ten": name]
        if unit != "thienloc" {
            answers["xa"] = unit
            answers["thon"] = NSNull()
        }
        return FilledWorkbook(
            form: "dn_ho", unit: unit, stage: stage, answers: answers.merging(changes) { $1 })
    }

    /// A unit mails workbooks and papers on a day, and the worker answers.
    func mail(
        _ workbooks: FilledWorkbook..., papers: [String] = [], from sender: String = "thienloc",
        domain: String = "canloc.example", on day: String = "2020-03-10", subject: String = "Gửi Phòng Nội vụ"
    ) throws {
        let files = try workbooks.enumerated().map {
            MessageBuilder.Attachment("bieu \($0.offset + 1).xlsx", try $0.element.bytes(office))
        }
        let scans = papers.map {
            MessageBuilder.Attachment($0, contentType: "application/pdf", Array("%PDF-1.4 \($0) \(day)".utf8))
        }
        var message = MessageBuilder(from: "\(sender)@\(domain)", attaching: files + scans)
        message.trace = [
            (
                "Authentication-Results",
                "mx.canloc.example; dmarc=pass header.from=\(domain); spf=pass smtp.mailfrom=\(domain); "
                    + "dkim=pass header.d=\(domain)"
            ),
            (
                "Received",
                "from mail.\(domain) (mail.\(domain) [192.0.2.25]) by mx.canloc.example with ESMTPS id 4Zx0aB; "
                    + "Thu, 19 Dec 2019 09:00:00 +0700"
            ),
        ]
        message.subject = subject
        message.messageID = "\(sender).\(day).\(UUID().uuidString)@\(domain)"
        let date = try #require(CivilDate(iso8601: day))
        let first = try #require(CivilDate(iso8601: "2019-12-19"))
        try desk.deliver(message.bytes(), daysLater: Double(date.daysSince1970 - first.daysSince1970))
        try work()
    }

    /// The worker looks at the mailbox.
    func work() throws {
        let run = try desk.run(["run", "--once", "--since", "1970-01-01", "--answer"])
        #expect(run.status == 0, "\(run.errors)")
    }

    func view<T>(_ body: (LedgerView) throws -> T) throws -> T {
        let ledger = try Ledger.open(folder: desk.scratch.path("data"), mode: .read)
        defer { try? ledger.close() }
        return try ledger.read(body)
    }

    func submission(_ receipt: String) throws -> SubmissionRecord {
        let receipt = try #require(Receipt.mentioned(in: receipt).first)
        return try view { try #require(try $0.submission(receipt: receipt)) }
    }

    /// Everything that keeps a file from the list is said and there.
    func makeReady(_ receipt: String) throws {
        for arguments in [
            ["take"], ["assess", "--standard", "all", "--verdict", "met"], ["original", "--paper", "TT"],
            ["original", "--paper", "MC1"], ["original", "--paper", "MC2"], ["opinion", "--agrees"],
            ["propose-district"],
        ] {
            let run = try desk.run(["decide", receipt] + arguments)
            #expect(run.status == 0, "\(receipt) \(arguments): \(run.errors)")
        }
    }
}
