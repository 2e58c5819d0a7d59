import Records
import Support
import Testing

@testable import XLSForm

@Suite struct JudgeEvidenceTests {
    private func told(_ filled: FilledForm, _ files: [String]) throws -> Judgement {
        let context = JudgingContext(received: received, evidence: files.map { EvidenceName(filename: $0) })
        return try judge(filled, in: context)
    }

    @Test(arguments: [
        ("mc2 - scan.pdf", ""), ("MC02.jpg", "is on its way"), ("scan.pdf", "Scan"),
        ("Quyết định.pdf", "quyết  định.pdf"),
    ])
    func matchesByCodeElseByName(file: String, cell: String) throws {
        let form = try definition(
            """
            | survey | type | name | label         | required | formpost::required_severity |
            |        | file | f    | MC2. Decision | yes      | warning                     |
            """)
        let judgement = try told(FilledForm(form, ["f": cell]), ["MC1.pdf", file])
        #expect(judgement.told.isEmpty)
        #expect(judgement.evidence == [EvidenceMatch(question: "f", row: nil, filename: file)])
    }

    @Test func asksForEvidenceWhateverTheCellSays() throws {
        let form = try definition(
            """
            | survey | type | name | label         | required | formpost::required_severity |
            |        | file | f    | MC2. Decision | yes      | warning                     |
            |        | file | g    | MC3. Other    |          |                             |
            """)
        let filled = FilledForm(form, ["f": "decision.pdf"])
        let judgement = try told(filled, ["MC1.pdf", "mcx.pdf"])
        #expect(judgement.told == [Told(.evidenceMissing, .warning, filled.cell("f"))])
        #expect(judgement.verdict.findings.first?.arguments["code"] == "MC2")
        #expect(judgement.verdict.outcome == .accepted)
    }
}
