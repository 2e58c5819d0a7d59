import Records
import Testing

@Suite struct ReceiptTests {
    @Test(arguments: [
        ("Re: [BC-2019-0042] bao cao", "BC-2019-0042"), ("bc 2019 42", "BC-2019-0042"),
        ("BC–2019–0042", "BC-2019-0042"),
        ("kt2020-17", "KT-2020-0017"), ("Rút hồ sơ KT - 2020 - 0017", "KT-2020-0017"), ("DS_2019_1", "DS-2019-0001"),
    ])
    func isRecognisedInAnySpacingCaseOrDash(text: String, receipt: String) {
        #expect(Receipt.mentioned(in: text).map(\.description) == [receipt])
    }

    @Test(arguments: ["ABC-2019-0042", "BC-1999-0001", "BC-2019", "BC-2019-0", "BC-2019-1234567", "báo cáo 2019"])
    func isNotSeenWhereThereIsNone(text: String) {
        #expect(Receipt.mentioned(in: text).isEmpty)
    }

    @Test func readsABareNumberOnly() {
        #expect(Receipt("bc 2019 42")?.description == "BC-2019-0042")
        #expect(Receipt("số BC-2019-0042") == nil)
    }
}
