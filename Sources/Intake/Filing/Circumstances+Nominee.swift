import Campaign
import Ledger
import Records
import XLSForm

/// What a nomination meets: others of the same name, earlier awards, the number that the unit was allotted.
extension Circumstances {
    /// Others of the same name: twice in this stage, or awarded in another.
    func namesakes() throws -> [Finding] {
        guard submission.kind == .nomination, let name = identity.key?.nominee, let stage = identity.stage else {
            return []
        }
        return try campaign.plan.stages.compactMap { other in
            let found = try nominations(named: name, stage: other.code)
            return other.code == stage
                ? duplicate(among: found) : try awarded(among: found, year: campaign.plan.stageYear(other.code))
        }
    }

    private func nominations(named name: String, stage: String) throws -> [NominationLine] {
        let forms = filing.office.forms.current.map(\.definition.settings).filter { $0.kind == .nomination }.map(\.id)
        return try filing.stored.nominations(
            named: name, stage: stage, forms: forms, units: campaign.units.codes
        ).filter { $0.submission.id != submission.id && $0.state != .withdrawn && $0.state != .declined }
    }

    /// The unit's own file of the same nominee, under another form, must be one or the other. Another unit's file of that
    /// name, or a namesake elsewhere in the unit, is a person's to compare.
    private func duplicate(among others: [NominationLine]) -> Finding? {
        func isOwn(_ other: NominationLine) -> Bool {
            other.submission.key.unit == submission.key.unit && other.submission.key.form != submission.key.form
                && nomineeClass != nil && other.nomineeClass == nomineeClass
        }
        guard let other = others.first(where: isOwn) ?? others.first else { return nil }
        return finding(
            .nomineeDuplicate, isOwn(other) ? .error : .review, at: nomineeQuestion,
            ["value": identity.nominee ?? "", "receipt": other.submission.receipt.description])
    }

    private func awarded(among others: [NominationLine], year: Int?) throws -> Finding? {
        guard let other = others.first(where: { $0.state?.isAwarded == true }), let year else { return nil }
        var arguments = ["value": identity.nominee ?? "", "year": String(year)]
        arguments["receipt"] = other.submission.receipt.description
        arguments["decision"] = try filing.stored.audit(subject: other.submission.receipt.description)
            .lazy.compactMap(\.decision).last
        return finding(.nomineeBefore, .review, at: nomineeQuestion, arguments)
    }

    /// Never a refusal: the reviewer sees it, and the receipt names both numbers.
    func overQuota() throws -> Finding? {
        guard submission.kind == .nomination, let unit = identity.unit, let stage = identity.stage,
            let own = nomineeClass, let allotted = campaign.plan.quota(unit, stage: stage)?[own]
        else { return nil }
        let others = try filing.stored.nominations(of: unit, stage: stage, last: Letters.mostNominations)
            .filter { $0.submission.id != submission.id && $0.state != .withdrawn && $0.nomineeClass == own }
        let sent = others.count + 1
        guard sent > allotted else { return nil }
        return finding(.quotaOver, .review, ["quota": String(allotted), "value": String(sent)])
    }

    private var nomineeQuestion: String? { workbook.form.definition.settings.nomineeQuestion }

    private var nomineeClass: NomineeClass? {
        let kind = judgement.answers.first { $0.question == SharedQuestion.nomineeKind }?.value
        return if case .text(let name)? = kind { NomineeClass(name) } else { nil }
    }
}

extension NominationLine {
    fileprivate var nomineeClass: NomineeClass? { figures[SharedQuestion.nomineeKind].map { NomineeClass($0) } }
}

extension DossierState {
    /// The district has awarded it; the province may have as well.
    fileprivate var isAwarded: Bool {
        switch self {
        case .awardedByDistrict, .proposedToProvince, .awarded: true
        default: false
        }
    }
}

extension AuditEntry {
    /// The decision that an award was recorded with.
    fileprivate var decision: String? {
        let award = "→ \(DossierState.awardedByDistrict.rawValue): "
        guard action == "dossier.move", let range = detail.firstRange(of: award) else { return nil }
        return String(detail[range.upperBound...])
    }
}
