package import Ledger

/// What a person of the office may do with a nominee's file, and from where to where it moves.
package enum DossierMove: String, Sendable, CaseIterable {
    /// Begins to review it.
    case take
    /// Queues a file that the machine would not, with a reason.
    case queue
    /// Asks the unit for more, with what is missing as the reason.
    case `return`
    /// Does not put it forward, with a reason.
    case decline
    case proposeToDistrict = "propose-district"
    /// The decision's number and day are the reason.
    case awardByDistrict = "award-district"
    case proposeToProvince = "propose-province"
    case award
    /// The district or the province did not award it.
    case refuse = "not-award"
    /// The unit has asked for it.
    case withdraw
    /// Takes a closed file up again, with a reason.
    case reopen
    /// Off the list for the district again, with a reason.
    case takeOff = "take-off"
    /// Takes an award back: the decision's number and day, and why.
    case revoke

    /// The states that it starts from.
    package var from: Set<DossierState> {
        switch self {
        case .take: [.queued]
        case .queue: [.standardNotMet, .needsCorrection]
        case .return: [.queued, .inReview]
        case .decline: [.queued, .inReview, .standardNotMet, .needsCorrection, .returned]
        case .proposeToDistrict: [.inReview]
        case .awardByDistrict: [.proposedToDistrict]
        // VII.6 of the plan: the province is asked once the district has awarded.
        case .proposeToProvince: [.awardedByDistrict]
        case .award: [.proposedToProvince]
        case .refuse: [.proposedToDistrict, .proposedToProvince]
        case .withdraw: [.needsCorrection, .standardNotMet, .queued, .inReview, .returned, .proposedToDistrict]
        case .reopen: [.declined, .withdrawn, .notAwarded]
        case .takeOff: [.proposedToDistrict]
        case .revoke: [.awardedByDistrict, .awarded]
        }
    }

    package var to: DossierState {
        switch self {
        case .take, .takeOff: .inReview
        case .queue, .reopen: .queued
        case .return: .returned
        case .decline: .declined
        case .proposeToDistrict: .proposedToDistrict
        case .awardByDistrict: .awardedByDistrict
        case .proposeToProvince: .proposedToProvince
        case .award: .awarded
        case .refuse: .notAwarded
        case .withdraw: .withdrawn
        case .revoke: .revoked
        }
    }

    /// Without a reason it could not be defended later.
    package var needsReason: Bool {
        switch self {
        case .queue, .return, .decline, .awardByDistrict, .award, .refuse, .reopen, .takeOff, .revoke: true
        case .take, .proposeToDistrict, .proposeToProvince, .withdraw: false
        }
    }

    /// What may be done with a file in a state.
    package static func possible(from state: DossierState) -> [DossierMove] {
        allCases.filter { $0.from.contains(state) }
    }
}
