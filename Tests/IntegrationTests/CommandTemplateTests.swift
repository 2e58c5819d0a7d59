import Foundation
import Testing

@Suite struct CommandTemplateTests {
    private static let forms = ["--forms", Repository.path("Forms")]

    @Test(arguments: [
        ["bao_cao_xa", "--unit", "thienloc", "--period", "2019"],
        ["dn_tai_tro", "--unit", "thienloc", "--stage", "tong_ket_2020"],
    ])
    func writesTheBlankWorkbook(arguments: [String]) throws {
        let scratch = try Scratch()
        let run = try ProgramRun(["template"] + arguments + Self.forms, in: scratch)
        #expect(run.status == 0)
        #expect(run.output.isEmpty)
        let file = arguments[0] + ".xlsx"
        #expect(run.errors.hasPrefix("\(file) "))
        let cells = try ProgramRun(["cells", file], in: scratch).objects()
        let meta = cells.filter { $0["sheet"] as? String == "_meta" }.map { $0["value"] as? String }
        #expect(meta.contains(arguments[0]))
        #expect(cells.contains { $0["value"] as? String == "Xã Thiên Lộc" })
    }

    @Test func writesWhereItIsTold() throws {
        let scratch = try Scratch()
        let arguments = ["template", "bao_cao_xa", "--unit", "thienloc", "--period", "2019", "-o"]
        #expect(try ProgramRun(arguments + ["BC Thiên Lộc.xlsx"] + Self.forms, in: scratch).status == 0)
        #expect(FileManager.default.fileExists(atPath: scratch.path("BC Thiên Lộc.xlsx")))
        #expect(!FileManager.default.fileExists(atPath: scratch.path("bao_cao_xa.xlsx")))
        let run = try ProgramRun(arguments + ["no/such.xlsx"] + Self.forms, in: scratch)
        #expect(run.status == 73)
        #expect(run.errors.hasPrefix("no/such.xlsx: "))
    }

    @Test(arguments: [
        (["bao_cao_xa"], "--unit"), (["bao_cao_xa", "--unit", "thienloc"], "--period"),
        (["dn_tai_tro", "--unit", "thienloc"], "--stage"), (["nonsense"], Repository.forms.joined(separator: ", ")),
        (["bao_cao_xa", "--unit", "nonsense", "--period", "2019"], "--unit nonsense"),
        (["bao_cao_xa", "--unit", "thienloc", "--period", "2O19"], "--period 2O19"),
        (["bao_cao_xa", "--unit", "thienloc", "--period", "20199"], "--period 20199"),
        (["bao_cao_xa", "--unit", "thienloc", "--period", "+201"], "--period +201"),
        (["dn_tai_tro", "--unit", "thienloc", "--stage", "nonsense"], "tong_ket_2020"),
        (["dn_tai_tro", "--unit", "thienloc", "--stage", "tong_ket_2020", "--period", "2019"], "--period"),
    ])
    func wrongUsageIs64(arguments: [String], named: String) throws {
        let scratch = try Scratch()
        let run = try ProgramRun(["template"] + arguments + Self.forms, in: scratch)
        #expect(run.status == 64)
        #expect(run.output.isEmpty)
        #expect(run.errors.contains(named))
        #expect(!FileManager.default.fileExists(atPath: scratch.path(arguments[0] + ".xlsx")))
    }
}
