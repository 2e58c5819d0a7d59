import Records

/// What each kind of section offers to its template (`NoticeVocabulary` lists the names).
extension NoticeWriter {
    /// How many findings stand in the body of a letter; the others stand in the workbook.
    static let longestList = 12

    func fields(_ section: ReplySection, _ context: ReplyContext) -> [String: Any] {
        var fields: [String: Any] =
            switch section {
            case .reportReceived(let report): self.fields(report)
            case .nominationReceived(let nomination): self.fields(nomination)
            case .correction(let correction): self.fields(correction)
            case .standardNotMet(let standard): self.fields(standard)
            case .alreadyReceived(let same):
                ["ngay_cu": day(same.firstReceived), "trang_thai": same.state, "can_sua": same.awaitsCorrection]
            case .evidenceAdded(let evidence): self.fields(evidence)
            case .unreadable(let file): self.fields(file)
            case .unitDisagreement(let units):
                [
                    "don_vi_thu": Quotation.name(units.senderUnit), "don_vi_bieu": Quotation.name(units.workbookUnit),
                ]
            case .noWorkbook, .stranger, .unverified: [:]
            case .blankForms(let blanks): self.fields(blanks)
            case .reminder(let reminder): self.fields(reminder)
            case .overdueList(let list): self.fields(list)
            case .figuresFrozen(let frozen): self.fields(frozen)
            case .stageClosed(let closed): self.fields(closed)
            case .returned(let letter), .declined(let letter), .withdrawn(let letter): self.fields(letter)
            case .awardedByDistrict(let letter), .decidedByProvince(let letter): self.fields(decided: letter)
            case .proposedToProvince(let letter): self.fields(letter)
            case .opinionRequest(let request): self.fields(request)
            case .dailyDigest(let digest): self.fields(digest)
            case .technicalAlarm(let alarm): self.fields(alarm)
            }
        guard let title = section.title else { return fields }
        fields["ten_bieu"] = title.formTitle
        fields["ten_ngan"] = title.shortTitle
        fields["ma"] = title.receipt?.description
        fields["nam"] = title.year
        let name = title.nominee.map { Quotation.name($0) }
        fields["ten"] = name
        fields["nam_hoac_ten"] = title.year.map { templates.words["subject.year", ["year": $0]] } ?? name
        return fields
    }

    private func fields(_ report: ReportReceived) -> [String: Any] {
        var fields: [String: Any] = [
            "chuyen_ldtbxh": report.isPassedToLabour, "co_so_chinh": !report.figures.isEmpty,
            "so_chinh": lines(report.figures),
        ]
        if let deadline = report.deadline {
            fields["han"] = ["van_ban_han": deadline.document, "ngay_han": day(deadline.day)]
        }
        if let replaced = report.replaces { fields["ban_thay"] = ["ngay_cu": day(replaced)] }
        fields["luu_y"] = remarks(report.findings)
        fields["con_thieu"] = papers(report.missing, of: report.title)
        return fields
    }

    private func fields(_ nomination: NominationReceived) -> [String: Any] {
        var fields: [String: Any] = [
            "loai": Quotation.name(nomination.nomineeKind), "noi_dung": Quotation.text(nomination.content),
            "dot": nomination.stage, "hinh_thuc": nomination.reward, "co_kiem": !nomination.checks.isEmpty,
            "kiem": lines(nomination.checks), "to_trinh": nomination.coverLetter != nil,
            "danh_sach": nomination.list.enumerated().map { index, listed in
                [
                    "tt": String(nomination.unlisted + index + 1), "ten": Quotation.name(listed.name),
                    "noi_dung_ngan": Quotation.text(listed.content), "trang_thai": listed.state,
                ]
            },
        ]
        if let quota = nomination.quota {
            fields["phan_bo"] = ["so": String(quota.allotted), "da_gui": String(quota.sent)]
        }
        if nomination.unlisted > 0 { fields["gui_truoc"] = String(nomination.unlisted) }
        if nomination.nomineeKind.isEmpty { fields["loai"] = nil }
        fields["luu_y"] = remarks(nomination.findings)
        fields["con_thieu"] = papers(nomination.missing, of: nomination.title)
        return fields
    }

    /// The errors of a correction, as the letter counts them: by place.
    func groups(of correction: Correction) -> [FindingGroup] {
        FindingGroup.grouped(correction.findings.filter { $0.severity == .error }, templates.findings)
    }

