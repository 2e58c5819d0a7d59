import Foundation
import Mail
import Testing

@Suite struct CommandValidateTests {
    /// First mails whose findings hang on nothing but the workbook.
    static let mails = [
        "001-bao-cao-dat", "003-nhieu-cho-can-sua", "004-khoan-khong-dia-chi", "005-cong-sai", "006-chua-dap-ung",
        "007-chua-quyet-duoc", "002-de-nghi-tai-tro-dat", "023-doi-ten-trang",
    ]

    /// What the worker found in the same workbook, as the sample mailbox has it: `severity code rule sheet!ref name`.
    private struct Filed: Decodable {
        struct Workbook: Decodable {
            let form: String
            let version: String
            let outcome: String
            let findings: [String]
        }
        let workbooks: [Workbook]
    }

    @Test(arguments: mails)
    func findsWhatTheWorkerFinds(mail: String) throws {
        let scratch = try Scratch()
        let expected = try JSONDecoder().decode(
            [Filed].self, from: Data(try Repository.text("Mailbox/\(mail)/expected.json").utf8))
        let workbook = try #require(expected.first?.workbooks.first)
        let run = try validate(
            try attachment(of: mail, in: scratch), "--with", try papers(of: mail, in: scratch), in: scratch)
        #expect(run.status == (workbook.findings.isEmpty ? 0 : 1))
        #expect(run.errors.isEmpty)
        let report = try #require(try run.objects().first)
        #expect(run.lines.count == 1)
        #expect(Set(report.allKeys as? [String] ?? []) == ["form", "version", "outcome", "findings"])
        #expect(report["form"] as? String == workbook.form)
        #expect(report["version"] as? String == workbook.version)
        #expect(report["outcome"] as? String == workbook.outcome)
        let findings = try #require(report["findings"] as? [[String: Any]])
        // What the plan alone tells the worker beside the form's rules is not the form's fault.
        #expect(findings.map { Self.filed($0) } == workbook.findings.filter { !$0.hasPrefix("review target.missing") })
        for finding in findings {
            #expect(Set(finding.keys) == ["code", "severity", "sheet", "ref", "name", "rule", "message"])
            #expect((finding["message"] as? String)?.isEmpty == false)
        }
    }

    /// A finding as the sample mailbox writes it.
    private static func filed(_ finding: [String: Any]) -> String {
        let text = finding.compactMapValues { $0 as? String }
        let place = text["sheet"].flatMap { sheet in text["ref"].map { "\(sheet)!\($0)" } }
        let rule = (finding["rule"] as? Int).map(String.init)
        return [text["severity"], text["code"], rule, place, text["name"]].compactMap(\.self).joined(separator: " ")
    }

