package import Foundation
import GRDB
import Records

extension LedgerTransaction {
    /// Gives a file to a reviewer; an empty name takes it from everybody.
    package func assign(_ submission: SubmissionRecord, to officer: String, by who: String, at now: Date) throws {
        try runOnOne(
            "UPDATE dossiers SET officer = ? WHERE submission = ?", [officer, submission.id.rawValue], "dossier")
        try audit(
            AuditEntry(
                at: now, who: who, action: "dossier.assign", subject: submission.receipt.description, detail: officer))
    }

    /// Keeps a verdict on a standard in place of the one before; the trail keeps both.
    package func assess(_ submission: SubmissionRecord, _ assessment: Assessment) throws {
        try run(
            """
            INSERT OR REPLACE INTO assessments (submission, standard, verdict, note, revision, who, at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                submission.id.rawValue, assessment.standard, assessment.verdict.rawValue, assessment.note,
                assessment.revision.rawValue, assessment.who, assessment.at.milliseconds,
            ])
        let note = assessment.note.isEmpty ? "" : ": " + assessment.note
        try audit(
            AuditEntry(
                at: assessment.at, who: assessment.who, action: "standard.assess",
                subject: submission.receipt.description,
                detail: "\(assessment.standard) \(assessment.verdict.rawValue)\(note)"))
    }

    package func add(_ opinion: Opinion, on submission: SubmissionRecord) throws {
        try run(
            "INSERT INTO opinions (submission, agrees, words, who, at) VALUES (?, ?, ?, ?, ?)",
            [submission.id.rawValue, opinion.agrees, opinion.words, opinion.who, opinion.at.milliseconds])
        try closeLabourRequests(of: submission.id, by: opinion.who, at: opinion.at)
        try audit(
            AuditEntry(
                at: opinion.at, who: opinion.who, action: "labour.opinion", subject: submission.receipt.description,
                detail: (opinion.agrees ? "agrees" : "disagrees") + (opinion.words.isEmpty ? "" : ": " + opinion.words)
            ))
    }

    /// A note of the office's own about a subject.
    package func remark(_ words: String, on subject: String, by who: String, at now: Date) throws {
        try run(
            "INSERT INTO remarks (subject, words, who, at) VALUES (?, ?, ?, ?)",
            [subject, words, who, now.milliseconds])
        try audit(AuditEntry(at: now, who: who, action: "remark", subject: subject, detail: words))
    }
}
