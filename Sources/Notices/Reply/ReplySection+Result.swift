import Records

extension ReplySection {
    /// What became of it, the worst first; the raw value is the end of the phrase's name in `words.tsv`.
    enum Result: String, CaseIterable {
        case correction, unit, standard, unreadable, closed, same, evidence, nomination, report, blanks, question

        /// Whether such sections are told as one thing in a subject.
        var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    var result: Result {
        switch self {
        case .reportReceived: .report
        case .nominationReceived: .nomination
        case .correction: .correction
        case .standardNotMet: .standard
        case .alreadyReceived: .same
        case .evidenceAdded: .evidence
        case .unreadable: .unreadable
        case .unitDisagreement: .unit
        case .stageClosed: .closed
        case .blankForms: .blanks
        case .noWorkbook, .stranger, .unverified, .reminder, .overdueList, .figuresFrozen, .returned, .declined,
            .withdrawn, .awardedByDistrict, .proposedToProvince, .decidedByProvince, .opinionRequest, .dailyDigest,
            .technicalAlarm:
            .question
        }
    }

    var kind: NoticeKind {
        switch self {
        case .reportReceived: .reportReceipt
        case .nominationReceived: .nominationReceipt
        case .correction: .correctionRequest
        case .standardNotMet: .standardNotMet
        case .alreadyReceived: .alreadyReceived
        case .evidenceAdded: .evidenceAdded
        case .unreadable: .unreadable
        case .unitDisagreement: .unitDisagreement
        case .noWorkbook: .noWorkbook
        case .stranger: .stranger
        case .unverified: .unverified
        case .blankForms: .blankForms
        case .reminder: .reminder
        case .overdueList: .overdueList
        case .figuresFrozen: .figuresFrozen
        case .stageClosed: .stageClosed
        case .returned: .returned
        case .declined: .declined
        case .withdrawn: .withdrawn
        case .awardedByDistrict: .awardedByDistrict
        case .proposedToProvince: .proposedToProvince
        case .decidedByProvince: .decidedByProvince
        case .opinionRequest: .opinionRequest
        case .dailyDigest: .dailyDigest
        case .technicalAlarm: .technicalAlarm
        }
    }

    var title: SubmissionTitle? {
        switch self {
        case .reportReceived(let section): section.title
        case .nominationReceived(let section): section.title
        case .correction(let section): section.title
        case .standardNotMet(let section): section.title
        case .alreadyReceived(let section): section.title
        case .evidenceAdded(let section): section.title
        case .unitDisagreement(let section): section.title
        case .figuresFrozen(let section): section.title
        case .stageClosed(let section): section.title
        case .returned(let section), .declined(let section), .withdrawn(let section): section.title
        case .opinionRequest(let section): section.title
        case .unreadable, .noWorkbook, .stranger, .unverified, .blankForms, .reminder, .overdueList,
            .awardedByDistrict, .proposedToProvince, .decidedByProvince, .dailyDigest, .technicalAlarm:
            nil
        }
    }

    /// The file that the section is about.
    var filename: String {
        if case .unreadable(let file) = self { return file.filename }
        return title?.filename ?? ""
    }

    var attachments: [NoticeAttachment] {
        switch self {
        case .correction(let section): section.marked.map { [$0] } ?? []
        case .standardNotMet(let section): section.workbook.map { [$0] } ?? []
        case .nominationReceived(let section): section.coverLetter.map { [$0] } ?? []
        case .unreadable(let file): file.blanks
        case .blankForms(let blanks): blanks.forms.map(\.workbook)
        case .reminder(let reminder): reminder.items.map(\.workbook)
        case .awardedByDistrict(let letter), .decidedByProvince(let letter): letter.scan.map { [$0] } ?? []
        default: []
        }
    }

    /// Whom it is useful to call about it: Labour answers for poverty figures, Interior for awards.
    var topics: Set<ContactTopic> {
        switch self {
        case .unreadable: return [.awards, .technical]
        case .blankForms, .reminder: return [.awards, .poverty]
        // These go to the people who are called about the rest.
        case .dailyDigest, .technicalAlarm: return []
        case .correction(let section):
            let isTechnical = section.findings.contains {
                $0.severity == .error && ($0.code.rawValue.hasPrefix("file.") || $0.code.rawValue.hasPrefix("text."))
            }
            return section.title.topics.union(isTechnical ? [.technical] : [])
        default: return title?.topics ?? [.awards]
        }
    }
}

extension SubmissionTitle {
    fileprivate var topics: Set<ContactTopic> {
        switch kind {
        case .report, .list: [.awards, .poverty]
        case .nomination, .registration, .contact, .cover: [.awards]
        }
    }
}
