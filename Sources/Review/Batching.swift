import Campaign
package import Foundation
package import Intake
package import Ledger
import Notices
package import Records
import XLSForm

/// Decides on many nominees together: a list, the council, a cover letter, one decision, one letter a unit.
package struct Batching {
    private let office: Office
    private let transaction: LedgerTransaction
    private let now: Date
    private let who: String

    package init(office: Office, transaction: LedgerTransaction, now: Date, who: String) {
        self.office = office
        self.transaction = transaction
        self.now = now
        self.who = who
    }

    /// Why nothing was written.
    package enum Refusal: Error, Hashable, Sendable {
        case noBatch
        /// No nominee of the stage is ready.
        case nobody
        /// The office has decided that the district's award of this stage opens no way to the province.
        case stage
        /// The step before has not been taken, or this one has.
        case step
        /// Somebody else has noted the meeting meanwhile.
        case changed
        case noReason
    }

    /// Opens a list with the nominees of a stage that are ready: proposed to the district, or awarded by it.
    /// - Parameter chosen: only these of them; nil: all.
    package func open(
        _ level: BatchRecord.Level, stage: String, only chosen: Set<RowID<SubmissionRecord>>? = nil
    ) throws -> RowID<BatchRecord> {
        let state: DossierState = level == .district ? .proposedToDistrict : .awardedByDistrict
        let ready = try transaction.stored.unlisted(state, stage: stage, level: level)
            .filter { chosen?.contains($0) ?? true }
        if level == .province, !office.campaign.plan.opensProvince(stage) { throw Refusal.stage }
        guard !ready.isEmpty else { throw Refusal.nobody }
        return try transaction.openBatch(level, stage: stage, of: ready, by: who, at: now)
    }

    /// Moves a nominee up or down its list.
    package func move(_ submission: RowID<SubmissionRecord>, by places: Int, on id: RowID<BatchRecord>) throws {
        guard try batch(id).proposal == nil else { throw Refusal.step }
        var order = try transaction.stored.lines(of: id).map(\.submission)
        guard let from = order.firstIndex(of: submission) else { throw Refusal.noBatch }
        let to = min(max(from + places, 0), order.count - 1)
        if to == from { return }
        order.insert(order.remove(at: from), at: to)
        try transaction.order(order, on: id, by: who, at: now)
    }

    /// Takes a nominee off a list that has not gone out. One that was to go to the district is under review again.
    package func remove(_ submission: RowID<SubmissionRecord>, from id: RowID<BatchRecord>, why: String) throws {
        let batch = try batch(id)
        guard batch.proposal == nil else { throw Refusal.step }
        guard !why.isEmpty else { throw Refusal.noReason }
        guard let file = try transaction.stored.submission(submission) else { throw Refusal.noBatch }
        switch batch.level {
        case .district: try move(.takeOff, file, why)
        case .province: try transaction.remove(file, from: id, why: why, by: who, at: now)
        }
    }

    /// Keeps the scanned decision, which lies in the archive already, to go out with the letters.
    package func attach(_ scan: BatchRecord.Scan, to id: RowID<BatchRecord>) throws {
        let batch = try batch(id)
        guard batch.decision != nil, !batch.isTold else { throw Refusal.step }
        try transaction.attach(scan, to: id, by: who, at: now)
    }

    /// - Parameters:
    ///   - votes: by nominee, as people write them: `7/7`.
    ///   - seen: the day that was noted when the form was opened.
    package func meet(
        _ id: RowID<BatchRecord>, on day: CivilDate, votes: [RowID<SubmissionRecord>: String], seen: String? = nil
    ) throws {
        let batch = try batch(id)
        guard batch.decision == nil else { throw Refusal.step }
        if let seen, seen != batch.council?.description ?? "" { throw Refusal.changed }
        try transaction.noteCouncil(day, votes: votes, of: id, by: who, at: now)
    }

    /// The cover letter has gone out. What goes to the province is told to the units.
    package func propose(_ id: RowID<BatchRecord>, _ document: BatchRecord.Document) throws {
        let batch = try batch(id)
        guard batch.proposal == nil else { throw Refusal.step }
        try transaction.noteProposal(document, of: id, by: who, at: now)
        guard batch.level == .province else { return }
        let submissions = try submissions(of: id)
        for (submission, _) in submissions { try move(.proposeToProvince, submission, "") }
        for (unit, own) in byUnit(submissions) {
            let letter = AwardLetter(
                stage: stage(batch), document: document.number, day: document.day,
                named: own.map { nominee($0.0, batch.level) })
            try tell(.proposedToProvince(letter), unit, own, batch)
        }
    }

    /// - Parameter refused: why the decision does not name some; all others are awarded.
    package func decide(
        _ id: RowID<BatchRecord>, _ document: BatchRecord.Document, signer: String, ceremony: String,
        refused: [RowID<SubmissionRecord>: String]
    ) throws {
        let batch = try batch(id)
        guard batch.proposal != nil, batch.decision == nil else { throw Refusal.step }
        try transaction.noteDecision(
            document, signer: signer, ceremony: ceremony, refused: refused, of: id, by: who, at: now)
        let reason = "\(document.number), \(document.day)"
        for (submission, line) in try submissions(of: id) {
            if line.refusal.isEmpty {
                try move(batch.level == .district ? .awardByDistrict : .award, submission, reason)
            } else {
                try move(.refuse, submission, line.refusal)
            }
        }
    }

    /// Writes one letter a unit. They wait for a press where the plan says so.
    /// - Parameter scan: the scanned decision, to go along.
    /// - Returns: how many.
    @discardableResult
    package func tell(_ id: RowID<BatchRecord>, scan: NoticeAttachment? = nil) throws -> Int {
        let batch = try batch(id)
        guard let decision = batch.decision, !batch.isTold else { throw Refusal.step }
        try transaction.noteTold(id, by: who, at: now)
        let units = byUnit(try submissions(of: id))
        for (unit, own) in units {
            var letter = AwardLetter(
                stage: stage(batch), document: decision.number, day: decision.day,
                named: own.filter(\.1.refusal.isEmpty).map { nominee($0.0, batch.level) },
                refused: own.filter { !$0.1.refusal.isEmpty }.map { .init(name: $0.0.name, reason: $0.1.refusal) },
                ceremony: batch.ceremony, scan: scan)
            if batch.level == .district {
                letter.authority = office.campaign.plan.decision(.districtAuthority)?.value ?? ""
            }
            try tell(
                batch.level == .district ? .awardedByDistrict(letter) : .decidedByProvince(letter), unit, own, batch)
        }
        return units.count
    }

    // MARK: - Parts

    private typealias Listed = (SubmissionRecord, BatchLine)

    private func batch(_ id: RowID<BatchRecord>) throws -> BatchRecord {
        guard let batch = try transaction.stored.batch(id) else { throw Refusal.noBatch }
        return batch
    }

    private func submissions(of id: RowID<BatchRecord>) throws -> [Listed] {
        try transaction.stored.lines(of: id).compactMap { line in
            try transaction.stored.submission(line.submission).map { ($0, line) }
        }
    }

    private func move(_ move: DossierMove, _ submission: SubmissionRecord, _ reason: String) throws {
        try Reviewing(office: office, transaction: transaction, now: now, who: who)
            .make(move, of: submission, reason: reason)
    }

    /// In the order of the units' codes.
    private func byUnit(_ submissions: [Listed]) -> [(UnitCode, [Listed])] {
        Dictionary(grouping: submissions, by: \.0.key.unit).sorted { $0.key.rawValue < $1.key.rawValue }
            .map { ($0.key, $0.value) }
    }

    private func tell(_ section: ReplySection, _ unit: UnitCode, _ own: [Listed], _ batch: BatchRecord) throws {
        let letters = CampaignLetters(office: office, transaction: transaction, now: now)
        _ = try letters.send(section, to: unit, id: "\(batch.id.rawValue).\(unit)", of: own.map(\.0.id))
    }

    private func stage(_ batch: BatchRecord) -> String { office.campaign.plan.stage(batch.stage)?.label ?? batch.stage }

    /// With the reward as the office has decided to name the district's, else in the form's own words.
    private func nominee(_ submission: SubmissionRecord, _ level: BatchRecord.Level) -> AwardLetter.Nominee {
        if level == .district, let name = office.campaign.plan.decision(.districtReward)?.value, !name.isEmpty {
            return AwardLetter.Nominee(name: submission.name, reward: name)
        }
        let newest = try? transaction.stored.newestRevision(of: submission.id)
        let form = office.forms.current(submission.key.form)?.definition
        let question = form?.settings.rewardQuestion
        let reward = question.flatMap { name in newest.map { form?.shown(name, in: $0.workbook.answers) ?? "" } }
        return AwardLetter.Nominee(name: submission.name, reward: reward ?? "")
    }
}
