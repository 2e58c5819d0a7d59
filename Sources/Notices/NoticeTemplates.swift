import Mustache
import Records

/// The office's letters as it wrote them: a template for each kind of notice, the parts they share, and the tables of words.
package struct NoticeTemplates: Sendable {
    /// The words for findings.
    package let findings: FindingWording
    let words: Words
    /// Letters by themselves.
    private let whole: MustacheLibrary
    /// Letters as parts of another one, without greeting, files, contacts and footer.
    private let parts: MustacheLibrary

    static let shared = ["_dau", "_lien_he", "_chan", "_tep", "_minh_chung"]
    /// The shared parts that a letter within a letter goes without.
    static let omittedInParts: Set<String> = ["_dau", "_lien_he", "_chan", "_tep"]
    static let tables = ["findings.tsv", "reasons.tsv", "words.tsv"]
    static let ending = ".mustache"
    static let subjectMark = "Subject: "

    /// The names of the files that must be there.
    package static var fileNames: [String] {
        NoticeKind.allCases.map { $0.rawValue + ending } + shared.map { $0 + ending } + tables
    }

    /// Reads the office's notices folder.
    /// - Parameter files: texts by file name, `bien_nhan.mustache`; names of other files are left alone.
    /// - Throws: everything that is wrong with them at once: a file that is missing or cannot be read, a name that the notice
    ///   does not offer (it would be left empty without a word), a finding without words.
    package init(files: [String: String]) throws(NoticeTemplateProblems) {
        var problems: [NoticeTemplateProblem] = []
        for name in Self.fileNames where files[name] == nil {
            problems.append(NoticeTemplateProblem(file: name, line: 0, name: "", kind: .missing))
        }
        let tables = ["findings.tsv": 2, "reasons.tsv": 2, "words.tsv": 1]
        var read: [String: PhraseTable] = [:]
        for (name, columns) in tables {
            let table = PhraseTable(files[name] ?? "", file: name, columns: columns)
            problems += table.problems
            read[name] = table
        }
        let empty = PhraseTable("", file: "", columns: 1)
        findings = FindingWording(
            findings: read["findings.tsv"] ?? empty, reasons: read["reasons.tsv"] ?? empty)
        words = Words(read["words.tsv"] ?? empty)
        if files["findings.tsv"] != nil {
            problems += findings.missing.map {
                NoticeTemplateProblem(file: "findings.tsv", line: 0, name: $0.rawValue, kind: .missing)
            }
        }
        if files["words.tsv"] != nil {
            problems += words.missing.map {
                NoticeTemplateProblem(file: "words.tsv", line: 0, name: $0, kind: .missing)
            }
        }
        var templates: [String: MustacheTemplate] = [:]
        for name in NoticeKind.allCases.map(\.rawValue) + Self.shared {
            guard let text = files[name + Self.ending] else { continue }
            problems += Self.problems(of: text, name: name, among: files)
            do {
                templates[name] = try MustacheTemplate(string: text)
            } catch {
                problems.append(
                    NoticeTemplateProblem(
                        file: name + Self.ending, line: 0, name: "\(error)", kind: .unreadable))
            }
        }
        guard problems.isEmpty, let nothing = try? MustacheTemplate(string: "") else {
            throw NoticeTemplateProblems(problems: problems.sorted())
        }
        whole = MustacheLibrary(templates: templates)
        parts = MustacheLibrary(
            templates: templates.merging(Self.omittedInParts.map { ($0, nothing) }) { _, empty in empty })
    }

    /// The names used in a notice and in the parts it draws in, against those it offers.
    private static func problems(
        of text: String, name: String, among files: [String: String]
    ) -> [NoticeTemplateProblem] {
        let scan = TemplateScan(text)
        var problems: [NoticeTemplateProblem] = []
        for partial in scan.partials where !shared.contains(partial.name) {
            problems.append(
                NoticeTemplateProblem(file: name + ending, line: partial.line, name: partial.name, kind: .unknownName))
        }
        if !scan.isPlainText {
            problems.append(NoticeTemplateProblem(file: name + ending, line: 1, name: "CONTENT_TYPE", kind: .missing))
        }
        guard let kind = NoticeKind(rawValue: name) else { return problems }
        let offered = NoticeVocabulary.names(of: kind)
        func check(_ scan: TemplateScan, _ file: String) {
            problems += scan.names.filter { !offered.contains($0.name) }.map {
                NoticeTemplateProblem(file: file + ending, line: $0.line, name: $0.name, kind: .unknownName)
            }
        }
        check(scan, name)
        for partial in Set(scan.partials.map(\.name)) {
            if let text = files[partial + ending] { check(TemplateScan(text), partial) }
        }
        if !scan.hasSubject {
            problems.append(NoticeTemplateProblem(file: name + ending, line: 1, name: "Subject:", kind: .missing))
        }
        return problems
    }

    /// Fills a template in.
    /// - Returns: the subject and the text below it.
    func render(_ kind: NoticeKind, _ fields: [String: Any], asPart: Bool = false) -> (subject: String, body: String) {
        let library = asPart ? parts : whole
        let text = library.render(fields, withTemplate: kind.rawValue) ?? ""
        let lines = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: true)
        let subject = lines.first.map { $0.hasPrefix(Self.subjectMark) ? $0.dropFirst(Self.subjectMark.count) : $0 }
        return (String(subject ?? ""), lines.count > 1 ? String(lines[1]) : "")
    }
}

/// Everything that is wrong with the notices folder.
package struct NoticeTemplateProblems: Error, Hashable, Sendable {
    package let problems: [NoticeTemplateProblem]
}

/// One thing that is wrong with a file of the notices folder.
package struct NoticeTemplateProblem: Hashable, Sendable, Comparable {
    package enum Kind: String, Sendable, CaseIterable {
        /// The file, or the named thing in it, is not there.
        case missing
        /// The file or the line cannot be read.
        case unreadable
        /// The notice offers nothing of this name.
        case unknownName
    }

    package let file: String
    /// Counted from 1; 0 is the file as a whole.
    package let line: Int
    package let name: String
    package let kind: Kind

    package static func < (left: Self, right: Self) -> Bool {
        (left.file, left.line, left.name) < (right.file, right.line, right.name)
    }
}
