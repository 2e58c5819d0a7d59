import Foundation
import Testing

/// A form that has changed bears another version than the one that the worker has used.
@Suite struct CommandCheckVersionTests {
    private static let heading = "A. Thông tin chung"
    private static let otherHeading = "A. Thông tin"

    @Test func withoutALedgerNothingIsKnownOfBefore() throws {
        let office = try MaildirOffice(copyingForms: true)
        try EditedWorkbook.replace(Self.heading, with: Self.otherHeading, in: Self.form(office))
        let run = try office.run(["check"])
        #expect(run.status == 0)
        #expect(run.errors.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: office.scratch.path("data")))
    }

    @Test func aLedgerThatCannotBeReadIsTold() throws {
        let office = try MaildirOffice(copyingForms: true)
        try FileManager.default.createDirectory(atPath: office.scratch.path("data"), withIntermediateDirectories: true)
        _ = try office.scratch.write("data/ledger.sqlite", "no ledger, and long enough for none".utf8)
        let run = try office.run(["check"])
        #expect(run.status == 0)
        #expect(run.errors.contains(office.scratch.path("data")))
    }

    @Test func aChangedFormIsRefusedUnderItsVersion() throws {
        let office = try MaildirOffice(copyingForms: true)
        #expect(try office.run(["run", "--once"]).status == 0)
        #expect(try office.run(["check"]).status == 0)
        try EditedWorkbook.replace(Self.heading, with: Self.otherHeading, in: Self.form(office))
        for arguments in [["check", "--json"], ["check", "--json", Self.form(office)]] {
            let run = try office.run(arguments)
            #expect(run.status == 1)
            #expect(run.errors.isEmpty)
            let problem = try #require(try run.objects().first)
            #expect(try run.objects().count == 1)
            #expect(problem["code"] as? String == "version.unchanged")
            #expect(problem["file"] as? String == "bao_cao_xa.xlsx")
            #expect(problem["sheet"] as? String == "settings")
            #expect(problem["row"] as? Int == 2)
        }
    }

    @Test func theWorkerDoesNotStartWithAChangedForm() throws {
        let office = try MaildirOffice(copyingForms: true)
        #expect(try office.run(["run", "--once"]).status == 0)
        try EditedWorkbook.replace(Self.heading, with: Self.otherHeading, in: Self.form(office))
        let run = try office.run(["run", "--once"])
        #expect(run.status == 78)
        #expect(run.errors.contains("bao_cao_xa.xlsx, sheet settings, row 2"))
        // What was refused was not used.
        try EditedWorkbook.replace(Self.otherHeading, with: Self.heading, in: Self.form(office))
        #expect(try office.run(["run", "--once"]).status == 0)
    }

    /// Whoever opens a form and saves it has changed its bytes and nothing else.
    @Test func aFormThatWasOnlySavedHasNotChanged() throws {
        let office = try MaildirOffice(copyingForms: true)
        #expect(try office.run(["run", "--once"]).status == 0)
        let before = try Data(contentsOf: URL(filePath: Self.form(office)))
        try EditedWorkbook.replace(Self.heading, with: Self.heading, in: Self.form(office))
        #expect(try Data(contentsOf: URL(filePath: Self.form(office))) != before)
        #expect(try office.run(["check"]).status == 0)
        #expect(try office.run(["run", "--once"]).status == 0)
    }

    @Test func anotherVersionMayBeDifferentWhileTheFormerStays() throws {
        let office = try MaildirOffice(copyingForms: true)
        #expect(try office.run(["run", "--once"]).status == 0)
        let former = office.scratch.path("Forms/earlier/bao_cao_xa-2019.1.xlsx")
        try FileManager.default.copyItem(atPath: Self.form(office), toPath: former)
        try EditedWorkbook.replace(Self.heading, with: Self.otherHeading, in: Self.form(office))
        try EditedWorkbook.replace("2019.1", with: "2019.2", in: Self.form(office))
        #expect(try office.run(["check"]).status == 0)
        #expect(try office.run(["run", "--once"]).status == 0)
        try EditedWorkbook.replace(Self.heading, with: Self.otherHeading, in: former)
        let run = try office.run(["check", "--json"])
        #expect(try run.objects().map { $0["file"] as? String } == ["bao_cao_xa-2019.1.xlsx"])
        #expect(try run.objects().map { $0["code"] as? String } == ["version.unchanged"])
    }

    private static func form(_ office: MaildirOffice) -> String { office.scratch.path("Forms/bao_cao_xa.xlsx") }
}
