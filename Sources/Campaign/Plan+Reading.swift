import Records
package import Sheets
import Vietnamese

extension Plan {
    /// Reads plan.xlsx. Rows that cannot be read are left out and noted in `problems`.
    package init(workbook: Workbook, file: String = "plan.xlsx") {
        var log = ProblemLog(file: file)
        stages = Self.stages(of: workbook, log: &log)
        obligations = Self.obligations(of: workbook, log: &log)
        standards = Self.standards(of: workbook, log: &log)
        targets = Self.targets(of: workbook, log: &log)
        baselines = Self.baselines(of: workbook, log: &log)
        quotas = Self.quotas(of: workbook, log: &log)
        decisions = Self.decisions(of: workbook, log: &log)
        holidays = Self.holidays(of: workbook, log: &log)
        contacts = Self.contacts(of: workbook, log: &log)
        mailModes = Self.mailModes(of: workbook, log: &log)
        retentions = Self.retentions(of: workbook, log: &log)
        problems = log.problems
        sheets = workbook.sheets.map(\.name)
    }

    private static func stages(of workbook: Workbook, log: inout ProblemLog) -> [Stage] {
        let sheet = RecordSheet("dot", of: workbook, required: ["ma", "ten", "mo", "dong", "bieu"], log: &log)
        return sheet.records.compactMap { record in
            let code = record.requiredText("ma", log: &log)
            let label = record.requiredText("ten", log: &log)
            let open = record.day("mo", log: &log)
            let close = record.day("dong", log: &log)
            if let open, let close, close < open {
                log.note(
                    .datesReversed, at: record, "dong", "The stage closes before it opens.",
                    remedy: "Correct one of the two days.")
                return nil
            }
            let first = record.year("nam_xet_tu", log: &log)
            let last = record.year("nam_xet_den", log: &log)
            var years: ClosedRange<Int>?
            if let first, let last, first <= last { years = first...last }
            if let first, let last, last < first {
                log.note(
                    .datesReversed, at: record, "nam_xet_den", "The years end in \(last) and begin in \(first).",
                    remedy: "Exchange or correct the two years.")
            }
            guard let code, let label else { return nil }
            return Stage(
                code: code, label: label, open: DaySpan(first: open, last: close), years: years,
                forms: record.words("bieu"), state: record.text("trang_thai"), row: record.row)
        }
    }

    private static func obligations(of workbook: Workbook, log: inout ProblemLog) -> [Obligation] {
        let sheet = RecordSheet(
            "nghia_vu", of: workbook, required: ["bieu", "loai_don_vi", "nam", "han", "van_ban_han"], log: &log)
        return sheet.records.compactMap { record in
            let form = record.requiredText("bieu", log: &log)
            let kind = record.unitKind("loai_don_vi", log: &log)
            let year = record.requiredYear("nam", log: &log)
            let day = record.day("han", log: &log)
            let document = record.text("van_ban_han")
            if day != nil, document.isEmpty {
                log.note(
                    .dueWithoutDocument, .warning, at: record, "van_ban_han",
                    "A due day without a document: letters do not name it.", remedy: "Write the document that sets it.")
            }
            if let day, let year, day.year < year {
                log.note(
                    .datesReversed, .warning, at: record, "han", "\(day) lies before the year \(year) has begun.",
                    remedy: "Correct the due day or the year.")
            }
            guard let form, let kind, let year else { return nil }
            return Obligation(
                form: form, kind: kind, year: year, due: day.map { Obligation.Due(day: $0, document: document) },
                remindBefore: record.days("nhac_truoc", log: &log), remindAfter: record.days("nhac_sau", log: &log),
                copies: record.words("ban_sao"), row: record.row)
        }
    }

    private static func standards(of workbook: Workbook, log: inout ProblemLog) -> [Standard] {
        let sheet = RecordSheet("tieu_chuan", of: workbook, required: ["id", "ten_ngan", "dieu"], log: &log)
        return sheet.records.compactMap { record in
            guard let id = record.requiredText("id", log: &log),
                let name = record.requiredText("ten_ngan", log: &log)
            else { return nil }
            let shows = record.text("hien_muc")
            if !["", "co", "khong"].contains(shows) {
                log.note(
                    .valueUnreadable, at: record, "hien_muc", "“\(shows)” is neither co nor khong.",
                    remedy: "Write co or khong, or leave it to the decision hien_muc.")
            }
            return Standard(
                id: id, shortName: name, clause: record.text("dieu"), nature: record.text("loai"),
                forms: record.words("bieu"), showsThreshold: shows.isEmpty ? nil : shows == "co",
                threshold: record.text("muc"), row: record.row)
        }
    }

