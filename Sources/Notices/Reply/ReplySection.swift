package import Records

/// One part of a letter: what became of one workbook, of the papers, or of the mail as a whole; or what the office writes of
/// its own accord.
package enum ReplySection: Sendable {
    case reportReceived(ReportReceived)
    case nominationReceived(NominationReceived)
    case correction(Correction)
    case standardNotMet(StandardNotMet)
    case alreadyReceived(AlreadyReceived)
    case evidenceAdded(EvidenceAdded)
    case unreadable(UnreadableFile)
    case unitDisagreement(UnitDisagreement)
    case noWorkbook
    case stranger
    case unverified
    case blankForms(BlankForms)
    case reminder(Reminder)
    case overdueList(OverdueList)
    case figuresFrozen(FiguresFrozen)
    case stageClosed(StageClosed)
    case returned(ReviewLetter)
    case declined(ReviewLetter)
    case withdrawn(ReviewLetter)
    case awardedByDistrict(AwardLetter)
    case proposedToProvince(AwardLetter)
    case decidedByProvince(AwardLetter)
    case opinionRequest(OpinionRequest)
    case dailyDigest(DailyDigest)
    case technicalAlarm(TechnicalAlarm)
}

/// How a letter names a submission.
package struct SubmissionTitle: Hashable, Sendable {
    package var kind: FormKind
    /// `Báo cáo kết quả Phong trào thi đua`.
    package var formTitle: String
    /// `Báo cáo`; stands in subjects.
    package var shortTitle: String
    /// The year of a report.
    package var year: String?
    /// The nominee's name: personal data, written in the body only.
    package var nominee: String?
    /// Nil while it has no number, because it has no key.
    package var receipt: Receipt?
    /// The workbook's name as sent.
    package var filename: String

    package init(
        kind: FormKind, formTitle: String, shortTitle: String, year: String? = nil, nominee: String? = nil,
        receipt: Receipt?, filename: String
    ) {
        self.kind = kind
        self.formTitle = formTitle
        self.shortTitle = shortTitle
        self.year = year
        self.nominee = nominee
        self.receipt = receipt
        self.filename = filename
    }
}

/// A date that the office has set with a document.
package struct Deadline: Hashable, Sendable {
    package var day: CivilDate
    package var document: String

    package init(day: CivilDate, document: String) {
        self.day = day
        self.document = document
    }
}

/// A paper of a submission: its code (`MC1`) and its name.
package struct Paper: Hashable, Sendable {
    package var code: String
    package var name: String

    package init(code: String, name: String) {
        self.code = code
        self.name = name
    }
}

/// A report (or list, registration, contacts) that was filed.
package struct ReportReceived: Hashable, Sendable {
    package var title: SubmissionTitle
    package var deadline: Deadline?
    /// When the version that this one replaces came.
    package var replaces: CivilDate?
    package var isPassedToLabour = false
    /// Finished lines.
    package var figures: [String] = []
    /// Warnings and notes are told as remarks; others are left out.
    package var findings: [Finding] = []
    package var missing: [Paper] = []

    package init(title: SubmissionTitle) {
        self.title = title
    }
}

/// A nomination that was queued.
package struct NominationReceived: Hashable, Sendable {
    /// A line of the unit's list in this stage.
    package struct Listed: Hashable, Sendable {
        package var name: String
        package var content: String
        /// `chờ thẩm định`.
        package var state: String

        package init(name: String, content: String, state: String) {
            self.name = name
            self.content = content
            self.state = state
        }
    }

    /// How many the unit may nominate, and how many it has.
    package struct Quota: Hashable, Sendable {
        package var allotted: Int
        package var sent: Int

        package init(allotted: Int, sent: Int) {
            self.allotted = allotted
            self.sent = sent
        }
    }

    package var title: SubmissionTitle
    /// What the nominee is: `hộ gia đình`.
    package var nomineeKind = ""
    /// What the award is for.
    package var content = ""
    package var stage = ""
    package var reward = ""
    /// What figures show, each a finished line with the standard's short name; never a judgement.
    package var checks: [String] = []
    package var findings: [Finding] = []
    package var missing: [Paper] = []
    /// The unit's last nominations in this stage, this one among them.
    package var list: [Listed] = []
    /// How many nominations a letter lists at most.
    package static let longestList = 12
    /// How many earlier nominations of the unit the list leaves out.
    package var unlisted = 0
    package var quota: Quota?
    /// The cover letter ready to sign.
    package var coverLetter: NoticeAttachment?

    package init(title: SubmissionTitle) {
        self.title = title
    }
}

