import Foundation
import Records
import Testing

@testable import Ledger

@Suite struct TodayTests {
    @Test func whatWaitsAndWhatIsUnfinishedIsCounted() throws {
        let folder = try TestFolder()
        let ledger = try Ledger.open(folder: folder.path, mode: .work)
        let (report, list) = try ledger.write { transaction in
            let report = try transaction.open(try Sample.key(), kind: .report, year: 2019, at: Sample.noon)
            let list = try transaction.open(
                try Sample.key(form: "danh_sach_ho"), kind: .list, year: 2019, at: Sample.noon)
            for content in 1...2 {
                try transaction.add(Sample.workbook(content: content), to: report.id, standing: .failed)
            }
            try transaction.add(Sample.workbook(content: 9), to: list.id, standing: .waiting)
            return (report, list)
        }
        try ledger.read { (stored: LedgerView) throws in
            #expect(try stored.waitingReports() == [list.id])
            #expect(try stored.unfinished(after: 3).isEmpty)
            #expect(try stored.newestStanding(of: report.id)?.standing == .failed)
            #expect(try stored.submissions(unit: report.key.unit, last: 1).map(\.id) == [list.id])
        }
        try ledger.write { try $0.add(Sample.workbook(content: 3), to: report.id, standing: .failed) }
        #expect(try ledger.read { try $0.unfinished(after: 3) } == [report.id])
        // A version that passes ends it.
        try ledger.write { try $0.add(Sample.workbook(content: 4), to: report.id, standing: .filed) }
        try ledger.read { (stored: LedgerView) throws in
            #expect(try stored.unfinished(after: 3).isEmpty)
            #expect(try stored.unconfirmedReports(form: "bao_cao_xa", period: "2019") == 1)
        }
        let later = Sample.noon.addingTimeInterval(60)
        try ledger.write {
            try $0.add(Opinion(agrees: true, words: "", who: "ha", at: later), on: report)
        }
        #expect(try ledger.read { try $0.unconfirmedReports(form: "bao_cao_xa", period: "2019") } == 0)
    }

    @Test func filesAreCountedByWhatTheLabourOfficeHasSaid() throws {
        let folder = try TestFolder()
        let ledger = try Ledger.open(folder: folder.path, mode: .work)
        try ledger.write { transaction in
            for (number, offset) in [nil, -60.0, 60.0].enumerated() {
                let key = try Sample.key(form: "dn_ho", period: nil, stage: "s", nominee: "n\(number)")
                let file = try transaction.open(key, kind: .nomination, year: 2020, at: Sample.noon)
                try transaction.moveDossier(of: file, to: .inReview, by: "tuan", at: Sample.noon)
                if let offset {
                    let at = Sample.noon.addingTimeInterval(offset)
                    try transaction.add(Opinion(agrees: true, words: "", who: "ha", at: at), on: file)
                }
            }
        }
        try ledger.read { (stored: LedgerView) throws in
            #expect(try stored.dossiersWithoutOpinion() == 1)
            // What was said before the last move is not new.
            #expect(try stored.dossiersWithNewOpinion() == 1)
            #expect(try stored.dossierCounts(stage: "s").map(\.count) == [3])
            #expect(try stored.dossierCounts(stage: "t").isEmpty)
        }
    }
}
