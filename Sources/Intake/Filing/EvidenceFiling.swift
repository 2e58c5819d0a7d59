import Foundation
import Ledger
import Mail
import Records
import XLSForm

/// Attaches papers to submissions: by the code at the start of the file's name, else by the name written in a cell, else
/// loosely, for the reviewer to place.
struct EvidenceFiling {
    let filing: Filing

    init(_ filing: Filing) {
        self.filing = filing
    }

    /// Attaches every paper to one submission.
    @discardableResult
    func attach(
        _ papers: [ReadFile], of message: MessageRecord.ID, to submission: SubmissionRecord, form: FormDefinition?
    ) throws -> AttachedEvidence {
        if papers.isEmpty { return AttachedEvidence() }
        let questions = form.map { $0.questions.filter { $0.kind == .attachment } } ?? []
        let answers = try filing.stored.newestRevision(of: submission.id)?.workbook.answers ?? []
        var attached = AttachedEvidence()
        for paper in papers {
            let name = paper.part.filename ?? ""
            let question = Self.question(for: name, among: questions, answers: answers)
            let code = question.flatMap { Self.code(of: $0) } ?? EvidenceName.code(of: name)
            try filing.transaction.attach(
                paper.part.path, of: message, to: submission.id, code: question == nil ? nil : code,
                question: question?.name, at: filing.now)
            if let question {
                attached.placed.append((name, question))
            } else {
                attached.loose.append(name)
            }
        }
        return attached
    }

    /// Attaches only the papers that the workbook itself speaks for: several workbooks came in one mail.
    func attachNamed(
        _ papers: [ReadFile], by matches: [EvidenceMatch], of message: MessageRecord.ID,
        to submission: SubmissionRecord, form: FormDefinition
    ) throws {
        let names = Set(matches.map(\.filename))
        try attach(papers.filter { names.contains($0.part.filename ?? "") }, of: message, to: submission, form: form)
    }

    /// The question that a paper beside a workbook answers; nil when nobody can tell.
    static func question(for paper: ReadFile, of form: FormDefinition, answers: [Answer]) -> Question? {
        question(
            for: paper.part.filename ?? "", among: form.questions.filter { $0.kind == .attachment }, answers: answers)
    }

    private static func question(for filename: String, among questions: [Question], answers: [Answer]) -> Question? {
        if let code = EvidenceName.code(of: filename) {
            if let question = questions.first(where: { Self.code(of: $0) == code }) { return question }
        }
        return questions.first { question in
            answers.contains { $0.question == question.name && !$0.shown.isEmpty && $0.shown == filename }
        }
    }

    /// `MC1` of a question labelled `MC1. …`.
    static func code(of question: Question) -> String? {
        question.label.values.lazy.compactMap { EvidenceName.code(of: $0) }.first
    }
}

/// Which papers went where.
struct AttachedEvidence {
    var placed: [(filename: String, question: Question)] = []
    var loose: [String] = []
}
