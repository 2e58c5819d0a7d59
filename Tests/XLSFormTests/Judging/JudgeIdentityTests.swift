import Foundation
import Records
import Support
import Testing

@testable import XLSForm

@Suite struct JudgeIdentityTests {
    let form: FormDefinition

    init() throws {
        form = try definition(
            """
            | survey | type    | name | label | formpost::receipt |
            |        | text    | u    | U     |                   |
            |        | text    | s    | S     |                   |
            |        | text    | n    | N     | Tên: ${n}, ${m}   |
            |        | integer | m    | M     | Số: ${m}          |
            |        | text    | p    | P     |                   |
            |        | today   | t    |       |                   |
            |        | email   | e    |       |                   |
            """,
            settings: """
                | settings | form_title | form_id | version | formpost::kind | formpost::unit | formpost::stage | formpost::nominee | formpost::place |
                |          | F          | f       | 1       | nomination     | u              | s               | n                 | p               |
                """)
    }

    @Test func makesTheKeyOfUnitStageAndFoldedName() throws {
        let judgement = try judge(FilledForm(form, ["u": "hoaan", "s": "2018", "n": " Nguyễn  Văn HOÀ", "p": "Xóm 1"]))
        let key = try #require(judgement.identity.key)
        #expect(key.form == "f")
        #expect(key.unit == UnitCode("hoaan"))
        #expect(key.stage == "2018")
        #expect(key.period == nil)
        #expect(key.nominee == "nguyễn văn hòa")
        #expect(key.place == "xóm 1")
        #expect(judgement.identity.nominee == "Nguyễn  Văn HOÀ")
    }

    @Test func takesTheDecidedUnitBeforeTheWrittenOne() throws {
        let context = JudgingContext(received: received, unit: UnitCode("binhan"))
        let judgement = try judge(FilledForm(form, ["u": "hoaan", "s": "2018", "n": "A"]), in: context)
        #expect(judgement.identity.key?.unit == UnitCode("binhan"))
    }

    @Test func makesNoKeyOfHalf() throws {
        #expect(try judge(FilledForm(form, ["u": "hoaan", "n": "A"])).identity.key == nil)
    }

    @Test func givesTheReceiptItsLinesAndTheMailItsMetadata() throws {
        let context = JudgingContext(received: received, sender: "a@b.example")
        let judgement = try judge(FilledForm(form, ["n": "An"]), in: context)
        #expect(judgement.verdict.receiptLines == ["Tên: An, …"])
        let values = Dictionary(judgement.answers.map { ($0.question, $0.value) }, uniquingKeysWith: { $1 })
        #expect(values["t"] == .date(try #require(CivilDate(year: 2019, month: 12, day: 10))))
        #expect(values["e"] == .text("a@b.example"))
    }
}
