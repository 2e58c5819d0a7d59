import Records
import Support
import Testing

@testable import XLSForm

/// What the form's sentences say of the answers.
@Suite struct JudgeSentenceTests {
    private static let survey = """
        | survey | type      | name  | label         | appearance    | calculation | constraint     | constraint_message | formpost::at | formpost::severity |
        |        | integer   | n     | Hộ            |               |             |                |                    |              |                    |
        |        | integer   | money | Giá trị       | thousands-sep |             |                |                    |              |                    |
        |        | integer   | dong  | Chi (đồng)    |               |             |                |                    |              |                    |
        |        | decimal   | d     | Mức           |               |             |                |                    |              |                    |
        |        | text      | t     | Mã            |               |             |                |                    |              |                    |
        |        | calculate | c     | Năm trước     |               | ${n} - 1    |                |                    |              |                    |
        |        | text      | z     | Z             |               |             | false()        | ${%@}              |              | warning            |
        """

    private func message(_ name: String, _ value: String, of question: String? = nil) throws -> String? {
        let form = try definition(Self.survey.replacing("%@", with: question ?? name))
        let judgement = try judge(FilledForm(form, [name: value, "z": "x"]))
        return judgement.verdict.findings.first { $0.question == "z" }?.arguments["message"]
    }

    @Test(arguments: [
        ("n", "120", "120"), ("n", "2354", "2.354"), ("n", "-2019", "-2.019"), ("n", "1250000", "1.250.000"),
        ("d", "1.25", "1,25"), ("d", "2019.5", "2.019,5"), ("t", "2354", "2354"), ("t", "0912345678", "0912345678"),
    ])
    func numbersAreWrittenAsInLetters(name: String, value: String, written: String) throws {
        #expect(try message(name, value) == written)
    }

    @Test(arguments: [
        ("n", "1900", "1900"), ("n", "2019", "2019"), ("n", "2099", "2099"), ("n", "1899", "1.899"),
        ("n", "2100", "2.100"), ("money", "2019", "2.019"), ("dong", "2019", "2.019"),
    ])
    func whatMayBeAYearKeepsItsDigitsTogether(name: String, value: String, written: String) throws {
        #expect(try message(name, value) == written)
    }

    @Test(arguments: [("2020", "2019"), ("2355", "2.354")])
    func computedValuesFollowTheSameRule(value: String, written: String) throws {
        #expect(try message("n", value, of: "c") == written)
        let form = try definition(Self.survey.replacing("%@", with: "c"))
        let answers = try judge(FilledForm(form, ["n": value])).answers
        #expect(answers.first { $0.question == "c" }?.shown == written)
    }

    /// The sender is asked to change a cell: what is computed from it stands nowhere in the workbook.
    @Test(arguments: [("error", "5", "A"), ("warning", "5", "A"), ("review", "6", "S")])
    func aComputedFindingTellsTheCellItPointsAt(severity: String, value: String, label: String) throws {
        let form = try definition(
            """
            | survey | type      | name | label | calculation | constraint | constraint_message | formpost::at | formpost::severity |
            |        | integer   | a    | A     |             |            |                    |              |                    |
            |        | calculate | s    | S     | ${a} + 1    | . > 10     | ${s}               | a            | \(severity)        |
            """)
        let filled = FilledForm(form, ["a": "5"])
        let finding = try #require(try judge(filled).verdict.findings.first)
        #expect(finding.cell == filled.cell("a"))
        #expect(finding.question == "s")
        #expect(finding.arguments["value"] == value)
        #expect(finding.label == label)
    }
}
