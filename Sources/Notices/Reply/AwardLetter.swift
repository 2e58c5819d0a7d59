package import Records

/// What became of a unit's nominees: put forward to the province, or decided by the district or the province.
package struct AwardLetter: Hashable, Sendable {
    package struct Nominee: Hashable, Sendable {
        package var name: String
        /// As the decision words it: `Giấy khen của Chủ tịch UBND huyện`.
        package var reward: String

        package init(name: String, reward: String) {
            self.name = name
            self.reward = reward
        }
    }

    package struct Refused: Hashable, Sendable {
        package var name: String
        package var reason: String

        package init(name: String, reason: String) {
            self.name = name
            self.reason = reason
        }
    }

    package var stage: String
    /// Who has decided; empty where the letter itself says so.
    package var authority = ""
    /// Number of the decision, or of the cover letter to the province: `2310/QĐ-UBND`.
    package var document: String
    package var day: CivilDate
    package var named: [Nominee]
    package var refused: [Refused]
    /// When and where the awards are handed over; empty when nothing is set.
    package var ceremony: String
    /// The scanned decision; nil when there is none.
    package var scan: NoticeAttachment?

    package init(
        stage: String, document: String, day: CivilDate, named: [Nominee], refused: [Refused] = [],
        ceremony: String = "", scan: NoticeAttachment? = nil
    ) {
        self.scan = scan
        self.stage = stage
        self.document = document
        self.day = day
        self.named = named
        self.refused = refused
        self.ceremony = ceremony
    }
}
