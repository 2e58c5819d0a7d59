package import Foundation
package import Records

/// What a reviewer holds of one standard for a nominee.
package struct Assessment: Hashable, Sendable {
    package enum Verdict: String, Sendable, CaseIterable {
        case met, unmet
        case notApplicable = "not-applicable"
        /// Something is to be asked of the unit first.
        case incomplete
    }

    /// Its id in plan.xlsx, sheet tieu_chuan.
    package let standard: String
    package let verdict: Verdict
    package let note: String
    /// What the verdict was given on.
    package let revision: RowID<RevisionRecord>
    package let who: String
    package let at: Date

    package init(
        standard: String, verdict: Verdict, note: String, revision: RowID<RevisionRecord>, who: String, at: Date
    ) {
        self.standard = standard
        self.verdict = verdict
        self.note = note
        self.revision = revision
        self.who = who
        self.at = at
    }
}

/// What the Labour office says of a nominee.
package struct Opinion: Hashable, Sendable {
    package let agrees: Bool
    package let words: String
    package let who: String
    package let at: Date

    package init(agrees: Bool, words: String, who: String, at: Date) {
        self.agrees = agrees
        self.words = words
        self.who = who
        self.at = at
    }
}

/// A note of the office's own: a call, an arrangement. No unit sees it.
package struct Remark: Hashable, Sendable {
    package let words: String
    package let who: String
    package let at: Date
}

/// An office was asked for its opinion of a nominee.
package struct AskedOpinion: Hashable, Sendable, Identifiable {
    package let id: RowID<AskedOpinion>
    /// nil: the Labour office, whose opinions stand apart.
    package let office: String?
    package let asked: Date
    package let due: CivilDate
    package let who: String
    /// Empty while there is none; of the Labour office always.
    package let answer: String
    package let answered: Date?
    package let answeredBy: String
}

/// Whether two files are about one nominee, as a person has said.
package struct NomineePair: Hashable, Sendable {
    package let first: RowID<SubmissionRecord>
    package let second: RowID<SubmissionRecord>
    package let isSame: Bool
    package let who: String
    package let at: Date
}

/// A line of the list of nominees' files.
package struct DossierLine: Hashable, Sendable {
    package let dossier: DossierRecord
    package let submission: SubmissionRecord
    /// The account of who reviews it; empty while nobody does.
    package let officer: String
    /// How many papers are attached.
    package let papers: Int
    /// The newest opinion of the Labour office; nil while there is none.
    package let labourAgrees: Bool?
}

/// Which of the nominees' files a list shows.
package struct DossierFilter: Hashable, Sendable {
    package var states: Set<DossierState>
    package var stage: String?
    package var unit: UnitCode?
    /// Of one reviewer; empty: of nobody.
    package var officer: String?
    /// Only those of which an office was asked, and has not answered.
    package var awaitsOpinion = false

    package init(
        states: Set<DossierState>, stage: String? = nil, unit: UnitCode? = nil, officer: String? = nil,
        awaitsOpinion: Bool = false
    ) {
        self.states = states
        self.stage = stage
        self.unit = unit
        self.officer = officer
        self.awaitsOpinion = awaitsOpinion
    }
}

/// Where a page of the list of nominees' files ended.
package struct DossierCursor: Hashable, Sendable {
    package let missing: Int
    package let changed: Date
    package let submission: RowID<SubmissionRecord>

    package init(missing: Int, changed: Date, submission: RowID<SubmissionRecord>) {
        self.missing = missing
        self.changed = changed
        self.submission = submission
    }
}
