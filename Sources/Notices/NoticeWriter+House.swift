import Foundation
import Records

/// What letters to the Council, to other offices and to the house itself offer to their templates.
extension NoticeWriter {
    func fields(_ list: OverdueList) -> [String: Any] {
        var fields: [String: Any] = [
            "cum": Quotation.name(list.cluster), "ngay": day(list.day), "so_bieu": String(list.items.count),
            "muc": list.items.map { item -> [String: Any] in
                [
                    "ten_ngan": item.shortTitle, "nam": item.year, "ngay_han": day(item.deadline.day),
                    "van_ban_han": item.deadline.document, "so": String(item.units.count),
                    "don_vi_no": item.units.enumerated().map { index, unit -> [String: Any] in
                        var line: [String: Any] = ["tt": String(index + 1), "ten": Quotation.name(unit.name)]
                        if !unit.contact.isEmpty { line["lien_lac"] = Quotation.text(unit.contact) }
                        line["dang_sua"] = unit.correctionSince.map { ["ngay_gui": day($0)] }
                        return line
                    },
                ]
            },
        ]
        if let item = list.items.first, list.items.count == 1 {
            fields["mot"] = ["ten_ngan": item.shortTitle, "nam": item.year]
        }
        return fields
    }

    func fields(_ request: OpinionRequest) -> [String: Any] {
        var fields: [String: Any] = [
            "dot": request.stage, "don_vi_trinh": Quotation.name(request.proposer), "han": day(request.until),
            "cau_hoi": request.questions.enumerated().map { index, question in
                ["tt": String(index + 1), "noi_dung": Quotation.text(question, longest: 1000)]
            },
        ]
        // The office's own address, from its settings.
        fields["duong_dan"] = request.link
        return fields
    }

    func fields(_ digest: DailyDigest) -> [String: Any] {
        [
            "ngay": day(digest.day), "tu": moment(digest.since), "den": moment(digest.until),
            "tom_tat": digest.lines.prefix(2).map { phrase($0) }.joined(separator: ", "),
            "muc": digest.lines.map { line -> [String: Any] in
                var item: [String: Any] = ["viec": phrase(line)]
                // Addresses that the office wrote to: as a quotation they would read as links.
                if !line.names.isEmpty { item["ten"] = line.names.joined(separator: ", ") }
                item["duong_dan"] = line.link
                return item
            },
        ]
    }

    private func phrase(_ line: DailyDigest.Line) -> String {
        templates.words["digest." + line.topic.rawValue, ["count": String(line.count)]]
    }

    func fields(_ alarm: TechnicalAlarm) -> [String: Any] {
        let words = templates.words
        func name(_ item: TechnicalAlarm.Item) -> String {
            words["alarm.\(item.trouble.rawValue)", ["name": Quotation.name(item.subject)]]
        }
        return [
            "su_co": alarm.items.map(name).joined(separator: ", "),
            "muc": alarm.items.map { item -> [String: Any] in
                var line: [String: Any] = [
                    "viec": name(item), "cach_lam": words["remedy.\(item.trouble.rawValue)"],
                ]
                if let since = item.since { line["tu"] = moment(since) }
                if !item.detail.isEmpty { line["chi_tiet"] = Quotation.text(item.detail) }
                return line
            },
        ]
    }

    /// `16 giờ 30 phút ngày 18/12/2019`, in the office's zone.
    private func moment(_ instant: Date) -> String {
        templates.words["moment", ["time": time(instant), "day": day(CivilDate(instant, in: office.zone))]]
    }
}