    @Test func withoutJSONALineEach() throws {
        let scratch = try Scratch()
        let file = try attachment(of: "001-bao-cao-dat", in: scratch)
        let none = try papers(of: "001-bao-cao-dat", in: scratch)
        let run = try ProgramRun(
            ["validate", file, "--forms", Repository.path("Forms"), "--received", "2019-12-18", "--with", none],
            in: scratch)
        #expect(run.status == 1)
        #expect(run.lines.first == "bao_cao_xa 2019.1: accepted")
        #expect(
            run.lines.filter { $0.hasPrefix("warning\t") }.map { $0.split(separator: "\t")[1] } == [
                "A. Thông tin chung!D16", "D. Kế hoạch!E34", "D. Kế hoạch!E58",
            ])
    }

    /// A form that asks for little, so that a workbook can be without findings.
    @Test func withoutFindingsItIsDone() throws {
        let scratch = try Scratch()
        let forms = try scratch.copyForms()
        _ = try scratch.write(
            "Forms/nho.xlsx",
            sheets: [
                ("survey", [["type", "name", "label"], ["text", "ten", "Tên"], ["integer", "so", "Số"]]),
                ("settings", [["form_title", "form_id", "version"], ["Biểu nhỏ", "nho", "1"]]),
            ])
        let written = try ProgramRun(["template", "nho", "--forms", forms], in: scratch)
        #expect(written.status == 0)
        let run = try ProgramRun(["validate", "nho.xlsx", "--forms", forms, "--json"], in: scratch)
        #expect(run.status == 0)
        #expect(run.lines == [#"{"findings":[],"form":"nho","outcome":"accepted","version":"1"}"#])
    }

    @Test func marksTheWrongCells() throws {
        let scratch = try Scratch()
        let file = try attachment(of: "003-nhieu-cho-can-sua", in: scratch)
        let plain = try validate(file, in: scratch)
        let run = try validate(file, "--mark", "marked.xlsx", in: scratch)
        #expect(run.status == 1)
        #expect(run.output == plain.output)
        #expect(run.errors.contains("\nmarked.xlsx "))
        // The marked copy is the same form with the same answers, if in other rows: it is judged alike.
        let again = try validate("marked.xlsx", in: scratch)
        #expect(try errors(again) == (try errors(plain)))
        #expect(try !errors(plain).isEmpty)
    }

    @Test func whatCannotBeWrittenIs73() throws {
        let scratch = try Scratch()
        let run = try validate(
            try attachment(of: "001-bao-cao-dat", in: scratch), "--mark", "no/such.xlsx", in: scratch)
        #expect(run.status == 73)
        #expect(run.errors.contains("\nno/such.xlsx: "))
    }

    // MARK: Papers

    /// The report asks for three papers that did not come along.
    @Test func whoNamesNoPapersMissesNone() throws {
        let scratch = try Scratch()
        let file = try attachment(of: "001-bao-cao-dat", in: scratch)
        let unknown = try validate(file, in: scratch)
        #expect(unknown.status == 0)
        #expect(try findings(unknown).isEmpty)
        #expect(unknown.errors.contains("--with"))
        let none = try validate(file, "--with", try papers(of: "001-bao-cao-dat", in: scratch), in: scratch)
        #expect(none.status == 1)
        #expect(none.errors.isEmpty)
        #expect(try findings(none).allSatisfy { $0.hasPrefix("warning evidence.missing ") })
        #expect(try findings(none).count == 3)
    }

    @Test func papersAreFilesAndFoldersOfFiles() throws {
        let scratch = try Scratch()
        let file = try attachment(of: "001-bao-cao-dat", in: scratch)
        let folder = try papers(of: "001-bao-cao-dat", in: scratch)
        let all = try questions(try validate(file, "--with", folder, in: scratch))
        let first = try scratch.write("mc1 ban ky.pdf", "%PDF-1.4".utf8)
        let one = try questions(try validate(file, "--with", folder, first, in: scratch))
        #expect(one.count == all.count - 1)
        _ = try scratch.write("papers/MC2_ke hoach.pdf", "%PDF-1.4".utf8)
        let two = try questions(try validate(file, "--with", folder, first, in: scratch))
        #expect(two.count == all.count - 2)
        #expect(Set(two).isSubset(of: one))
    }

    @Test func aPaperThatIsNotThereIs65() throws {
        let scratch = try Scratch()
        let run = try validate(
            try attachment(of: "001-bao-cao-dat", in: scratch), "--with", "nowhere.pdf", in: scratch)
        #expect(run.status == 65)
        #expect(run.output.isEmpty)
        #expect(run.errors.hasPrefix("nowhere.pdf: file.missing: "))
    }

    // MARK: What is no filled form

    /// The same moment however it is written, and the day before, on which the report was not yet signed.
    @Test func receivedSaysWhatTodayIs() throws {
        let scratch = try Scratch()
        let file = try attachment(of: "004-khoan-khong-dia-chi", in: scratch)
        let times = ["2020-04-06", "2020-04-06T00:00", "2020-04-06T00:00:00+07:00", "2020-04-05T17:00:00Z"]
        let same = try times.map { try validate(file, received: $0, in: scratch).output }
        #expect(Set(same).count == 1)
        let before = try validate(file, received: "2020-04-05T16:59:59Z", in: scratch)
        let onTheDay = try findings(try validate(file, received: times[0], in: scratch))
        #expect(Set(try findings(before)).subtracting(onTheDay) == ["warning rule ngay_to_trinh"])
    }

    @Test(arguments: [
        ["--received", "soon"], ["--received", "2019-12-18T25:00"], ["--received", "2019-12-32"],
        ["--received", "2019-12-18T16:55+99:00"], ["--received", "2019-12-18T16:55 or so"], ["--form", "nonsense"],
        ["--unit", "nonsense"],
    ])
    func wrongOptionsAre64(options: [String]) throws {
        let scratch = try Scratch()
        let file = try attachment(of: "001-bao-cao-dat", in: scratch)
        let run = try ProgramRun(["validate", file, "--forms", Repository.path("Forms")] + options, in: scratch)
        #expect(run.status == 64)
        #expect(run.output.isEmpty)
        #expect(run.errors.contains(options[1]))
    }

    @Test func whatIsNoFormIs65() throws {
        let scratch = try Scratch()
        let other = Repository.path(Repository.sheets + "inline.xlsx")
        let report = try attachment(of: "001-bao-cao-dat", in: scratch)
        let locked = Repository.path(Repository.sheets + "encrypted.xlsx")
        let definition = Repository.path("Forms/bao_cao_xa.xlsx")
        for (arguments, code) in [
            ([other], "form.unknown"), ([definition], "form.unknown"),
            ([definition, "--form", "bao_cao_xa"], "form.unknown"), ([report, "--form", "dn_tai_tro"], "form.unknown"),
            ([locked], "file.password"),
        ] {
            let run = try ProgramRun(["validate"] + arguments + ["--forms", Repository.path("Forms")], in: scratch)
            #expect(run.status == 65)
            #expect(run.output.isEmpty)
            #expect(run.errors.hasPrefix("\(arguments[0]): \(code): "))
        }
    }

    @Test func withoutFormsItIs78() throws {
        let scratch = try Scratch()
        let run = try ProgramRun(["validate", try attachment(of: "001-bao-cao-dat", in: scratch)], in: scratch)
        #expect(run.status == 78)
        #expect(run.output.isEmpty)
        #expect(run.errors.contains("units.xlsx"))
    }

    // MARK: -

    /// Judges a workbook as of a day on which nothing sent in the sample mailbox lies in the future.
    private func validate(
        _ file: String, _ options: String..., received: String = "2020-11-30", in scratch: Scratch
    ) throws -> ProgramRun {
        try ProgramRun(
            ["validate", file, "--forms", Repository.path("Forms"), "--json", "--received", received] + options,
            in: scratch)
    }

    /// The first workbook of a sample mail.
    private func attachment(of mail: String, in scratch: Scratch) throws -> String {
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: Repository.path("Mailbox/\(mail)/1.eml"))))
        let part = try #require(try MessageReader.read(bytes).parts.first { $0.kind == .xlsx })
        return try scratch.write("\(mail).xlsx", part.bytes)
    }

    /// A folder with the papers of a sample mail, if any.
    private func papers(of mail: String, in scratch: Scratch) throws -> String {
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: Repository.path("Mailbox/\(mail)/1.eml"))))
        let folder = scratch.url.appending(path: "papers")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for part in try MessageReader.read(bytes).attachments where part.kind != .xlsx {
            _ = try scratch.write("papers/\(try #require(part.filename))", part.bytes)
        }
        return folder.path
    }

    /// The questions of the findings.
    private func questions(_ run: ProgramRun) throws -> [String] {
        try #require(try run.objects().first?["findings"] as? [[String: Any]]).compactMap { $0["name"] as? String }
    }

    /// `severity code name`, a text each.
    private func findings(_ run: ProgramRun) throws -> [String] {
        let findings = try #require(try run.objects().first?["findings"] as? [[String: Any]])
        return findings.map { finding in
            ["severity", "code", "name"].map { finding[$0] as? String ?? "–" }.joined(separator: " ")
        }
    }

    private func errors(_ run: ProgramRun) throws -> [String] {
        try findings(run).filter { $0.hasPrefix("error ") }
    }
}