    private func fields(_ correction: Correction) -> [String: Any] {
        let groups = groups(of: correction)
        var fields: [String: Any] = [
            "so_cho": String(groups.count), "lan": String(correction.round), "tep_tra": correction.marked != nil,
            "xls": correction.isOldExcel, "bieu_moi": !correction.isSendersOwn,
            "nhom": groups.prefix(Self.longestList).enumerated().map { index, group -> [String: Any] in
                var item: [String: Any] = ["so": String(index + 1), "cho": group.placeAndLabel(templates.words)]
                if !group.found.isEmpty { item["dang_ghi"] = group.found.joined(separator: "; ") }
                if !group.todo.isEmpty { item["viec"] = sentences(group.todo) }
                if !group.clauses.isEmpty { item["dieu"] = templates.words.clauses(group.clauses) }
                return item
            },
        ]
        if groups.count > Self.longestList { fields["con_nua"] = String(groups.count - Self.longestList) }
        fields["han_sua"] = correction.deadline.map { templates.words["deadline.day", ["day": day($0)]] }
        if !correction.removed.isEmpty { fields["da_bo"] = correction.removed.joined(separator: ", ") }
        if let accepted = correction.accepted { fields["ban_hieu_luc"] = ["ngay_cu": day(accepted)] }
        if correction.waitsForOfficer,
            let officer = correction.officer ?? office.contacts.first(where: { $0.topic == .awards })?.name
        {
            fields["goi_dien"] = ["can_bo": officer]
        }
        return fields
    }

    private func fields(_ standard: StandardNotMet) -> [String: Any] {
        let unmet = standard.findings.filter { $0.severity == .standard }
        var fields: [String: Any] = [
            "so_tieu_chuan": unmet.count == 1 ? templates.words["standards.one"] : String(unmet.count),
            "tep_tra": standard.workbook != nil,
            "muc": unmet.map { finding -> [String: Any] in
                var item: [String: Any] = [
                    "ten_tieu_chuan": Quotation.text(finding.label), "so_lieu": templates.findings.found(finding),
                ]
                if !finding.clauses.isEmpty { item["dieu"] = finding.clauses.joined(separator: ", ") }
                let thresholds = finding.clauses.compactMap { standard.thresholds[$0] }
                if !thresholds.isEmpty { item["muc_yeu_cau"] = thresholds.joined(separator: "; ") }
                return item
            },
        ]
        fields["han"] = standard.waitsUntil.map { templates.words["deadline.day", ["day": day($0)]] }
        fields["quy_uoc"] = standard.convention.map { ["van_ban_quy_uoc": $0] }
        return fields
    }

    private func fields(_ evidence: EvidenceAdded) -> [String: Any] {
        var fields: [String: Any] = [
            "gan": evidence.placed.map {
                ["ten_tep": Quotation.name($0.filename), "ma_mc": $0.paper.code, "ten_mc": $0.paper.name]
            },
            "chua_gan": evidence.loose.map { ["ten_tep": Quotation.name($0)] },
            "du": evidence.missing.isEmpty && evidence.loose.isEmpty,
        ]
        fields["con_thieu"] = papers(evidence.missing, of: evidence.title)
        return fields
    }

    private func fields(_ file: UnreadableFile) -> [String: Any] {
        let (why, remedy) = templates.findings.reason(file.code, file.arguments)
        return [
            "ten_tep": Quotation.name(file.filename), "ly_do": why, "cach_lam": remedy, "mau": !file.blanks.isEmpty,
        ]
    }

    // MARK: Parts

    func lines(_ lines: [String]) -> [[String: String]] {
        lines.map { ["dong": Quotation.text($0)] }
    }

    /// Warnings and notes, which are told and stop nothing; nil when there are none.
    private func remarks(_ findings: [Finding]) -> [String: Any]? {
        let told = findings.filter { finding in
            switch finding.code {
            // Missing papers have a place of their own in the letter.
            case .evidenceMissing: false
            // What makes a person decide later is told, though the finding itself is for that person.
            case .submissionFrozen, .stageClosed: true
            default: finding.severity == .warning || finding.severity == .note
            }
        }
        let groups = FindingGroup.grouped(told, templates.findings)
        guard !groups.isEmpty else { return nil }
        var fields: [String: Any] = [
            "muc": groups.prefix(Self.longestList).map {
                [
                    "cho": $0.placeAndLabel(templates.words),
                    "noi_dung": sentences($0.remarks),
                ]
            },
            // Notes say what was done already; there is nothing to explain.
            "giai_trinh": told.contains { $0.severity == .warning },
        ]
        if groups.count > Self.longestList { fields["con_nua"] = String(groups.count - Self.longestList) }
        return fields
    }

    /// In the order of their codes, which is the order of the office's checklist, not that of the questions.
    private func papers(_ papers: [Paper], of title: SubmissionTitle) -> [String: Any]? {
        let papers = papers.sorted { ($0.code, $0.name) < ($1.code, $1.name) }
        guard let first = papers.first else { return nil }
        let example = first.code + "-" + (title.year.map { "bao-cao-\($0)" } ?? "ho-so") + ".pdf"
        return [
            "muc": papers.map { ["ma_mc": $0.code, "ten": Quotation.text($0.name)] }, "vi_du": example,
        ]
    }

    /// Several sentences as one text; the first goes on with the line that it stands in.
    private func sentences(_ texts: [String]) -> String {
        texts.enumerated().map { index, text in
            let text = index == 0 ? text : text.prefix(1).uppercased() + text.dropFirst()
            return text.last.map { ".…!?".contains($0) } == true ? text : text + "."
        }.joined(separator: " ")
    }
}