    private static func targets(of workbook: Workbook, log: inout ProblemLog) -> [Target] {
        let sheet = RecordSheet(
            "chi_tieu", of: workbook, required: ["ma_don_vi", "nam", "kh_giam_ngheo", "kh_giam_can"], log: &log)
        return sheet.records.compactMap { record in
            let unit = record.unit("ma_don_vi", log: &log)
            let year = record.requiredYear("nam", log: &log)
            let poor = record.integer("kh_giam_ngheo", log: &log)
            let nearPoor = record.integer("kh_giam_can", log: &log)
            for (head, value) in [("kh_giam_ngheo", poor), ("kh_giam_can", nearPoor)] {
                guard let value, !(-10_000...10_000).contains(value) else { continue }
                log.note(
                    .figuresImpossible, at: record, head, "\(value) hundredths of a point are more than 100 points.",
                    remedy: "Write 125 for a reduction of 1.25 percentage points.")
            }
            guard let unit, let year else { return nil }
            let key = record.text("khoa")
            if !key.isEmpty, key != "\(unit)-\(year)" {
                log.note(
                    .valueUnreadable, at: record, "khoa", "“\(key)” is not the key of this row.",
                    remedy: "Write \(unit)-\(year), or leave it empty.")
            }
            return Target(
                unit: unit, year: year, poor: poor, nearPoor: nearPoor, document: record.text("van_ban"),
                row: record.row)
        }
    }

    private static func baselines(of workbook: Workbook, log: inout ProblemLog) -> [Baseline] {
        let sheet = RecordSheet(
            "so_lieu_goc", of: workbook, required: ["ma_don_vi", "nam", "tong_ho", "ngheo", "can"], log: &log)
        return sheet.records.compactMap { record in
            let unit = record.unit("ma_don_vi", log: &log)
            let year = record.requiredYear("nam", log: &log)
            let total = record.requiredInteger("tong_ho", log: &log)
            let poor = record.requiredInteger("ngheo", log: &log)
            let nearPoor = record.requiredInteger("can", log: &log)
            guard let unit, let year, let total, let poor, let nearPoor else { return nil }
            guard total > 0, poor >= 0, nearPoor >= 0, poor + nearPoor <= total else {
                log.note(
                    .figuresImpossible, at: record, "tong_ho",
                    "\(poor) poor and \(nearPoor) near-poor households of \(total) cannot be.",
                    remedy: "Correct the figures from the document.")
                return nil
            }
            return Baseline(
                unit: unit, year: year, figures: ClosingFigures(total: total, poor: poor, nearPoor: nearPoor),
                source: record.text("nguon"), document: record.text("van_ban"), row: record.row)
        }
    }

    private static func quotas(of workbook: Workbook, log: inout ProblemLog) -> [Quota] {
        let sheet = RecordSheet(
            "phan_bo", of: workbook, required: ["dot", "ma_don_vi", "tap_the", "ca_nhan", "ho"], log: &log)
        return sheet.records.compactMap { record in
            guard let stage = record.requiredText("dot", log: &log), let unit = record.unit("ma_don_vi", log: &log)
            else { return nil }
            for head in ["tap_the", "ca_nhan", "ho"] {
                guard let number = record.integer(head, log: &log), number < 0 else { continue }
                log.note(
                    .figuresImpossible, at: record, head, "\(number) nominations cannot be allotted.",
                    remedy: "Write a number from 0 on, or leave it empty for no limit.")
            }
            return Quota(
                stage: stage, unit: unit, collectives: record.integer("tap_the", log: &log),
                individuals: record.integer("ca_nhan", log: &log), households: record.integer("ho", log: &log),
                row: record.row)
        }
    }

    private static func decisions(of workbook: Workbook, log: inout ProblemLog) -> [Decision] {
        let sheet = RecordSheet("quy_uoc", of: workbook, required: ["khoa", "gia_tri", "van_ban"], log: &log)
        return sheet.records.compactMap { record in
            guard let key = record.requiredText("khoa", log: &log) else { return nil }
            return Decision(
                key: key, value: record.text("gia_tri"), document: record.text("van_ban"),
                decidedBy: record.text("nguoi_quyet"), day: record.day("ngay", log: &log), row: record.row)
        }
    }

