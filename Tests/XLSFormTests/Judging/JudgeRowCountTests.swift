import Records
import Support
import Testing

@testable import XLSForm

@Suite struct JudgeRowCountTests {
    @Test(arguments: [0, 2, 3, 5]) func comparesRowsWithTheAnswer(_ rows: Int) throws {
        let filled = try table("${n}", ["n": "3"], rows: rows)
        let judgement = try judge(filled)
        let isRight = rows == 3
        #expect(judgement.told == (isRight ? [] : [Told(.tableRowCount, .error, filled.cell("n"))]))
        guard let finding = judgement.verdict.findings.first else { return }
        #expect(finding.question == "n")
        #expect(finding.arguments["rows"] == "\(rows)")
        #expect(finding.arguments["need"] == "3")
        #expect(finding.related == (rows == 0 ? [] : [filled.cell("x", row: 1)].compactMap(\.self)))
    }

    @Test(arguments: ["", "abc", "1.5"]) func staysSilentAboutWhatIsNotKnown(_ count: String) throws {
        let codes = try judge(table("${n}", ["n": count], rows: 1)).verdict.findings.map(\.code)
        #expect(!codes.contains(.tableRowCount))
    }

    @Test func pointsAtTheQuestionBehindACalculation() throws {
        let filled = try table("${twice}", ["n": "2"], rows: 3)
        let judgement = try judge(filled)
        #expect(judgement.told == [Told(.tableRowCount, .error, filled.cell("n"))])
        #expect(judgement.verdict.findings.first?.arguments["need"] == "4")
    }

    @Test func pointsAtTheTableWhereSeveralAnswersAreCounted() throws {
        let few = try table("${n} + ${m}", ["n": "2", "m": "2"], rows: 3)
        #expect(try judge(few).told == [Told(.tableRowCount, .error, few.cell("x", row: 1))])
        #expect(try judge(few).verdict.findings.first?.related == [few.cell("n"), few.cell("m")].compactMap(\.self))
        let many = try table("${n} + ${m}", ["n": "1", "m": "1"], rows: 3)
        #expect(try judge(many).told == [Told(.tableRowCount, .error, many.cell("x", row: 3))])
    }

    @Test(arguments: [1, 2, 3]) func holdsATableToAPlainNumber(_ rows: Int) throws {
        let filled = try table("2", rows: rows)
        let cell = filled.cell("x", row: rows > 2 ? 3 : 1)
        #expect(try judge(filled).told == (rows == 2 ? [] : [Told(.tableRowCount, .error, cell)]))
    }

    @Test func asksNothingOfAnIrrelevantTable() throws {
        #expect(try judge(table("3", ["k": "n"], relevant: "${k} = 'y'", rows: 0)).told.isEmpty)
        #expect(try judge(table("3", ["k": ""], relevant: "${k} = 'y'", rows: 0)).told.isEmpty)
        #expect(try judge(table("3", ["k": "y"], relevant: "${k} = 'y'", rows: 0)).told.map(\.code) == [.tableRowCount])
    }

    /// A table `r` with a count; a required one tells once that it is empty.
    private func table(
        _ count: String, _ answers: [String: String] = [:], relevant: String = "", rows: Int
    ) throws -> FilledForm {
        let form = try definition(
            """
            | survey | type         | name  | label | relevant    | repeat_count | calculation |
            |        | text         | k     | K     |             |              |             |
            |        | integer      | n     | N     |             |              |             |
            |        | integer      | m     | M     |             |              |             |
            |        | calculate    | twice | T     |             |              | ${n} * 2    |
            |        | begin repeat | r     | R     | \(relevant) | \(count)    |             |
            |        | text         | x     | X     |             |              |             |
            |        | end repeat   |       |       |             |              |             |
            """)
        return FilledForm(form, answers, rows: ["r": (0..<rows).map { ["x": "x\($0)"] }])
    }
}
