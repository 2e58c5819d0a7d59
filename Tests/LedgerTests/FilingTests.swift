import Foundation
import GRDB
import Records
import Testing

@testable import Ledger

@Suite struct FilingTests {
    let folder: TestFolder
    let ledger: Ledger

    init() throws {
        folder = try TestFolder()
        ledger = try Ledger.open(folder: folder.path, mode: .work)
    }

    @Test func receiptsAreGaplessPerKindAndYear() throws {
        let receipts = try ledger.write { transaction in
            try (1...3).flatMap { number in
                [
                    try transaction.open(
                        Sample.key(period: "\(number)"), kind: .report, year: 2019, at: Sample.noon),
                    try transaction.open(
                        Sample.key(form: "dn_ho", period: "\(number)"), kind: .nomination, year: 2019, at: Sample.noon),
                    try transaction.open(
                        Sample.key(form: "bc2", period: "\(number)"), kind: .report, year: 2020, at: Sample.noon),
                ].map(\.receipt.description)
            }
        }
        #expect(
            receipts.sorted() == [
                "BC-2019-0001", "BC-2019-0002", "BC-2019-0003", "BC-2020-0001", "BC-2020-0002", "BC-2020-0003",
                "KT-2019-0001", "KT-2019-0002", "KT-2019-0003",
            ])
    }

    @Test func oneKeyIsOneSubmission() throws {
        let first = try ledger.write {
            try $0.open(
                Sample.key(nominee: "tran van a"), kind: .nomination, year: 2019, name: "Trần Văn A", at: Sample.noon)
        }
        #expect(throws: LedgerError.self) {
            try ledger.write {
                try $0.open(Sample.key(nominee: "tran van a"), kind: .nomination, year: 2019, at: Sample.noon)
            }
        }
        let key = try Sample.key(nominee: "tran van an")
        try ledger.write { try $0.rekey(first.id, to: key, name: "Trần Văn An") }
        let found = try ledger.read { try $0.submission(receipt: first.receipt) }
        #expect(found?.key == key)
        #expect(try ledger.read { try $0.submission(key: key) }?.name == "Trần Văn An")
        #expect(try ledger.read { try $0.submission(key: Sample.key(nominee: "tran van a")) } == nil)
    }

    @Test func theLastNominationsOfAUnitComeInTheOrderOfArrival() throws {
        let keys = try (1...5).map { try Sample.key(form: "dn_ho", stage: "tong_ket_2020", nominee: "nguoi \($0)") }
        try ledger.write { transaction in
            for (number, key) in zip(1..., keys) {
                _ = try transaction.open(key, kind: .nomination, year: 2020, name: "Người \(number)", at: Sample.noon)
            }
        }
        let unit = keys[0].unit
        let (lines, count) = try ledger.read {
            (
                try $0.nominations(of: unit, stage: "tong_ket_2020", last: 3),
                try $0.nominationCount(of: unit, stage: "tong_ket_2020")
            )
        }
        #expect(lines.map(\.submission.name) == ["Người 3", "Người 4", "Người 5"])
        #expect(count == 5)
    }

    @Test func aRevisionComesBackAsItWasStored() throws {
        let lookups = [
            Lookup(table: "chi_tieu", column: "muc", keyColumn: "khoa", key: "thienloc-2019", found: nil),
            Lookup(table: "dau_ky", column: "ngheo", keyColumn: "khoa", key: "thienloc-2019", found: "120"),
        ]
        let (record, submission, workbook) = try ledger.write { transaction in
            let message = try transaction.record(Sample.message(1, files: [Sample.file("2")]))
            let submission = try transaction.open(Sample.key(), kind: .report, year: 2019, at: Sample.noon)
            let workbook = Sample.workbook(
                message: message, outcome: .needsCorrection, findings: Sample.findings, lookups: lookups)
            let added = try transaction.add(workbook, to: submission.id, standing: .failed)
            return (try transaction.stored.revision(added.id), submission, workbook)
        }
        #expect(record?.workbook == workbook)
        #expect(record?.number == 1)
        #expect(record?.standing == .failed)
        #expect(try ledger.read { try $0.submission(submission.id) } == submission)
        #expect(try ledger.read { try $0.filedRevision(of: submission.id) } == nil)
        #expect(try ledger.read { try $0.revision(fileSHA256: Sample.sha(1)) } == record)
        #expect(try ledger.read { try $0.revision(of: submission.id, contentHash: "c1") } == record)
        #expect(try ledger.read { try $0.revision(of: submission.id, contentHash: "c2") } == nil)
    }

    @Test func onlyARevisionThatPassesSupersedes() throws {
        try ledger.write { transaction in
            let submission = try transaction.open(Sample.key(), kind: .report, year: 2019, at: Sample.noon)
            let first = try transaction.add(Sample.workbook(content: 1), to: submission.id, standing: .filed)
            let second = try transaction.add(Sample.workbook(content: 2), to: submission.id, standing: .failed)
            #expect(first.superseded == nil)
            #expect(second.superseded == nil)
            #expect(try transaction.stored.filedRevision(of: submission.id)?.id == first.id)
            let third = try transaction.add(Sample.workbook(content: 3), to: submission.id, standing: .filed)
            #expect(third.superseded == first.id)
            let fourth = try transaction.add(Sample.workbook(content: 4), to: submission.id, standing: .waiting)
            #expect(try transaction.set(.filed, of: fourth.id) == third.id)
            let standings = try transaction.stored.revisions(of: submission.id).map(\.standing)
            #expect(standings == [.superseded, .failed, .superseded, .filed])
        }
    }

    @Test func theSchemaItselfAllowsOneFiledRevisionOnly() throws {
        #expect(throws: LedgerError.self) {
            try ledger.write { transaction in
                let submission = try transaction.open(Sample.key(), kind: .report, year: 2019, at: Sample.noon)
                try transaction.add(Sample.workbook(content: 1), to: submission.id, standing: .filed)
                try transaction.add(Sample.workbook(content: 2), to: submission.id, standing: .failed)
                try transaction.run("UPDATE revisions SET standing = 'filed'", [])
            }
        }
        #expect(try ledger.read { try $0.submissions() }.isEmpty)
    }

    @Test func acceptedFiguresAreThoseOfTheFiledRevision() throws {
        func answers(_ number: Int) -> [Answer] {
            [Answer(question: "ho_ngheo", value: .number(Decimal(number)), shown: "", cell: nil)]
        }
        // A rolled-back revision had the same row number: its figures must not stay behind.
        struct Undone: Error {}
        let submission = try ledger.write { try $0.open(Sample.key(), kind: .report, year: 2019, at: Sample.noon) }
        for number in [81, 82] {
            let results = try ledger.commit([number]) { number, transaction in
                try transaction.add(Sample.workbook(answers: answers(number)), to: submission.id, standing: .filed)
                let seen = try transaction.stored.acceptedAnswers(forms: ["bao_cao_xa"])
                if number == 81 { throw Undone() }
                return seen
            }
            if number == 82 {
                let accepted = try results[0].get()
                #expect(accepted.map(\.figures) == [["ho_ngheo": "82"]])
                #expect(accepted.map(\.receipt) == [submission.receipt])
            }
        }
        #expect(try ledger.read { try $0.acceptedAnswers(forms: ["another"]) }.isEmpty)
        let figures = AnswerColumn.figures(in: Sample.answers)
        #expect(
            figures == ["ho_ngheo": "82.5", "ngay": "2019-02-15", "luc": "1576645200000", "gio": "43200"])
    }

    @Test func theStateOfTheFiguresChangesWithThemAndNeverRepeats() throws {
        struct Undone: Error {}
        let submission = try ledger.write { try $0.open(Sample.key(), kind: .report, year: 2019, at: Sample.noon) }
        func state() throws -> [String: Int64] { try ledger.read { try $0.figuresState(forms: ["bao_cao_xa"]) } }
        let steps: [(LedgerTransaction) throws -> Void] = [
            { try $0.add(Sample.workbook(content: 1), to: submission.id, standing: .filed) },
            { try $0.add(Sample.workbook(content: 2), to: submission.id, standing: .filed) },
            { try $0.rekey(submission.id, to: Sample.key(period: "2018"), name: "") },
        ]
        var seen = [try state()]
        for step in steps {
            let undone = try ledger.commit([step]) { step, transaction -> [String: Int64] in
                try step(transaction)
                seen.append(try transaction.stored.figuresState(forms: ["bao_cao_xa"]))
                throw Undone()
            }
            #expect(throws: Undone.self) { try undone[0].get() }
            #expect(try state() == seen[seen.count - 2])
            try ledger.write { try step($0) }
            seen.append(try state())
        }
        #expect(Set(seen).count == seen.count)
        let before = try state()
        try ledger.write { try $0.add(Sample.workbook(content: 3), to: submission.id, standing: .failed) }
        #expect(try state() == before)
    }

    @Test func nominationsThatReadAReportAreFound() throws {
        let lookup = Lookup(table: "so_lieu_nam", column: "ty_le", keyColumn: "khoa", key: "thienloc-2019", found: "4")
        try ledger.write { transaction in
            let nomination = try transaction.open(
                Sample.key(form: "dn_xa", nominee: "xa"), kind: .nomination, year: 2020, at: Sample.noon)
            try transaction.moveDossier(of: nomination, to: .queued, by: "formpost", at: Sample.noon)
            let first = try transaction.add(
                Sample.workbook(lookups: [lookup]), to: nomination.id, standing: .filed)
            #expect(try transaction.stored.readers(ofTable: "so_lieu_nam", key: "thienloc-2019") == [nomination.id])
            #expect(try transaction.stored.readers(ofTable: "so_lieu_nam", key: "thienloc-2018") == [])
            try transaction.flagDossier(of: nomination.id, "report changed")
            #expect(try transaction.stored.dossier(of: nomination.id)?.flag == "report changed")
            try transaction.set(.superseded, of: first.id)
            #expect(try transaction.stored.readers(ofTable: "so_lieu_nam", key: "thienloc-2019") == [])
        }
    }

    @Test func everyMoveOfADossierLeavesATrace() throws {
        let nomination = try ledger.write {
            try $0.open(Sample.key(form: "dn_ho", nominee: "a"), kind: .nomination, year: 2020, at: Sample.noon)
        }
        try ledger.write {
            try $0.moveDossier(of: nomination, to: .queued, by: "formpost", at: Sample.noon)
            try $0.moveDossier(of: nomination, to: .inReview, by: "tuan", reason: "xem", at: Sample.noon)
        }
        #expect(try ledger.read { try $0.dossiers(in: [.inReview]).map(\.submission) } == [nomination.id])
        let trail = try ledger.read { try $0.audit(subject: nomination.receipt.description) }
        #expect(trail.map(\.who) == ["formpost", "tuan"])
        #expect(trail.last?.detail == "queued → in-review: xem")
    }

    @Test func evidenceIsAttachedOnce() throws {
        try ledger.write { transaction in
            let submission = try transaction.open(Sample.key(), kind: .report, year: 2019, at: Sample.noon)
            let paper = Sample.file("2", sha: 9, role: .evidence)
            let message = try transaction.record(Sample.message(1, outcome: .evidence, files: [paper]))
            for _ in 1...2 {
                try transaction.attach(
                    "2", of: message, to: submission.id, code: "MC1", question: "ban_ky", at: Sample.noon)
            }
            let evidence = try transaction.stored.evidence(of: submission.id)
            #expect(
                evidence == [EvidenceRecord(file: paper, code: "MC1", question: "ban_ky", attached: Sample.noon)])
            #expect(throws: LedgerError.self) {
                try transaction.attach("3", of: message, to: submission.id, at: Sample.noon)
            }
            #expect(try transaction.stored.knowsFile(sha256: Sample.sha(9)))
            #expect(try !transaction.stored.knowsFile(sha256: Sample.sha(8)))
        }
    }

    @Test func aFrozenPeriodIsFrozenOnce() throws {
        try ledger.write {
            try $0.freeze(form: "bao_cao_xa", period: "2018", by: "tuan", document: "CV 12", at: Sample.noon)
        }
        #expect(try ledger.read { try $0.isFrozen(form: "bao_cao_xa", period: "2018") })
        #expect(try ledger.read { try !$0.isFrozen(form: "bao_cao_xa", period: "2019") })
        #expect(throws: LedgerError.self) {
            try ledger.write {
                try $0.freeze(form: "bao_cao_xa", period: "2018", by: "x", document: "", at: Sample.noon)
            }
        }
    }

    @Test func definitionsAreKeptByContent() throws {
        func definition(_ sha: Int) -> DefinitionRecord {
            DefinitionRecord(
                kind: "form", name: "bao_cao_xa", version: "1", sha256: Sample.sha(sha), recorded: Sample.noon)
        }
        try ledger.write {
            try $0.record(definition(1), bytes: [1, 0, 2])
            try $0.record(definition(1), bytes: [1, 0, 2])
            try $0.record(definition(2), bytes: [3])
        }
        #expect(
            try ledger.read { try $0.definitions(kind: "form", name: "bao_cao_xa").map(\.sha256) } == [
                Sample.sha(1), Sample.sha(2),
            ])
        #expect(try ledger.read { try $0.definition(sha256: Sample.sha(1)) } == [1, 0, 2])
    }

    @Test func theTableOfTheWorkerShowsEachWorkbook() throws {
        try ledger.write { transaction in
            let message = try transaction.record(Sample.message(1))
            try transaction.record(Sample.message(2, outcome: .stranger))
            let submission = try transaction.open(Sample.key(), kind: .report, year: 2019, at: Sample.noon)
            try transaction.add(Sample.workbook(message: message), to: submission.id, standing: .filed)
            try transaction.enqueue(Sample.notice("<n@office>", inReplyTo: message))
        }
        let lines = try ledger.read { try $0.intake() }
        #expect(lines.map(\.receipt?.description) == ["BC-2019-0001", nil])
        #expect(lines.map(\.outcome) == [.workbooks, .stranger])
        #expect(lines.map(\.notice) == [.reportReceipt, nil])
        #expect(lines.map(\.verdict) == [.accepted, nil])
        let rest = try ledger.read { try $0.intake(after: lines[0].message) }
        #expect(rest == [lines[1]])
    }

    /// A mail that a person admits has been told before that it waits.
    @Test func theTableOfTheWorkerShowsTheNewestNotice() throws {
        try ledger.write { transaction in
            let message = try transaction.record(Sample.message(1, outcome: .unverified))
            try transaction.enqueue(Sample.notice("<1@office>", kind: .unverified, inReplyTo: message))
            try transaction.enqueue(Sample.notice("<2@office>", inReplyTo: message))
        }
        #expect(try ledger.read { try $0.intake() }.map(\.notice) == [.reportReceipt])
    }
}
