import Foundation
import Testing

@Suite struct CommandEvaluateTests {
    private static let form = ["--types", "bao_cao_xa", "--forms", Repository.path("Forms")]

    @Test(arguments: [
        ("1 + 1", #"{"type":"number","value":2}"#), ("round(5.1 - 3.85, 2)", #"{"type":"number","value":1.25}"#),
        ("0.1 + 0.2", #"{"type":"number","value":0.3}"#), ("1 div 0", #"{"type":"number","value":"Infinity"}"#),
        ("0 div 0", #"{"type":"number","value":"NaN"}"#), ("true()", #"{"type":"boolean","value":true}"#),
        ("'a\"b\\c'", #"{"type":"text","value":"a\"b\\c"}"#), ("''", #"{"type":"text","value":""}"#),
        ("date('2020-01-31')", #"{"type":"date","value":"2020-01-31"}"#),
        ("/data/none", #"{"type":"nodes","value":[]}"#),
    ])
    func answersByType(expression: String, answer: String) throws {
        let run = try ProgramRun(["evaluate"], input: expression + "\n", in: Scratch())
        #expect(run.status == 0)
        #expect(run.errors.isEmpty)
        #expect(run.lines == [answer])
    }

    /// A line each, whatever ends it, and a blank or wrong one among them does not end the talk.
    @Test func everyLineHasItsAnswer() throws {
        let run = try ProgramRun(["evaluate"], input: "1\r\n\nfoo(\n2 +\n$a\n3", in: Scratch())
        #expect(run.status == 0)
        let answers = try run.objects()
        #expect(answers.map { $0["value"] as? Int } == [1, nil, nil, nil, nil, 3])
        #expect(answers.map { $0["column"] as? Int } == [nil, 1, 5, 4, 1, nil])
        for answer in answers {
            let keys = Set(answer.allKeys as? [String] ?? [])
            #expect(keys == ["type", "value"] || keys == ["error", "column"])
        }
    }

    @Test func withoutLinesItIsDone() throws {
        let run = try ProgramRun(["evaluate"], in: Scratch())
        #expect(run.status == 0)
        #expect(run.output.isEmpty)
    }

    @Test func readsAnInstance() throws {
        let scratch = try Scratch()
        let instance = ["--instance", Repository.path(Repository.xpath + "instance.xml")]
        let run = try ProgramRun(
            ["evaluate"] + instance, input: "/data/household/resident/nome\nsum(/data/household/resident/idade)\n",
            in: scratch)
        #expect(
            run.lines == [#"{"type":"nodes","value":["Ana","Bia","Caio"]}"#, #"{"type":"number","value":60}"#])
        let within = try ProgramRun(
            ["evaluate", "--context", "/data/household/resident[2]/idade"] + instance,
            input: ". + 1\n../nome\nposition(..)\n", in: scratch)
        #expect(
            within.lines == [
                #"{"type":"number","value":8}"#, #"{"type":"nodes","value":["Bia"]}"#, #"{"type":"number","value":2}"#,
            ])
        for path in ["/data/nothing", "]"] {
            let nowhere = try ProgramRun(["evaluate", "--context", path] + instance, in: scratch)
            #expect(nowhere.status == 64)
            #expect(nowhere.errors.contains(path))
        }
    }

    @Test(arguments: ["", "<data>", "<data></date>", "no XML", "<!DOCTYPE d [<!ENTITY e 'e'>]><d>&e;</d>"])
    func aBrokenInstanceIs65(xml: String) throws {
        let scratch = try Scratch()
        let file = try scratch.write("instance.xml", xml.utf8)
        let run = try ProgramRun(["evaluate", "--instance", file], input: "1\n", in: scratch)
        #expect(run.status == 65)
        #expect(run.output.isEmpty)
        #expect(run.errors.hasPrefix("\(file): file.damaged: line "))
    }

    /// The form's names and choices, and the tables of the plan and the units.
    @Test(arguments: [
        ("${don_vi}", #"{"type":"nodes","value":["thienloc"]}"#),
        ("pulldata('don_vi', 'label', 'name', ${don_vi})", #"{"type":"text","value":"Xã Thiên Lộc"}"#),
        ("instance('don_vi')/root/item[name = 'nghen']/name", #"{"type":"nodes","value":["nghen"]}"#),
        ("instance('co_khong')/root/item/label", #"{"type":"nodes","value":["Có","Không"]}"#),
        ("jr:choice-name('khong', '${tinh_chat}')", #"{"type":"text","value":""}"#),
        (
            "jr:choice-name(${tinh_chat}, '${tinh_chat}')",
            #"{"type":"text","value":"Chính thức (đã có văn bản công nhận)"}"#
        ),
        ("jr:choice-name(${don_vi}, '${don_vi}')", #"{"type":"text","value":"Xã Thiên Lộc"}"#),
        ("${nam} + 1", #"{"type":"number","value":2020}"#),
        ("pulldata('don_vi', 'label', 'name', 'nonsense')", #"{"type":"text","value":""}"#),
    ])
    func aFormBringsItsNamesAndTables(expression: String, answer: String) throws {
        let scratch = try Scratch()
        let xml =
            "<data><chung><don_vi>thienloc</don_vi><nam>2019</nam><tinh_chat>chinh_thuc</tinh_chat></chung></data>"
        let file = try scratch.write("instance.xml", xml.utf8)
        let run = try ProgramRun(["evaluate", "--instance", file] + Self.form, input: expression + "\n", in: scratch)
        #expect(run.status == 0)
        #expect(run.lines == [answer])
    }

    /// Without a form no name is wrong; with one it is.
    @Test func aFormKnowsItsNames() throws {
        let with = try ProgramRun(["evaluate"] + Self.form, input: "1 + ${nothing}\n", in: Scratch())
        #expect(try with.objects().map { $0["column"] as? Int } == [5])
        let without = try ProgramRun(["evaluate"], input: "${nothing}\n", in: Scratch())
        #expect(without.lines == [#"{"type":"nodes","value":[]}"#])
    }

    @Test func anUnknownFormIs64() throws {
        let run = try ProgramRun(
            ["evaluate", "--types", "nonsense", "--forms", Repository.path("Forms")], input: "1\n", in: Scratch())
        #expect(run.status == 64)
        #expect(run.output.isEmpty)
        #expect(run.errors.contains(Repository.forms.joined(separator: ", ")))
    }
}
