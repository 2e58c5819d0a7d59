import Foundation
import Intake
import Ledger
import Records
import Sheets
import Support
import Testing
import XLSForm

/// Forms that are more than one file: csv folders, and workbooks with tables beside them.
@Suite struct FormFileTests {
    @Test func aFolderOfCsvFilesIsAForm() throws {
        let folder = try Folder()
        try folder.writeCsvForm()
        #expect(try folder.problems().isEmpty)
        let form = try #require(try folder.office().forms.current("nha_o")).definition
        #expect(form.questions.map(\.name) == ["thon", "muc"])
        #expect(form.tables["muc"]?.value("tien", where: "khoa", is: "b") == "200")
    }

    @Test func theTablesOfAWorkbookLieBesideIt() throws {
        let folder = try Folder()
        try folder.write(
            "nha_o.xlsx",
            WorkbookWriter.write(
                WorkbookDraft(sheets: [
                    (
                        "survey",
                        [
                            ["type", "name", "label", "calculation"],
                            ["select_one_from_file muc.csv", "loai", "Loại"],
                            ["calculate", "muc", "", "pulldata('muc', 'tien', 'name', ${loai})"],
                        ]
                    ),
                    ("settings", [["form_title", "form_id", "version"], ["Nhà ở", "nha_o", "1"]]),
                ])))
        #expect(try folder.problems().map(\.code).contains("table.missing"))
        try folder.write("nha_o-media/muc.csv", Array("name,label,tien\na,A,100\nb,B,200\n".utf8))
        #expect(try folder.problems().isEmpty)
        let form = try #require(try folder.office().forms.current("nha_o")).definition
        #expect(form.tables["muc"]?.value("tien", where: "name", is: "b") == "200")
    }

    /// The worker reads a form as whatever workbook it was saved.
    @Test(arguments: ["xls", "ods"])
    func aFormIsAWorkbookOfAnyKind(_ ending: String) throws {
        let folder = try Folder()
        let fixture = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "XLSFormTests/Fixtures/Definitions/dang_ky_do_dau.\(ending)")
        try folder.write("dang_ky_do_dau.\(ending)", [UInt8](try Data(contentsOf: fixture)))
        #expect(try folder.problems().isEmpty)
        let form = try #require(try folder.office().forms.current("dang_ky_do_dau")).definition
        #expect(form.questions.contains { $0.repeatName != nil })
        let path = folder.forms.path + "/dang_ky_do_dau.\(ending)"
        #expect(try folder.reader.problems(ofForm: path, after: PublishedForms(nil)).isEmpty)
    }

    @Test func aTableIsPartOfItsForm() throws {
        let folder = try Folder()
        try folder.writeCsvForm()
        let ledger = try Ledger.open(folder: folder.url.path, mode: .work)
        defer { try? ledger.close() }
        try folder.office().recordDefinitions(in: ledger, at: Date())
        let published = PublishedForms(ledger)
        #expect(try folder.problems(after: published).isEmpty)
        // The same tables in other quotes say the same.
        try folder.write("nha_o/muc.csv", Array("khoa,tien\n\"a\",100\nb,\"200\"\n".utf8))
        #expect(try folder.problems(after: published).isEmpty)
        let before = FormsContents(of: folder.forms)
        try folder.write("nha_o/muc.csv", Array("khoa,tien\na,100\nb,201\n".utf8))
        #expect(FormsContents(of: folder.forms).names(changedSince: before) == ["muc.csv"])
        #expect(try folder.problems(after: published).map(\.code) == ["version.unchanged"])
    }

    @Test func oneFormIsCheckedByItsFolder() throws {
        let folder = try Folder()
        try folder.writeCsvForm()
        let path = folder.forms.path + "/nha_o"
        #expect(FormsFolder.isForm(path))
        #expect(!FormsFolder.isForm(folder.forms.path + "/notices"))
        #expect(try folder.reader.problems(ofForm: path, after: PublishedForms(nil)).isEmpty)
        try folder.write("nha_o/muc.csv", Array("khoa,dong\na,100\n".utf8))
        let problems = try folder.reader.problems(ofForm: path, after: PublishedForms(nil))
        #expect(problems.map(\.code) == ["table.column"])
        #expect(problems.map(\.sheet) == ["survey"])
    }

    @Test func aTableThatCannotBeReadIsNamed() throws {
        let folder = try Folder()
        try folder.writeCsvForm()
        try folder.write("nha_o/muc.csv", [0, 1, 2, 3])
        #expect(try folder.problems().map(\.file) == ["muc.csv"])
    }
}

/// A forms folder with the office's units, plan and notices, and no forms but those written into it.
private final class Folder {
    let url: URL
    var forms: FormsFolder { FormsFolder(url.path + "/Forms") }
    var reader: OfficeReader { OfficeReader(folder: forms, zone: .indochina) }

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "formpost-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: url.appending(path: "Forms"), withIntermediateDirectories: true)
        for name in ["units.xlsx", "plan.xlsx", "notices"] {
            try FileManager.default.copyItem(
                atPath: SampleOffice.folder.path + "/" + name, toPath: forms.path + "/" + name)
        }
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func write(_ name: String, _ bytes: [UInt8]) throws {
        let file = URL(fileURLWithPath: forms.path).appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    func writeCsvForm() throws {
        try write(
            "nha_o/survey.csv",
            Array(
                "type,name,label,calculation\ntext,thon,Thôn,\ncalculate,muc,,\"pulldata('muc','tien','khoa',${thon})\"\n"
                    .utf8))
        try write("nha_o/settings.csv", Array("form_title,form_id,version\nNhà ở,nha_o,1\n".utf8))
        try write("nha_o/muc.csv", Array("khoa,tien\na,100\nb,200\n".utf8))
    }

    /// Problems of the forms themselves; the plan names forms that are not here.
    func problems(after published: PublishedForms = PublishedForms(nil)) throws -> [OfficeProblem] {
        try reader.problems(after: published).filter { $0.file != "plan.xlsx" && $0.file != "units.xlsx" }
    }

    func office() throws -> Office {
        try reader.office(contact: SampleOffice.contact())
    }
}
