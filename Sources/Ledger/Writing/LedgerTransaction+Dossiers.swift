package import Foundation
import GRDB
package import Records

extension LedgerTransaction {
    /// Which version is reviewed from now on.
    package func review(
        _ revision: RevisionRecord, of submission: SubmissionRecord, by who: String, at now: Date
    ) throws {
        try runOnOne(
            "UPDATE dossiers SET revision = ? WHERE submission = ?", [revision.id.rawValue, submission.id.rawValue],
            "dossier")
        try audit(
            AuditEntry(
                at: now, who: who, action: "dossier.revision", subject: submission.receipt.description,
                detail: String(revision.number)))
    }

    /// Carries verdicts over to another version, because nothing changed that they were given on.
    package func keep(
        _ standards: [String], of submission: RowID<SubmissionRecord>, on revision: RowID<RevisionRecord>
    ) throws {
        for standard in standards {
            try run(
                "UPDATE assessments SET revision = ? WHERE submission = ? AND standard = ?",
                [revision.rawValue, submission.rawValue, standard])
        }
    }

    /// The original of a paper lies in the office, or does not after all.
    package func noteOriginal(
        _ paper: String, isThere: Bool, of submission: SubmissionRecord, by who: String, at now: Date
    ) throws {
        if isThere {
            try run(
                "INSERT INTO originals (submission, paper, who, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                [submission.id.rawValue, paper, who, now.milliseconds])
        } else {
            try run("DELETE FROM originals WHERE submission = ? AND paper = ?", [submission.id.rawValue, paper])
        }
        guard db.changesCount > 0 else { return }
        try audit(
            AuditEntry(
                at: now, who: who, action: isThere ? "paper.original" : "paper.no-original",
                subject: submission.receipt.description, detail: paper))
    }

    /// Says where a loose paper belongs.
    /// - Throws: `conflict` when the submission has no loose paper of these bytes.
    package func place(
        _ sha256: String, of submission: SubmissionRecord, code: String, question: String, by who: String, at now: Date
    ) throws {
        try run(
            """
            UPDATE OR IGNORE evidence SET code = ?, question = ? WHERE submission = ? AND question = ''
                AND file IN (SELECT id FROM files WHERE sha256 = ?)
            """, [code, question, submission.id.rawValue, sha256])
        guard db.changesCount > 0 else { throw LedgerError(.conflict, "there is no such loose paper") }
        try audit(
            AuditEntry(
                at: now, who: who, action: "paper.place", subject: submission.receipt.description,
                detail: "\(code) \(sha256.prefix(12))"))
    }

    // MARK: - Opinions

    /// - Parameter office: nil for the Labour office.
    package func askOpinion(
        of office: String?, on submission: SubmissionRecord, due: CivilDate, by who: String, at now: Date
    ) throws {
        try run(
            "INSERT INTO opinion_requests (submission, office, asked, due, who) VALUES (?, ?, ?, ?, ?)",
            [submission.id.rawValue, office ?? "", now.milliseconds, due.description, who])
        try audit(
            AuditEntry(
                at: now, who: who, action: "opinion.ask", subject: submission.receipt.description,
                detail: "\(office ?? "labour"), \(due)"))
    }

    /// What another office has answered.
    /// - Throws: `conflict` when it was not asked, or has answered.
    package func answerOpinion(
        _ request: RowID<AskedOpinion>, _ words: String, on submission: SubmissionRecord, by who: String, at now: Date
    ) throws {
        try runOnOne(
            """
            UPDATE opinion_requests SET answer = ?, answered = ?, answered_by = ?
            WHERE id = ? AND submission = ? AND office <> '' AND answered IS NULL
            """, [words, now.milliseconds, who, request.rawValue, submission.id.rawValue], "open question")
        try audit(
            AuditEntry(
                at: now, who: who, action: "opinion.answer", subject: submission.receipt.description, detail: words))
    }

    /// The Labour office has spoken: what it was asked is answered.
    func closeLabourRequests(of submission: RowID<SubmissionRecord>, by who: String, at now: Date) throws {
        try run(
            """
            UPDATE opinion_requests SET answered = ?, answered_by = ? WHERE submission = ? AND office = ''
            AND answered IS NULL
            """, [now.milliseconds, who, submission.rawValue])
    }

    // MARK: - The same nominee

    /// A person says whether two files are about one nominee.
    package func pair(
        _ one: SubmissionRecord, _ other: SubmissionRecord, isSame: Bool, by who: String, at now: Date
    ) throws {
        guard one.id != other.id else { throw LedgerError(.conflict, "a file is not paired with itself") }
        let (first, second) = one.id.rawValue < other.id.rawValue ? (one, other) : (other, one)
        try run(
            """
            INSERT INTO nominee_pairs (first, second, is_same, who, at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (first, second) DO UPDATE SET is_same = excluded.is_same, who = excluded.who, at = excluded.at
            """, [first.id.rawValue, second.id.rawValue, isSame, who, now.milliseconds])
        for (file, its) in [(one, other), (other, one)] {
            try audit(
                AuditEntry(
                    at: now, who: who, action: isSame ? "nominee.same" : "nominee.other",
                    subject: file.receipt.description, detail: its.receipt.description))
        }
    }
}
