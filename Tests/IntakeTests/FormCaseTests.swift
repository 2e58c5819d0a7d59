import Intake
import Records
import Testing
import XLSForm

/// The forms of the office over filled samples: what each gives, exactly.
@Suite struct FormCaseTests {
    @Test(arguments: FormCase.all)
    func givesItsFindingsExactly(_ sample: FormCase) throws {
        #expect(try sample.findings(in: SampleOffice.office.get()).sorted() == sample.sample.expected.sorted())
    }

    /// A file that cannot be read would leave out its cases without a word.
    @Test func everyFormHasItsSamples() throws {
        let forms = try SampleOffice.office.get().forms.current.map(\.definition.identity.id)
        let sampled = Dictionary(grouping: FormCase.all, by: \.form).mapValues(\.count)
        #expect(Set(forms) == Set(sampled.keys))
        #expect(sampled.values.allSatisfy { $0 >= 8 })
        #expect(FormCase.all.count >= 250)
    }
}
