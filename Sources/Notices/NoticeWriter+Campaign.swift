import Records

/// What the letters that the office sends of its own accord offer to their templates.
extension NoticeWriter {
    func fields(_ blanks: BlankForms) -> [String: Any] {
        var fields: [String: Any] = [
            "bieu": blanks.forms.map {
                ["ten_tep": Quotation.name($0.workbook.filename), "dung_de": purpose($0.purpose)]
            }
        ]
        let reports = blanks.forms.compactMap { form -> (year: String, deadline: Deadline?)? in
            guard case .report(_, let year, let deadline) = form.purpose else { return nil }
            return (year, deadline)
        }
        if let year = reports.first?.year, reports.allSatisfy({ $0.year == year }) { fields["nam"] = year }
        if let deadline = reports.first?.deadline, reports.allSatisfy({ $0.deadline == deadline }) {
            fields["han"] = ["ngay_han": day(deadline.day), "van_ban_han": deadline.document]
        }
        return fields
    }

    private func purpose(_ purpose: BlankForms.Purpose) -> String {
        switch purpose {
        case .report(let title, let year, let deadline):
            let words = templates.words["purpose.report", ["form": title, "year": year]]
            return deadline.map { words + templates.words["purpose.until", ["day": day($0.day)]] } ?? words
        case .nomination(let title, let stage, let last):
            let words = templates.words["purpose.nomination", ["form": title, "stage": Quotation.text(stage)]]
            return last.map { words + templates.words["purpose.until", ["day": day($0)]] } ?? words
        }
    }

    func fields(_ reminder: Reminder) -> [String: Any] {
        let today = CivilDate(reminder.written, in: office.zone)
        let written = (time(reminder.written), day(today))
        var fields: [String: Any] = [
            "muc": reminder.items.map { item -> [String: Any] in
                var line: [String: Any] = ["ten_bieu": item.formTitle, "nam": item.year]
                line["han"] = item.deadline.map { ["ngay_han": day($0.day), "van_ban_han": $0.document] }
                if let correction = item.correction {
                    let groups = FindingGroup.grouped(
                        correction.findings.filter { $0.severity == .error }, templates.findings)
                    line["dang_sua"] = [
                        "ngay_gui": day(correction.received), "so_cho": String(groups.count),
                        "ma": correction.receipt.description,
                    ]
                } else {
                    line["chua_gui"] = ["gio": written.0, "ngay": written.1]
                }
                return line
            }
        ]
        fields["so_bieu"] = String(reminder.items.count)
        if let item = reminder.items.first, reminder.items.count == 1 {
            var one: [String: Any] = ["ten_ngan": item.shortTitle, "nam": item.year]
            if item.correction != nil { one["sua"] = true }
            fields["mot"] = one
        }
        // The subject counts to the next of the days that are still to come.
        let days = reminder.items.compactMap(\.deadline).map { $0.day.daysSince1970 - today.daysSince1970 }
        switch days.filter({ $0 >= 0 }).min() {
        case nil: fields["qua_han"] = true
        case 0: fields["hom_nay"] = true
        case 1: fields["ngay_mai"] = true
        case let left?: fields["con_ngay"] = String(left)
        }
        return fields
    }

    func fields(_ frozen: FiguresFrozen) -> [String: Any] {
        var fields: [String: Any] = ["ngay": day(frozen.day), "so_chinh": lines(frozen.figures)]
        if !frozen.document.isEmpty { fields["van_ban"] = frozen.document }
        return fields
    }

    func fields(_ letter: ReviewLetter) -> [String: Any] {
        [
            "dot": letter.stage,
            "muc": letter.reasons.enumerated().map { index, reason in
                ["tt": String(index + 1), "noi_dung": Quotation.text(reason, longest: 1000)]
            },
        ]
    }

    /// What is put forward, or what was decided for whom.
    func fields(_ letter: AwardLetter) -> [String: Any] {
        [
            "dot": letter.stage, "so_vb": Quotation.text(letter.document), "ngay_vb": day(letter.day),
            "co_ten": !letter.named.isEmpty,
            "danh_sach": letter.named.enumerated().map { index, nominee in
                [
                    "tt": String(index + 1), "ten": Quotation.name(nominee.name),
                    "hinh_thuc": Quotation.name(nominee.reward),
                ]
            },
        ]
    }

    func fields(decided letter: AwardLetter) -> [String: Any] {
        var fields = self.fields(letter)
        fields["khong_khen"] = letter.refused.map {
            ["ten": Quotation.name($0.name), "ly_do": Quotation.text($0.reason)]
        }
        if letter.scan != nil { fields["ban_quet"] = true }
        if !letter.authority.isEmpty { fields["co_quan_qd"] = Quotation.name(letter.authority) }
        if !letter.ceremony.isEmpty { fields["le_trao"] = ["noi_dung": Quotation.text(letter.ceremony)] }
        return fields
    }

    func fields(_ closed: StageClosed) -> [String: Any] {
        ["dot": closed.stage, "ngay_dong": day(closed.closed)]
    }
}
