package import Campaign
package import Intake
package import Ledger
package import Records
package import XLSForm

/// Whether a nominee's file may be put on the list for the district.
package struct ProposalReadiness: Sendable {
    /// Why it may not be yet.
    package enum Reason: Hashable, Sendable {
        /// So many standards have no verdict.
        case unassessed(Int)
        /// So many standards are not met, or something is still to be asked of the unit.
        case open(Int)
        /// So many verdicts were given on an earlier version.
        case outdated(Int)
        /// A newer version than the one under review has come.
        case newer
        /// Papers that are not there, by their ids.
        case papers([String])
        /// The Labour office has said nothing, and still has time.
        case noOpinion
    }

    package let reasons: [Reason]

    /// The states in which a file is under review.
    package static let open: Set<DossierState> = [.queued, .inReview]

    /// - Parameters:
    ///   - standards: ids of all that the form serves.
    ///   - reviewed: the version that would be proposed.
    ///   - missing: ids of papers that block.
    ///   - isOpinionDue: the Labour office was asked, and its time is over.
    package init(
        standards: [String], assessments: [String: Assessment], reviewed: RowID<RevisionRecord>?, opinion: Opinion?,
        missing: [String] = [], isOpinionDue: Bool = false, isNewerThere: Bool = false
    ) {
        let given = standards.compactMap { assessments[$0] }
        let unmet = given.count { $0.verdict == .unmet || $0.verdict == .incomplete }
        let old = given.count { $0.revision != reviewed }
        var reasons: [Reason] = []
        if given.count < standards.count { reasons.append(.unassessed(standards.count - given.count)) }
        if unmet > 0 { reasons.append(.open(unmet)) }
        if old > 0 { reasons.append(.outdated(old)) }
        if isNewerThere { reasons.append(.newer) }
        if !missing.isEmpty { reasons.append(.papers(missing)) }
        if opinion == nil, !isOpinionDue { reasons.append(.noOpinion) }
        self.reasons = reasons
    }

    /// Of a file as it stands in the ledger.
    package init(of submission: SubmissionRecord, _ stored: LedgerView, _ office: Office, on today: CivilDate) throws {
        let file = try ReviewedFile(submission, stored)
        let form = office.definition(of: file.reviewed, submission)
        let papers = try form.map { try DossierPapers(of: submission, form: $0, stored).missing.map(\.id) } ?? []
        let asked = try stored.opinionRequests(of: submission.id).last { $0.office == nil }
        self.init(
            standards: office.standards(of: submission).map(\.id),
            assessments: try stored.assessments(of: submission.id), reviewed: file.reviewed?.id,
            opinion: try stored.opinions(of: submission.id).last, missing: papers,
            isOpinionDue: asked.map { $0.due < today } ?? false, isNewerThere: file.newer != nil)
    }
}

/// A nominee's file by its versions.
package struct ReviewedFile: Sendable {
    /// In order.
    package let revisions: [RevisionRecord]
    /// The one that verdicts are given on; nil when there is none.
    package let reviewed: RevisionRecord?
    /// A later one that may be taken up; nil when there is none.
    package let newer: RevisionRecord?
    /// A later one with mistakes: the one under review counts until it is mended.
    package let failed: RevisionRecord?

    package init(_ submission: SubmissionRecord, _ stored: LedgerView) throws {
        let revisions = try stored.revisions(of: submission.id)
        let chosen = try stored.dossier(of: submission.id)?.revision
        let usable = revisions.last { $0.standing != .failed }
        let reviewed = revisions.first { $0.id == chosen } ?? usable ?? revisions.last
        self.revisions = revisions
        self.reviewed = reviewed
        newer = usable.flatMap { $0.number > reviewed?.number ?? 0 ? $0 : nil }
        failed = revisions.last.flatMap { $0.standing == .failed && $0.number > reviewed?.number ?? 0 ? $0 : nil }
    }
}

extension Office {
    /// The standards that a nomination's form serves.
    package func standards(of submission: SubmissionRecord) -> [Plan.Standard] {
        submission.kind == .nomination
            ? campaign.plan.standards.filter { $0.forms.contains(submission.key.form) } : []
    }

    /// The form in the version that a revision was made with, else as it is now.
    package func definition(of revision: RevisionRecord?, _ submission: SubmissionRecord) -> FormDefinition? {
        (revision.flatMap { forms[$0.workbook.verdict.form] } ?? forms.current(submission.key.form))?.definition
    }
}
