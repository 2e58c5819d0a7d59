import Foundation
import Intake
import Records
import Testing
import XLSForm

/// Every code of the catalogue is reached by a sample: a case of the sample mailbox, a case of a form, or a test that is
/// named here. A new code without one fails.
@Suite struct FindingCodeTests {
    /// Codes that no sample reaches, and the test that does.
    private static let tests: [FindingCode: String] = [
        .cellOutOfRange: "XLSFormTests/Judging/JudgeRangeTests.swift",
        .cellOffStep: "XLSFormTests/Judging/JudgeRangeTests.swift",
        .tableRowCount: "XLSFormTests/Judging/JudgeRowCountTests.swift",
        .fileTooLarge: "IntakeTests/CircumstancesTests.swift",
        .submissionFrozen: "IntakeTests/CircumstancesTests.swift",
        .nomineeBefore: "IntakeTests/CircumstancesTests.swift",
    ]

    private static func sampled() throws -> Set<FindingCode> {
        let mails = try MailboxCase.all.flatMap { try $0.expected }
        let told = mails.flatMap { ($0.reason ?? "").split(separator: ", ").map(String.init) }
        // "error cell.blank A. Thông tin chung!D13 nguoi_ky"
        let found = mails.flatMap(\.workbooks).flatMap(\.findings)
            .compactMap { $0.split(separator: " ").dropFirst().first.map(String.init) }
        let forms = FormCase.all.flatMap(\.sample.expected).map(\.code)
        return Set((told + found + forms).compactMap { FindingCode(rawValue: $0) })
    }

    @Test(arguments: FindingCode.allCases)
    func isReached(_ code: FindingCode) throws {
        let isSampled = try Self.sampled().contains(code)
        if let file = Self.tests[code] {
            #expect(!isSampled, "a sample reaches it by now: the test need not be named")
            let text = try String(
                contentsOf: MailboxCase.repository.appending(path: "Tests/\(file)"), encoding: .utf8)
            #expect(text.contains("@Test") && text.contains(".\(code)"))
        } else {
            #expect(isSampled)
        }
    }

    /// All kinds of notice that answer a mail by themselves are there among the samples.
    @Test func everyAnswerIsSampled() throws {
        let ofTheOfficesOwnAccord: Set<NoticeKind> = [
            .reminder, .overdueList, .figuresFrozen, .returned, .declined, .withdrawn, .awardedByDistrict,
            .proposedToProvince, .decidedByProvince, .opinionRequest, .dailyDigest, .technicalAlarm,
        ]
        let sampled = Set(try MailboxCase.all.flatMap { try $0.expected }.compactMap(\.notice))
        #expect(sampled == Set(NoticeKind.allCases.filter { !ofTheOfficesOwnAccord.contains($0) }.map(\.rawValue)))
    }

    /// All forms of the office come by mail, in both stages and in all years.
    @Test func everyFormIsMailed() throws {
        let office = try SampleOffice.office.get()
        let forms = Set(try MailboxCase.all.flatMap { try $0.expected }.flatMap(\.workbooks).map(\.form))
        // The contacts of a unit have no year; all others are numbered by theirs.
        #expect(forms == Set(office.forms.current.map(\.definition.identity.id)))
        let years = Set(
            try MailboxCase.all.flatMap { try $0.expected }.flatMap(\.workbooks).map {
                String($0.receipt.prefix(7))
            })
        #expect(years.isSuperset(of: ["BC-2018", "BC-2019", "BC-2020", "KT-2018", "KT-2020", "TT-2018", "TT-2020"]))
    }
}
