import Foundation
import Testing

@Suite struct CommandCheckTests {
    @Test func theFormsOfTheRepositoryAreInOrder() throws {
        let run = try ProgramRun(["check", "--forms", Repository.path("Forms"), "--json"], in: Scratch())
        #expect(run.status == 0)
        #expect(run.output.isEmpty)
        #expect(run.errors.isEmpty)
    }

    /// `${tinh_chat}` stands in three cells of the survey.
    static let misspelt = [
        "bao_cao_xa.xlsx survey 6 relevant expression.name", "bao_cao_xa.xlsx survey 6 required expression.name",
        "bao_cao_xa.xlsx survey 7 calculation expression.name",
    ]

    @Test func everyProblemHasItsPlace() throws {
        let scratch = try Scratch()
        let forms = try scratch.copyForms()
        try misspell(forms + "/bao_cao_xa.xlsx")
        let run = try ProgramRun(["check", "--forms", forms, "--json"], in: scratch)
        #expect(run.status == 1)
        #expect(run.errors.isEmpty)
        let problems = try run.objects()
        for problem in problems {
            let keys = Set(problem.allKeys as? [String] ?? [])
            #expect(keys == ["file", "sheet", "row", "column", "code", "message", "remedy"])
        }
        // Whatever names the broken form has nothing to add.
        #expect(problems.map(Self.place) == Self.misspelt)
        let told = try ProgramRun(["check", "--forms", forms], in: scratch)
        #expect(told.status == 1)
        #expect(told.lines.count == problems.count)
        #expect(told.lines.first?.hasPrefix("bao_cao_xa.xlsx, sheet survey, row 6, column relevant: ") == true)
    }

    /// A form that cannot be read at all is there nevertheless.
    @Test func aFormThatCannotBeReadIsToldOnce() throws {
        let scratch = try Scratch()
        let forms = try scratch.copyForms()
        _ = try scratch.write("Forms/bao_cao_xa.xlsx", "no workbook".utf8)
        let run = try ProgramRun(["check", "--forms", forms, "--json"], in: scratch)
        #expect(run.status == 1)
        #expect(try run.objects().map(Self.place) == ["bao_cao_xa.xlsx – – – file.notWorkbook"])
    }

    @Test func aFormThatIsNotThereIsMissed() throws {
        let scratch = try Scratch()
        let forms = try scratch.copyForms()
        try FileManager.default.removeItem(atPath: forms + "/bao_cao_xa.xlsx")
        let run = try ProgramRun(["check", "--forms", forms, "--json"], in: scratch)
        let places = try run.objects().map(Self.place)
        #expect(run.status == 1)
        #expect(places.contains("plan.xlsx nghia_vu 2 bieu form.unknown"))
        #expect(!places.contains { $0.hasPrefix("bao_cao_xa.xlsx") })
    }

    @Test func oneDefinitionIsCheckedAlone() throws {
        let scratch = try Scratch()
        let good = Repository.path("Forms/bao_cao_xa.xlsx")
        let bad = scratch.path("mine.xlsx")
        try FileManager.default.copyItem(at: URL(filePath: good).resolvingSymlinksInPath(), to: URL(filePath: bad))
        try misspell(bad)
        let forms = ["--forms", Repository.path("Forms")]
        let run = try ProgramRun(["check", good, bad, "--json"] + forms, in: scratch)
        #expect(run.status == 1)
        #expect(Set(try run.objects().map { $0["file"] as? String }) == ["mine.xlsx"])
        #expect(try ProgramRun(["check", good] + forms, in: scratch).status == 0)
    }

    /// A draft stands in for the form in the folder, and so does that form, however it is named.
    @Test func aDraftIsCheckedInPlaceOfTheForm() throws {
        let scratch = try Scratch()
        _ = try scratch.copyForms()
        try FileManager.default.copyItem(
            atPath: scratch.path("Forms/bao_cao_xa.xlsx"), toPath: scratch.path("new.xlsx"))
        let files = ["new.xlsx", "Forms/bao_cao_xa.xlsx", "./Forms/../Forms/earlier/bao_cao_xa-2018.1.xlsx"]
        for file in files {
            let run = try ProgramRun(["check", file], in: scratch)
            #expect(run.status == 0, "\(file): \(run.output)")
        }
    }

    @Test func whatIsNoDefinitionIsAFinding() throws {
        let scratch = try Scratch()
        let files = ["encrypted.xlsx", "inline.xlsx"].map { Repository.path(Repository.sheets + $0) }
        let run = try ProgramRun(["check", "--forms", Repository.path("Forms"), "--json"] + files, in: scratch)
        #expect(run.status == 1)
        #expect(
            try run.objects().map(Self.place) == [
                "encrypted.xlsx – – – file.password", "inline.xlsx settings – – sheet.missing",
                "inline.xlsx survey – – sheet.missing",
            ])
    }

    @Test func aFolderWithoutFormsIsAFinding() throws {
        let run = try ProgramRun(["check", "--forms", "nowhere", "--json"], in: Scratch())
        #expect(run.status == 1)
        #expect(try run.objects().first.map(Self.place) == "units.xlsx – – – file.missing")
    }

    /// `file sheet row column code`.
    private static func place(_ problem: NSDictionary) -> String {
        ["file", "sheet", "row", "column", "code"].map { key in
            (problem[key] as? Int).map(String.init) ?? problem[key] as? String ?? "–"
        }.joined(separator: " ")
    }

    /// Writes a question's name wrong wherever an expression reads it.
    private func misspell(_ file: String) throws {
        try EditedWorkbook.replace("${tinh_chat}", with: "${tinh_chot}", in: file)
    }
}
