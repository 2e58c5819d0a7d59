import Foundation
import Testing

@Suite struct CommandMailTests {
    static let message = """
        From: =?utf-8?q?X=C3=A3_Thi=C3=AAn_L=E1=BB=99c?= <thienloc@canloc.example>
        Reply-To: a@canloc.example, b@canloc.example
        To: noivu@canloc.example
        Date: Wed, 18 Dec 2019 16:55:00 +0700
        Message-ID: <one@canloc.example>
        Subject: =?utf-8?b?QsOhbyBjw6Fv?= 2019
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8

        abc
        """

    @Test func printsOneObject() throws {
        let scratch = try Scratch()
        let file = try scratch.write("a.eml", Self.message.replacing("\n", with: "\r\n").utf8)
        let run = try ProgramRun(["mail", file], in: scratch)
        #expect(run.status == 0)
        #expect(run.errors.isEmpty)
        #expect(
            run.lines == [
                #"{"automatic":null,"date":"2019-12-18T16:55:00+07:00","from":"thienloc@canloc.example","#
                    + #""messageID":"one@canloc.example","parts":[{"contentType":"text/plain","filename":null,"#
                    + #""kind":"text","path":"1","#
                    + #""sha256":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad","size":3}],"#
                    + #""replyTo":"a@canloc.example, b@canloc.example","subject":"Báo cáo 2019"}"#
            ])
    }

    @Test func whatIsMissingIsNull() throws {
        let run = try ProgramRun(["mail", "/dev/stdin"], input: "X-Nothing: here\r\n\r\n", in: Scratch())
        #expect(run.status == 0)
        let object = try #require(try run.objects().first)
        for key in ["from", "replyTo", "date", "messageID", "automatic"] { #expect(object[key] is NSNull, "\(key)") }
        #expect(object["subject"] as? String == "")
        #expect(object.allKeys.count == 7)
    }

    @Test func partsOfAWrapperFollowIt() throws {
        let parts = try parts("025-chuyen-tiep")
        #expect(parts.map { $0["path"] } == ["1", "2", "2.1", "2.2"])
        #expect(parts.map { $0["kind"] } == ["text", "message", "text", "xlsx"])
        #expect(parts.map { $0["filename"] } == ["", "", "", "BC Dong Loc.xlsx"])
    }

    @Test(arguments: [
        ("001-bao-cao-dat", "BC 2019 Thiên Lộc.xlsx", "xlsx"),
        ("020-mat-khau", "BC Son Loc.xlsx", "encrypted-workbook"), ("021-zip-hong", "bao cao.zip", "zip"),
        (
            "024-ten-tep-rfc2231", "Báo cáo kết quả thực hiện Phong trào thi đua năm 2019 – xã Vĩnh Lộc.xlsx", "xlsx"
        ),
    ])
    func kindIsWhatTheBytesAre(mail: String, filename: String, kind: String) throws {
        let part = try #require(try parts(mail).last)
        #expect(part["filename"] == filename)
        #expect(part["kind"] == kind)
    }

    @Test(arguments: [
        ("001-bao-cao-dat", nil), ("017-tra-loi-tu-dong", "auto-submitted"), ("018-thu-bao-loi", "null-return-path"),
    ])
    func saysWhyItIsNeverAnswered(mail: String, reason: String?) throws {
        let run = try ProgramRun(["mail", Repository.path("Mailbox/\(mail)/1.eml")], in: Scratch())
        #expect(try run.objects().map { $0["automatic"] as? String } == [reason])
    }

    @Test(arguments: ["", "\u{0}\u{1}\u{2}", "no header here"])
    func whatIsNoMessageIs65(text: String) throws {
        let run = try ProgramRun(["mail", "/dev/stdin"], input: text, in: Scratch())
        #expect(run.status == 65)
        #expect(run.output.isEmpty)
        #expect(run.errors.hasPrefix("/dev/stdin: mail.notMessage: "))
    }

    /// Of a sample mail; null is the empty text.
    private func parts(_ mail: String) throws -> [[String: String]] {
        let run = try ProgramRun(["mail", Repository.path("Mailbox/\(mail)/1.eml")], in: Scratch())
        #expect(run.status == 0)
        let parts = try #require(try run.objects().first?["parts"] as? [[String: Any]])
        return parts.map { part in part.mapValues { $0 as? String ?? "" } }
    }
}
