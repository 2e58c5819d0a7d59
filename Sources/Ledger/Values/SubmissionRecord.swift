package import Foundation
package import Records

/// One submission: one key, one receipt for life, any number of revisions.
package struct SubmissionRecord: Hashable, Sendable, Identifiable {
    package let id: RowID<SubmissionRecord>
    package let receipt: Receipt
    package let kind: FormKind
    package let key: SubmissionKey
    /// What people call it: the nominee's name as written; may be empty.
    package let name: String
    package let opened: Date
}

/// One workbook of a submission, with its verdict.
package struct RevisionRecord: Hashable, Sendable, Identifiable {
    package let id: RowID<RevisionRecord>
    package let submission: RowID<SubmissionRecord>
    /// 1, 2, 3 … within the submission.
    package let number: Int
    package let standing: RevisionStanding
    package let workbook: JudgedWorkbook
}

/// What is stored of a workbook that was judged. The definition's SHA-256 stands in the verdict.
package struct JudgedWorkbook: Hashable, Sendable {
    /// The mail that brought it; nil when it came by hand.
    package var message: RowID<MessageRecord>?
    package var filename: String
    /// SHA-256 of the workbook file in the archive, in hexadecimal.
    package var fileSHA256: String
    /// A hash of the answers alone: two files with the same answers have the same one.
    package var contentHash: String
    /// SHA-256 of plan.xlsx and of units.xlsx as they were used.
    package var plan: String
    package var units: String
    package var received: Date
    package var verdict: Verdict
    package var answers: [Answer]

    package init(
        message: RowID<MessageRecord>?, filename: String, fileSHA256: String, contentHash: String, plan: String,
        units: String, received: Date, verdict: Verdict, answers: [Answer]
    ) {
        self.message = message
        self.filename = filename
        self.fileSHA256 = fileSHA256
        self.contentHash = contentHash
        self.plan = plan
        self.units = units
        self.received = received
        self.verdict = verdict
        self.answers = answers
    }
}

/// How a revision stands within its submission.
package enum RevisionStanding: String, Sendable, Codable, CaseIterable {
    /// It counts. At most one of a submission does.
    case filed
    /// It counted until a better one came.
    case superseded
    /// It did not pass.
    case failed
    /// It passed, or may pass, once a person says so (frozen figures, an unmet standard that is maintained).
    case waiting
}

/// The figures of a filed revision, as rules may look them up.
package struct AcceptedAnswers: Hashable, Sendable {
    package let submission: RowID<SubmissionRecord>
    package let revision: RowID<RevisionRecord>
    package let receipt: Receipt
    package let key: SubmissionKey
    package let received: Date
    /// By question, outside repeats: numbers with a decimal point and without grouping, dates in ISO 8601, choices by name.
    /// Blank answers are left out.
    package let figures: [String: String]
}

extension AcceptedAnswers {
    /// What of a revision's answers `figures` holds once it is filed.
    package static func figures(of answers: [Answer]) -> [String: String] { AnswerColumn.figures(in: answers) }
}

/// A paper that belongs to a submission.
package struct EvidenceRecord: Hashable, Sendable {
    package let file: ReceivedFile
    /// `MC1`; nil while it is not known where the paper belongs.
    package let code: String?
    /// The question that it answers, where one does.
    package let question: String?
    package let attached: Date
}

/// Where a nominee's file stands. Who may move it where is the reviewer's business; the ledger keeps the state and its trail.
package struct DossierRecord: Hashable, Sendable {
    package let submission: RowID<SubmissionRecord>
    package let state: DossierState
    package let changed: Date
    /// Why a person should look again; empty when there is no reason.
    package let flag: String
    /// The version under review; nil while nobody has taken the file.
    package let revision: RowID<RevisionRecord>?
    /// How many of the papers are missing without which the file is on no list.
    package let missing: Int
}

package enum DossierState: String, Sendable, Codable, CaseIterable {
    case needsCorrection = "needs-correction"
    case standardNotMet = "standard-not-met"
    case queued
    case inReview = "in-review"
    case returned
    case declined
    case proposedToDistrict = "proposed-to-district"
    case awardedByDistrict = "awarded-by-district"
    case proposedToProvince = "proposed-to-province"
    case awarded
    case notAwarded = "not-awarded"
    case withdrawn
    /// An award that was taken back by a decision.
    case revoked
}

/// One line of the audit trail: who did what to what, and why.
package struct AuditEntry: Hashable, Sendable {
    package let at: Date
    package let who: String
    /// A word such as `dossier.move`, `notice.drop`.
    package let action: String
    /// What it was done to: a receipt, a Message-ID.
    package let subject: String
    package let detail: String

    package init(at: Date, who: String, action: String, subject: String, detail: String = "") {
        self.at = at
        self.who = who
        self.action = action
        self.subject = subject
        self.detail = detail
    }
}

/// A form, plan or units file as it was used, by content.
package struct DefinitionRecord: Hashable, Sendable {
    /// `form`, `plan`, `units`.
    package let kind: String
    /// The form's id, or the file's name.
    package let name: String
    package let version: String
    package let sha256: String
    package let recorded: Date

    package init(kind: String, name: String, version: String, sha256: String, recorded: Date) {
        self.kind = kind
        self.name = name
        self.version = version
        self.sha256 = sha256
        self.recorded = recorded
    }
}
