import Foundation
import Testing

@Suite struct CommandCellsTests {
    static let fixtures = [
        "epoch1904", "inline", "libreoffice-from-openpyxl", "libreoffice-from-xlsxwriter", "openpyxl", "strict",
        "xlsxwriter",
    ]

    @Test(arguments: fixtures)
    func printsEveryCell(name: String) throws {
        let run = try ProgramRun(["cells", Repository.path(Repository.sheets + name + ".xlsx")], in: Scratch())
        #expect(run.status == 0)
        #expect(run.errors.isEmpty)
        #expect(run.output == (try Repository.text(Repository.sheets + name + ".jsonl")))
    }

    @Test func textsAreEscapedAndBlanksLeftOut() throws {
        let scratch = try Scratch()
        let file = try scratch.write(
            "a.xlsx", sheets: [("A \"1\"", [["Thiên Lộc", "", "a\"b\\c\n\td"], [], ["/"]]), ("B", [["x"]])])
        let run = try ProgramRun(["cells", file], in: scratch)
        #expect(
            run.lines == [
                #"{"sheet":"A \"1\"","ref":"A1","row":1,"column":1,"type":"text","value":"Thiên Lộc"}"#,
                #"{"sheet":"A \"1\"","ref":"C1","row":1,"column":3,"type":"text","value":"a\"b\\c\n\td"}"#,
                #"{"sheet":"A \"1\"","ref":"A3","row":3,"column":1,"type":"text","value":"/"}"#,
                #"{"sheet":"B","ref":"A1","row":1,"column":1,"type":"text","value":"x"}"#,
            ])
    }

    @Test func readsAPipe() throws {
        let scratch = try Scratch()
        let run = try ProgramRun(["cells", "/dev/stdin"], input: "ten,so\nA,1\n", in: scratch)
        #expect(run.status == 0)
        #expect(run.lines.count == 4)
        #expect(run.lines.first?.hasSuffix(#""ref":"A1","row":1,"column":1,"type":"text","value":"ten"}"#) == true)
    }

    /// What the codes of `WorkbookError` promise, seen from outside.
    @Test func aBrokenWorkbookIs65WithItsCode() throws {
        let scratch = try Scratch()
        let whole = try Data(contentsOf: URL(filePath: Repository.path(Repository.sheets + "inline.xlsx")))
        let broken: [(path: String, code: String)] = [
            (Repository.path(Repository.sheets + "encrypted.xlsx"), "file.password"),
            (try scratch.write("half.xlsx", whole.prefix(whole.count / 2)), "file.damaged"),
            (try scratch.write("empty.xlsx", []), "file.notWorkbook"),
            (try scratch.write("picture.xlsx", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]), "file.notWorkbook"),
        ]
        for (path, code) in broken {
            let run = try ProgramRun(["cells", path], in: scratch)
            #expect(run.status == 65)
            #expect(run.output.isEmpty)
            #expect(run.errors.hasPrefix("\(path): \(code): "))
            #expect(run.lines.isEmpty)
        }
    }

    @Test func manyCellsAllArrive() throws {
        let rows = 1...3000
        let line = (1...20).map { "c\($0)" }.joined(separator: ",")
        let scratch = try Scratch()
        let run = try ProgramRun(
            ["cells", "/dev/stdin"], input: rows.map { _ in line + "\n" }.joined(), in: scratch)
        #expect(run.status == 0)
        #expect(run.lines.count == 60_000)
        #expect(
            run.lines.last?.hasSuffix(#""ref":"T3000","row":3000,"column":20,"type":"text","value":"c20"}"#) == true)
    }
}
