import Foundation
import Records
import Testing

@testable import Ledger

/// Pages of the console's lists: each is a stretch of an index, and together they are the whole list, each line once.
struct ListTests {
    let folder: TestFolder
    let ledger: Ledger

    init() throws {
        folder = try TestFolder()
        ledger = try Ledger.open(folder: folder.path, mode: .work)
    }

    private static let states: [DossierState] = [.queued, .inReview, .queued, .returned]

    /// Twenty files in three states and two stages, the oldest first; two share an instant.
    private func fill() throws -> [SubmissionRecord] {
        try ledger.write { transaction in
            try (0..<20).map { number in
                let key = try Sample.key(
                    form: "dn_ho", period: nil, stage: number % 5 == 0 ? "so_ket" : "tong_ket", nominee: "n\(number)")
                let submission = try transaction.open(key, kind: .nomination, year: 2020, at: Sample.noon)
                try transaction.moveDossier(
                    of: submission, to: Self.states[number % 4], by: "formpost",
                    at: Sample.noon.addingTimeInterval(TimeInterval(max(1, number))))
                return submission
            }
        }
    }

    private func pages(_ filter: DossierFilter, of length: Int) throws -> [RowID<SubmissionRecord>] {
        try ledger.read { stored in
            var found: [RowID<SubmissionRecord>] = []
            var cursor: DossierCursor?
            while true {
                let page = try stored.dossierLines(filter, after: cursor, limit: length)
                found += page.map(\.submission.id)
                guard let last = page.last, page.count == length else { return found }
                cursor = DossierCursor(
                    missing: last.dossier.missing, changed: last.dossier.changed, submission: last.submission.id)
            }
        }
    }

    @Test(arguments: [1, 3, 7, 100]) func `Pages of files are the list, each line once`(length: Int) throws {
        let all = try fill()
        let unit = try #require(all.first?.key.unit)
        #expect(try pages(DossierFilter(states: Set(DossierState.allCases)), of: length) == all.map(\.id))
        let waiting = all.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
        #expect(try pages(DossierFilter(states: [.queued]), of: length) == waiting.map(\.id))
        let early = all.filter { $0.key.stage == "so_ket" }.map(\.id)
        #expect(try pages(DossierFilter(states: Set(DossierState.allCases), stage: "so_ket"), of: length) == early)
        let some = DossierFilter(states: [.queued, .returned], stage: "tong_ket", unit: unit)
        let expected = all.enumerated().filter { $0.offset % 4 != 1 && $0.offset % 5 != 0 }.map(\.element.id)
        #expect(try pages(some, of: length) == expected)
        #expect(try pages(DossierFilter(states: [.queued], unit: UnitCode("tungloc")), of: length).isEmpty)
    }

    @Test func `Files are counted as they come and move, and follow their submission's stage`() throws {
        let all = try fill()
        #expect(try ledger.read { try $0.dossierCounts() } == [.queued: 10, .inReview: 5, .returned: 5])
        let first = all[0]
        try ledger.write { transaction in
            try transaction.moveDossier(of: first, to: .inReview, by: "tuan", at: Sample.noon)
            try transaction.moveDossier(of: first, to: .inReview, by: "tuan", at: Sample.noon)
            try transaction.rekey(
                first.id, to: Sample.key(form: "dn_ho", period: nil, stage: "tong_ket", nominee: "n0"), name: "n0")
        }
        let counts = try ledger.read { try $0.dossierCounts() }
        #expect(counts == [.queued: 9, .inReview: 6, .returned: 5])
        let early = try pages(DossierFilter(states: Set(DossierState.allCases), stage: "so_ket"), of: 50)
        #expect(early == [all[5], all[10], all[15]].map(\.id))
        let unlisted = try ledger.read { stored in
            (
                try stored.unlisted(.queued, stage: "tong_ket", level: .district).count,
                try stored.unlistedCount(.queued, stage: "tong_ket", level: .district)
            )
        }
        #expect(unlisted == (8, 8))
    }

    @Test func `Letters and mails of several kinds come in pages, the newest first`() throws {
        try ledger.write { transaction in
            for number in 1...9 {
                let outcome: MessageOutcome = number % 3 == 0 ? .stranger : number % 3 == 1 ? .unverified : .workbooks
                _ = try transaction.record(Sample.message(UInt32(number), outcome: outcome))
                _ = try transaction.enqueue(Sample.notice("n\(number)", held: number % 2 == 0))
            }
        }
        try ledger.read { stored in
            let mails = try stored.messagePage([.stranger, .unverified], limit: 4)
            #expect(mails.map(\.rawValue) == [9, 7, 6, 4])
            #expect(
                try stored.messagePage([.stranger, .unverified], before: mails.last, limit: 4).map(\.rawValue) == [
                    3, 1,
                ])
            let letters = try stored.notices([.held, .pending], limit: 5)
            #expect(letters.map(\.messageID) == ["n9", "n8", "n7", "n6", "n5"])
            #expect(try stored.notices([.held], before: letters.last?.id, limit: 5).map(\.messageID) == ["n4", "n2"])
        }
    }

    @Test func `A duty is met by what is filed, and says what came last`() throws {
        let report = try ledger.write { transaction in
            let report = try transaction.open(Sample.key(), kind: .report, year: 2019, at: Sample.noon)
            try transaction.add(Sample.workbook(), to: report.id, standing: .filed)
            try transaction.add(
                Sample.workbook(content: 2, outcome: .needsCorrection), to: report.id, standing: .failed)
            return report
        }
        let standing = try ledger.read { try $0.dutyStandings(form: "bao_cao_xa", period: "2019")[report.key.unit] }
        #expect(standing?.submission == report)
        #expect(standing?.filed == Sample.noon)
        #expect(standing?.newest.standing == .failed)
        #expect(try ledger.read { try $0.dutyStandings(form: "bao_cao_xa", period: "2018") }.isEmpty)
    }
}