    private static func holidays(of workbook: Workbook, log: inout ProblemLog) -> [Holiday] {
        let sheet = RecordSheet("lich_nghi", of: workbook, required: ["ngay", "ten"], log: &log)
        return sheet.records.compactMap { record in
            record.day("ngay", log: &log).map { Holiday(day: $0, name: record.text("ten"), row: record.row) }
        }
    }

    private static func contacts(of workbook: Workbook, log: inout ProblemLog) -> [Contact] {
        let sheet = RecordSheet("lien_he", of: workbook, required: ["viec", "ho_ten", "dien_thoai"], log: &log)
        return sheet.records.compactMap { record in
            guard let subject = record.requiredText("viec", log: &log),
                let name = record.requiredText("ho_ten", log: &log)
            else { return nil }
            return Contact(
                kind: record.text("loai"), subject: subject, name: name, office: record.text("phong"),
                phone: record.text("dien_thoai"), email: record.text("email"), row: record.row)
        }
    }

    private static func mailModes(of workbook: Workbook, log: inout ProblemLog) -> [MailMode] {
        let sheet = RecordSheet("thu", of: workbook, required: ["mau", "che_do"], log: &log)
        return sheet.records.compactMap { record in
            guard let notice = record.requiredText("mau", log: &log) else { return nil }
            let mode = record.text("che_do")
            guard mode == "gui_ngay" || mode == "cho_duyet" else {
                log.note(
                    .valueUnreadable, at: record, "che_do", "“\(mode)” is not a mode.",
                    remedy: "Use gui_ngay or cho_duyet.")
                return nil
            }
            return MailMode(
                notice: notice, waitsForPress: mode == "cho_duyet", hours: record.hours("gio", log: &log),
                row: record.row)
        }
    }

    private static func retentions(of workbook: Workbook, log: inout ProblemLog) -> [Retention] {
        let sheet = RecordSheet("luu_tru", of: workbook, required: ["bieu", "thoi_han"], log: &log)
        return sheet.records.compactMap { record in
            guard let form = record.requiredText("bieu", log: &log),
                let years = record.requiredInteger("thoi_han", log: &log)
            else { return nil }
            guard years > 0 else {
                log.note(
                    .figuresImpossible, at: record, "thoi_han", "Papers cannot be kept for \(years) years.",
                    remedy: "Write a number of years, at least 1.")
                return nil
            }
            return Retention(form: form, years: years, row: record.row)
        }
    }
}

extension RecordSheet.Record {
    /// A year of this century; tables are made for every year from the first to the last.
    fileprivate func year(_ head: String, log: inout ProblemLog) -> Int? {
        guard let year = integer(head, log: &log) else { return nil }
        if (2000...2099).contains(year) { return year }
        log.note(.valueUnreadable, at: self, head, "\(year) is not a year.", remedy: "Write a year such as 2019.")
        return nil
    }

    fileprivate func requiredYear(_ head: String, log: inout ProblemLog) -> Int? {
        requiredText(head, log: &log).flatMap { _ in year(head, log: &log) }
    }

    /// Hours of the day such as `07:30-16:30`, in seconds since midnight.
    fileprivate func hours(_ head: String, log: inout ProblemLog) -> Range<Double>? {
        let text = text(head)
        guard !text.isEmpty else { return nil }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { end -> Double? in
            let parts = end.split(separator: ":", omittingEmptySubsequences: false).map { Int($0.trimmed) }
            guard parts.count == 2, let hour = parts[0], let minute = parts[1], (0...24).contains(hour),
                (0..<60).contains(minute)
            else { return nil }
            return Double(hour * 3600 + minute * 60)
        }
        if ends.count == 2, let first = ends[0], let last = ends[1], first < last, last <= 86_400 {
            return first..<last
        }
        log.note(
            .valueUnreadable, at: self, head, "“\(text)” are no hours.", remedy: "Write them such as 07:30-16:30.")
        return nil
    }

    /// Numbers of days such as `7 3`.
    fileprivate func days(_ head: String, log: inout ProblemLog) -> [Int] {
        let words = words(head)
        let days = words.compactMap { Int($0) }.filter { (0...366).contains($0) }
        if days.count != words.count {
            log.note(
                .valueUnreadable, at: self, head, "“\(text(head))” is not a list of days.",
                remedy: "Write numbers with spaces between, such as 7 3 1.")
        }
        return days
    }
}
