import Campaign
import Foundation
import Ledger
import Mail
import Notices
import Records
import Vietnamese

/// An office's plain answer to a request for its opinion: kept with the nominee's file, never answered.
struct OpinionFiling {
    let filing: Filing
    let read: ReadMail
    let sender: MailAddress
    let submission: SubmissionRecord

    /// Nil unless the mail answers such a request, is from the very address that was asked, as far as that may be believed,
    /// and brings no workbook.
    init?(_ filing: Filing, _ read: ReadMail) throws {
        let hasWorkbook = read.files.contains { if case .workbook = $0.content { true } else { false } }
        guard !hasWorkbook, let sender = Self.believed(read.standing, isVouchedFor: filing.mail.arrived.isVouchedFor)
        else { return nil }
        let stored = filing.stored
        let request = try read.message.inReplyTo.lazy.compactMap { try stored.notice(messageID: $0) }.first {
            $0.kind == .opinionRequest && MailAddress($0.recipient)?.folded == sender.folded
        }
        guard let request, let submission = try stored.submissions(answering: request.messageID).first else {
            return nil
        }
        self.filing = filing
        self.read = read
        self.sender = sender
        self.submission = submission
    }

    private static func believed(_ standing: SenderStanding, isVouchedFor: Bool) -> MailAddress? {
        switch standing {
        case .pass(let address): address
        case .unverified(let address): isVouchedFor ? address : nil
        case .fail, .nobody: nil
        }
    }

    func file() throws -> FiledMail {
        let asked = filing.office.askedOffice(at: sender, on: filing.day)
        let id = try filing.record(
            filing.message(
                .evidence, read, sender: sender, reason: "an opinion on \(submission.receipt) from \(asked.name)"))
        let words = OwnWords(read.message.text).text
        let letters = filing.office.letters
        let said = words.isEmpty ? letters.word("note.attached") : words
        let received = filing.mail.arrived.received
        let who = letters.word("note.sender", ["office": asked.name, "address": sender.address])
        if asked.isLabour {
            try filing.transaction.add(
                Opinion(agrees: Self.agrees(words), words: said, who: who, at: received), on: submission)
        } else {
            try filing.transaction.remark(
                letters.word("note.opinion", ["words": said]), on: submission.receipt.description, by: who,
                at: received)
        }
        let papers = read.files.filter { if case .evidence = $0.content { !$0.isForwarded } else { false } }
        try EvidenceFiling(filing).attach(papers, of: id, to: submission, form: nil)
        if try filing.stored.dossier(of: submission.id) != nil {
            try filing.transaction.flagDossier(of: submission.id, "an opinion has arrived from \(asked.name)")
        }
        return FiledMail(id: id, key: filing.mail.arrived.key, destination: MessageOutcome.evidence.destination)
    }

    /// The request says how agreement begins; whatever begins otherwise is for the reviewer to read.
    static func agrees(_ words: String) -> Bool {
        let folded = Vietnamese.folded(words)
        return ["đồng ý", "dong y", "nhất trí", "nhat tri", "thống nhất", "thong nhat"].contains {
            folded.hasPrefix($0)
        }
    }
}

/// What a person wrote into a reply, without the mail that it quotes.
struct OwnWords {
    let text: String

    /// No opinion is longer than a page or two.
    private static let longest = 4_000

    init(_ mail: String) {
        var lines: [Substring] = []
        for line in mail.split(separator: "\n", omittingEmptySubsequences: false) {
            if Self.beginsQuotation(line) { break }
            if !line.hasPrefix(">") { lines.append(line) }
        }
        text = String(
            lines.joined(separator: "\n").trimmingCharacters(in: .whitespacesAndNewlines).prefix(Self.longest))
    }

    /// How mail programs introduce what they quote, and the line before a signature (RFC 3676, 4.3).
    private static func beginsQuotation(_ line: Substring) -> Bool {
        let words = Vietnamese.folded(String(line))
        return line == "-- " || line == "--" || words.hasPrefix("-----") || words.hasPrefix("________")
            || words.hasPrefix("from: ") || words.hasPrefix("từ: ")
            || words.hasSuffix("wrote:") || words.hasSuffix("đã viết:")
    }
}
