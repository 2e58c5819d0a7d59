package import Records

/// Everything that judging one workbook comes to.
package struct Judgement: Sendable, Codable {
    package let verdict: Verdict
    /// The workbook's answers and the computed ones, in the form's order. What is irrelevant has no value.
    package let answers: [Answer]
    package let identity: SubmissionIdentity
    /// Which attachment answers which question.
    package let evidence: [EvidenceMatch]

    package init(
        verdict: Verdict, answers: [Answer], identity: SubmissionIdentity, evidence: [EvidenceMatch]
    ) {
        self.verdict = verdict
        self.answers = answers
        self.identity = identity
        self.evidence = evidence
    }
}

/// A question of type `file` and the attachment that was found for it.
package struct EvidenceMatch: Hashable, Sendable, Codable {
    package let question: String
    package let row: Int?
    package let filename: String

    package init(question: String, row: Int?, filename: String) {
        self.question = question
        self.row = row
        self.filename = filename
    }
}

/// What a submission is about, by the questions that the form's settings name.
package struct SubmissionIdentity: Hashable, Sendable, Codable {
    package let unit: UnitCode?
    package let period: String?
    package let stage: String?
    /// The name of the reward's choice.
    package let reward: String?
    /// The nominee as written.
    package let nominee: String?
    /// nil as long as a part that the form declares is missing.
    package let key: SubmissionKey?

    package init(
        unit: UnitCode?, period: String?, stage: String?, reward: String?, nominee: String?, key: SubmissionKey?
    ) {
        self.unit = unit
        self.period = period
        self.stage = stage
        self.reward = reward
        self.nominee = nominee
        self.key = key
    }
}
