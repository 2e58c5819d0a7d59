import Foundation
import Ledger
import Records
import Review
import Testing

@testable import Console

@Suite struct FormFieldsTests {
    @Test(arguments: [
        ("a=1&b=hai+ba", ["a": "1", "b": "hai ba"]), ("a=1&a=2", ["a": "2"]), ("", [:]), ("&&=x&a", ["a": ""]),
        ("ten=H%C3%A0&x=%3Cb%3E", ["ten": "Hà", "x": "<b>"]), ("x=%FF%zz", ["x": ""]),
        ("d=mot%0D%0Ahai", ["d": "mot\nhai"]),
    ])
    func fieldsAreReadAsBrowsersWriteThem(text: String, fields: [String: String]) {
        #expect(FormFields.parse(text) == fields)
    }
}

@Suite struct AttachmentNameTests {
    @Test(arguments: [
        ("a.xlsx", "attachment; filename=\"a.xlsx\"; filename*=UTF-8''a.xlsx"),
        ("hồ sơ.xlsx", "attachment; filename=\"h_ s_.xlsx\"; filename*=UTF-8''h%E1%BB%93%20s%C6%A1.xlsx"),
        ("a\"b\r\nSet-Cookie: x", "attachment; filename=\"a_bSet-Cookie: x\"; filename*=UTF-8''a%22bSet-Cookie%3A%20x"),
    ])
    func aNameCannotLeaveItsHeader(name: String, header: String) {
        #expect(PaperPages.disposition(name) == header)
    }
}

@Suite struct ProposalReadinessTests {
    private static func held(_ verdict: Assessment.Verdict, revision: Int64 = 2) -> Assessment {
        Assessment(
            standard: "s", verdict: verdict, note: "", revision: RowID(rawValue: revision), who: "ha",
            at: Date(timeIntervalSince1970: 0))
    }

    private static let agreed = Opinion(agrees: true, words: "", who: "ld", at: Date(timeIntervalSince1970: 0))

    private static func reasons(
        _ held: [String: Assessment], _ opinion: Opinion? = agreed, missing: [String] = [], isOpinionDue: Bool = false
    ) -> [ProposalReadiness.Reason] {
        ProposalReadiness(
            standards: ["a", "b"], assessments: held, reviewed: RowID(rawValue: 2), opinion: opinion, missing: missing,
            isOpinionDue: isOpinionDue
        ).reasons
    }

    @Test func everythingMustBeSaidOnTheNewestVersion() {
        #expect(Self.reasons(["a": Self.held(.met), "b": Self.held(.notApplicable)]) == [])
        #expect(Self.reasons(["a": Self.held(.met)]) == [.unassessed(1)])
        #expect(Self.reasons(["a": Self.held(.unmet), "b": Self.held(.incomplete)]) == [.open(2)])
        #expect(Self.reasons(["a": Self.held(.met), "b": Self.held(.met, revision: 1)]) == [.outdated(1)])
        #expect(Self.reasons([:], nil) == [.unassessed(2), .noOpinion])
        let met = ["a": Self.held(.met), "b": Self.held(.met)]
        #expect(Self.reasons(met, missing: ["MC2"]) == [.papers(["MC2"])])
        // The Labour office was asked, and its time is over.
        #expect(Self.reasons(met, nil, isOpinionDue: true) == [])
    }
}

@Suite struct PlaceTests {
    @Test func everyRoleSeesItsPages() {
        func open(_ role: Role) -> [Place] { Place.allCases.filter { $0.isOpen(to: role) } }
        #expect(open(.interior) == Place.allCases.filter { $0 != .administration })
        #expect(open(.head) == open(.interior))
        #expect(
            open(.labour) == [.today, .reports, .dossiers, .lists, .figures, .letters, .units, .calendar, .exports])
        #expect(open(.administrator) == [.today, .letters, .units, .administration])
        #expect(open(.reader) == [.today, .reports, .lists, .figures])
    }
}
