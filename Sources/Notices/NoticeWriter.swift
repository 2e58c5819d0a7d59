import Foundation
package import Records
import Vietnamese

/// Writes the office's letters: values in, a notice out.
package struct NoticeWriter: Sendable {
    let templates: NoticeTemplates
    let office: OfficeFacts

    package init(templates: NoticeTemplates, office: OfficeFacts) {
        self.templates = templates
        self.office = office
    }

    /// The one answer to a mail. One section is written by its own template; several become one letter, the worst outcome
    /// first. Without any, the letter says that there was no workbook.
    ///
    /// A stranger's and an unverified sender's letter stands alone and quotes nothing of the mail.
    package func reply(to context: ReplyContext, sections: [ReplySection]) -> Notice {
        for section in sections {
            switch section {
            case .stranger, .unverified:
                // The person's name stands in the workbook, which nobody has vouched for.
                var context = context
                context.person = nil
                return single(section, context)
            default: break
            }
        }
        let ordered = sections.enumerated().sorted {
            ($0.element.result.rank, $0.offset) < ($1.element.result.rank, $1.offset)
        }.map(\.element)
        return ordered.count > 1 ? several(ordered, context) : single(ordered.first ?? .noWorkbook, context)
    }

    /// A letter that the office writes of its own accord.
    package func letter(to context: ReplyContext, _ section: ReplySection) -> Notice { single(section, context) }

    private func single(_ section: ReplySection, _ context: ReplyContext) -> Notice {
        let fields = common(context, topics: section.topics).merging(self.fields(section, context)) { _, own in own }
        let (subject, body) = templates.render(section.kind, fields)
        return notice(section.kind, context, subject, body, section.attachments)
    }

    private func several(_ sections: [ReplySection], _ context: ReplyContext) -> Notice {
        let topics = sections.reduce(into: Set()) { $0.formUnion($1.topics) }
        let common = common(context, topics: topics)
        var fields = common
        fields["ket_qua_chung"] = summary(sections.map(\.result))
        fields["so_bieu"] = String(sections.count)
        fields["bang"] = sections.enumerated().map { index, section -> [String: Any] in
            var line: [String: Any] = [
                "tt": String(index + 1), "ten_tep": heading(section), "ket_qua": outcome(section),
            ]
            line["ma"] = section.title?.receipt?.description
            return line
        }
        fields["phan"] = sections.map { section -> [String: Any] in
            let own = common.merging(self.fields(section, context)) { _, own in own }
            return [
                "tieu_de": heading(section),
                "than": LetterText(templates.render(section.kind, own, asPart: true).body).lines.joined(
                    separator: "\n"),
            ]
        }
        let (subject, body) = templates.render(.severalWorkbooks, fields)
        return notice(.severalWorkbooks, context, subject, body, sections.flatMap(\.attachments))
    }

    private func heading(_ section: ReplySection) -> String {
        let name = Quotation.name(section.filename)
        return name.isEmpty ? outcome(section) : name
    }

    private func outcome(_ section: ReplySection) -> String {
        var arguments: [String: String] = [:]
        if case .correction(let correction) = section { arguments["count"] = String(groups(of: correction).count) }
        return templates.words["outcome." + section.result.rawValue, arguments]
    }

    /// `Cần sửa 1 biểu, đã nhận 4 biểu`: the two worst outcomes, and how many others.
    private func summary(_ results: [ReplySection.Result]) -> String {
        let words = templates.words
        // Reports and nominations are both "received".
        let counts = Dictionary(results.map { (words.summaryName($0), 1) }, uniquingKeysWith: +)
        var seen = Set<String>()
        let names = results.map { words.summaryName($0) }.filter { seen.insert($0).inserted }
        var text = names.prefix(2).map { words[$0, ["count": String(counts[$0] ?? 0)]] }.joined(separator: ", ")
        let others = names.dropFirst(2).reduce(0) { $0 + (counts[$1] ?? 0) }
        if others > 0 { text += words["count.others", ["count": String(others)]] }
        return text.prefix(1).uppercased() + text.dropFirst()
    }

    private func notice(
        _ kind: NoticeKind, _ context: ReplyContext, _ subject: String, _ body: String,
        _ attachments: [NoticeAttachment]
    ) -> Notice {
        let text = LetterText(body)
        return Notice(
            kind: kind, recipient: context.recipient, copies: context.copies,
            subject: Quotation.text(subject, longest: 250),
            text: text.plain, html: text.html, attachments: attachments)
    }

    // MARK: What every letter offers

    private func common(_ context: ReplyContext, topics: Set<ContactTopic>) -> [String: Any] {
        let contacts = office.contacts.filter { topics.contains($0.topic) }
        var fields: [String: Any] = [
            "don_vi": Quotation.name(context.unitName),
            "co_lien_he": !contacts.isEmpty,
            "lien_he": contacts.map {
                ["viec": $0.subject, "ho_ten": $0.name, "phong": $0.office, "dien_thoai": $0.phone]
            },
            "co_tep": !context.files.isEmpty,
            "tep": context.files.map { file -> [String: Any] in
                var line: [String: Any] = [
                    "ten": Quotation.name(file.name), "loai": templates.words.kind(file.kind),
                    "co": Self.size(file.size),
                ]
                if !file.remark.isEmpty { line["ghi_chu"] = Quotation.text(file.remark) }
                return line
            },
            "gioi_han": Self.size(office.mailLimit), "hop_thu_chung": office.generalMailbox,
            "dien_thoai": office.phone,
        ]
        if context.getsCopiesOnly { fields["nhan_ban_sao"] = true }
        fields["noi_tiep"] = context.formerUnits.map { Quotation.text($0) }
        if let received = context.received {
            fields["tra_loi"] = true
            fields["gio_nhan"] = time(received)
            fields["ngay_nhan"] = day(CivilDate(received, in: office.zone))
        }
        fields["nguoi_lap"] = context.person.map { Quotation.name($0) }.flatMap { $0.isEmpty ? nil : $0 }
        return fields
    }

    /// `05/12/2019`.
    package func day(_ date: CivilDate) -> String {
        let (year, month, day) = date.components
        return Vietnamese.formatDate(year: year, month: month, day: day)
    }

    /// `16 giờ 55 phút`, in the office's zone.
    func time(_ instant: Date) -> String {
        let seconds = Int(instant.timeIntervalSince1970.rounded(.down)) + office.zone.secondsFromGMT
        let minutes = ((seconds % 86_400) + 86_400) % 86_400 / 60
        return Vietnamese.formatTime(hour: minutes / 60, minute: minutes % 60)
    }

    /// `96 KB`, `1,4 MB`; at least 1 KB.
    static func size(_ bytes: Int) -> String {
        let kilobytes = max(1, (bytes + 512) / 1024)
        guard kilobytes >= 1024 else { return "\(kilobytes) KB" }
        let tenths = (bytes * 10 + 524_288) / 1_048_576
        return tenths % 10 == 0 ? "\(tenths / 10) MB" : "\(tenths / 10),\(tenths % 10) MB"
    }
}

extension Words {
    fileprivate func summaryName(_ result: ReplySection.Result) -> String {
        "count." + (result == .nomination ? ReplySection.Result.report : result).rawValue
    }
}