/// A workbook that must be corrected, or that could not be filed for another reason its findings name.
package struct Correction: Hashable, Sendable {
    package var title: SubmissionTitle
    /// Of these the errors are told.
    package var findings: [Finding]
    /// 1 for the first letter about this submission.
    package var round = 1
    /// The workbook with the cells marked; see `markedName(of:)`.
    package var marked: NoticeAttachment?
    /// False when `marked` is a new workbook with the sender's values: theirs could not be marked.
    package var isSendersOwn = true
    /// What was left out of it, in words.
    package var removed: [String] = []
    package var deadline: CivilDate?
    /// When the version came that counts until a better one does.
    package var accepted: CivilDate?
    /// The sender's file is an .xls: the marked one may not open there.
    package var isOldExcel = false
    /// Who calls the unit from the third round on.
    package var officer: String?

    package init(title: SubmissionTitle, findings: [Finding]) {
        self.title = title
        self.findings = findings
    }

    /// From the third round on the letter says that somebody will call, and waits for that person.
    package var waitsForOfficer: Bool { round >= 3 }

    /// `BC 2019.xls` comes back as `BC 2019_can-sua.xlsx`.
    package static func markedName(of filename: String) -> String {
        let name = Quotation.name(filename)
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name + "_can-sua.xlsx" }
        return name[..<dot] + "_can-sua.xlsx"
    }
}

/// A nomination whose data are complete and whose figures do not reach a standard.
package struct StandardNotMet: Hashable, Sendable {
    package var title: SubmissionTitle
    /// Of these the unmet standards are told.
    package var findings: [Finding]
    /// Until when the file waits.
    package var waitsUntil: CivilDate?
    /// What it takes to reach a standard, by its clause, where the office lets letters say so.
    package var thresholds: [String: String] = [:]
    /// The document that says how it is computed.
    package var convention: String?
    /// The sender's own workbook, unmarked.
    package var workbook: NoticeAttachment?

    package init(title: SubmissionTitle, findings: [Finding]) {
        self.title = title
        self.findings = findings
    }
}

/// The same content again.
package struct AlreadyReceived: Hashable, Sendable {
    package var title: SubmissionTitle
    package var firstReceived: CivilDate
    /// How it stands: `đã được tiếp nhận`, `đang chờ sửa`.
    package var state: String
    /// It is waiting for a correction: the old file may have been attached by mistake.
    package var awaitsCorrection: Bool

    package init(title: SubmissionTitle, firstReceived: CivilDate, state: String, awaitsCorrection: Bool) {
        self.title = title
        self.firstReceived = firstReceived
        self.state = state
        self.awaitsCorrection = awaitsCorrection
    }
}

/// Papers that were added to a submission.
package struct EvidenceAdded: Hashable, Sendable {
    package struct Placed: Hashable, Sendable {
        package var filename: String
        package var paper: Paper

        package init(filename: String, paper: Paper) {
            self.filename = filename
            self.paper = paper
        }
    }

    package var title: SubmissionTitle
    package var placed: [Placed] = []
    /// Names of files whose place a person will decide.
    package var loose: [String] = []
    package var missing: [Paper] = []

    package init(title: SubmissionTitle) {
        self.title = title
    }
}

/// A file that could not be read.
package struct UnreadableFile: Hashable, Sendable {
    package var filename: String
    /// A code of `reasons.tsv`, with what its words fill in: `limit`, `kind`, `count`.
    package var code: FindingCode
    package var arguments: [String: String]
    /// The unit's blank forms.
    package var blanks: [NoticeAttachment]

    package init(
        filename: String, code: FindingCode, arguments: [String: String] = [:], blanks: [NoticeAttachment] = []
    ) {
        self.filename = filename
        self.code = code
        self.arguments = arguments
        self.blanks = blanks
    }
}

/// The mail is from one unit, the workbook names another.
package struct UnitDisagreement: Hashable, Sendable {
    package var title: SubmissionTitle
    package var senderUnit: String
    package var workbookUnit: String

    package init(title: SubmissionTitle, senderUnit: String, workbookUnit: String) {
        self.title = title
        self.senderUnit = senderUnit
        self.workbookUnit = workbookUnit
    }
}
