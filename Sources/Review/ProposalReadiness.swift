package import Ledger

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
        /// The Labour office has said nothing.
        case noOpinion
    }

    package let reasons: [Reason]

    /// The states in which a file is under review.
    package static let open: Set<DossierState> = [.queued, .inReview]

    /// - Parameters:
    ///   - standards: ids of all that the form serves.
    ///   - newest: the version that would be proposed.
    package init(
        standards: [String], assessments: [String: Assessment], newest: RowID<RevisionRecord>?, opinion: Opinion?
    ) {
        let given = standards.compactMap { assessments[$0] }
        let unmet = given.count { $0.verdict == .unmet || $0.verdict == .incomplete }
        let old = given.count { $0.revision != newest }
        var reasons: [Reason] = []
        if given.count < standards.count { reasons.append(.unassessed(standards.count - given.count)) }
        if unmet > 0 { reasons.append(.open(unmet)) }
        if old > 0 { reasons.append(.outdated(old)) }
        if opinion == nil { reasons.append(.noOpinion) }
        self.reasons = reasons
    }
}
