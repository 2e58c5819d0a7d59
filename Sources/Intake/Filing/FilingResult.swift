import Campaign
import Ledger
import Mail
import Records
import XLSForm

/// What came of one workbook or file of a mail, for the letter.
enum FilingResult {
    case judged(JudgedSubmission)
    /// The same answers as the newest revision.
    case repeated(IncomingWorkbook, SubmissionRecord, RevisionRecord)
    /// Several workbooks of one key with different figures: none is filed.
    case contradicting([IncomingWorkbook])
    case ambiguous(IncomingWorkbook, [SubmissionRecord])
    case unitDisagreement(IncomingWorkbook, stated: UnitCode)
    case unreadable(ReadFile?, Unreadable)
    case evidence(SubmissionRecord, AttachedEvidence)
    /// Papers without a workbook, of no submission that is known.
    case onlyPapers(ReadFile)
    case noWorkbook
    /// The subject asks for blank forms.
    case blanksWanted
}

/// A workbook with its verdict, and the submission it was filed under; none when nothing identifies it.
struct JudgedSubmission {
    let workbook: IncomingWorkbook
    let judgement: Judgement
    let submission: SubmissionRecord?
    let revision: Int
    let standing: RevisionStanding?
    /// The revision that counted until now.
    let before: RevisionRecord?
    /// The stage that it came too late for: a person decides.
    let closed: Plan.Stage?

    init(
        _ workbook: IncomingWorkbook, judgement: Judgement, submission: SubmissionRecord? = nil, revision: Int = 1,
        standing: RevisionStanding? = nil, before: RevisionRecord? = nil, closed: Plan.Stage? = nil
    ) {
        self.workbook = workbook
        self.judgement = judgement
        self.submission = submission
        self.revision = revision
        self.standing = standing
        self.before = before
        self.closed = closed
    }
}

extension FilingResult {
    var submission: SubmissionRecord? {
        switch self {
        case .judged(let judged): judged.submission
        case .repeated(_, let submission, _), .evidence(let submission, _): submission
        case .contradicting, .ambiguous, .unitDisagreement, .unreadable, .onlyPapers, .noWorkbook,
            .blanksWanted:
            nil
        }
    }

    /// What is to be said of what was not filed; nil for what has findings of its own, or none.
    var code: FindingCode? {
        switch self {
        case .repeated: .submissionSame
        case .contradicting: .formTwice
        case .ambiguous: .keyAmbiguous
        case .unitDisagreement: .unitMismatch
        case .unreadable(let file, let reason): reason.code(of: file)
        case .onlyPapers: .fileNotWorkbook
        case .evidence(_, let attached): attached.loose.isEmpty ? nil : .evidenceLoose
        case .judged, .noWorkbook, .blanksWanted: nil
        }
    }

    /// Who filled in the form, where the workbook says so.
    var preparer: String? {
        guard case .judged(let judged) = self,
            case .text(let name)? = judged.workbook.bound.answer(SharedQuestion.preparer)?.value
        else { return nil }
        return name
    }
}

extension Unreadable {
    /// - Parameter file: one that is named as a paper was meant as a paper.
    func code(of file: ReadFile?) -> FindingCode {
        switch self {
        case .password: return .filePassword
        case .archive: return .fileArchive
        case .encryptedZip: return .fileEncryptedZip
        case .damaged, .notWorkbook:
            let name = file?.part.filename ?? ""
            if EvidenceName.code(of: name) != nil { return .evidenceUnreadable }
            return self == .damaged ? .fileDamaged : .fileNotWorkbook
        case .otherWorkbook: return .formUnknown
        case .executable: return .fileOther
        case .limits: return .fileLimits
        case .tooLarge: return .fileTooLarge
        }
    }
}
