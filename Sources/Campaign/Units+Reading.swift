import Records
package import Sheets
import Vietnamese

extension Units {
    /// Reads units.xlsx with its sheets `don_vi`, `dia_chi_thu`, `ke_thua`, `thon` and `cum`.
    ///
    /// Rows that cannot be read are left out and noted, so are contradictions between rows: see `problems`.
    package init(workbook: Workbook, file: String = "units.xlsx") {
        var log = ProblemLog(file: file)
        let clusters = Self.clusters(of: workbook, log: &log)
        let rows = Self.units(of: workbook, log: &log)
        let addresses = Self.addresses(of: workbook, log: &log)
        let successions = Self.successions(of: workbook, log: &log)
        let hamlets = Self.hamlets(of: workbook, log: &log)
        let check = UnitsCheck(
            rows: rows, addresses: addresses, successions: successions, hamlets: hamlets, clusters: clusters)
        check.note(in: &log)
        self.init(
            rows: rows, addresses: addresses, successions: successions, hamlets: hamlets, clusters: clusters,
            problems: ProblemLog.inOrder(log.problems, sheets: workbook.sheets.map(\.name)))
    }

    private static func clusters(of workbook: Workbook, log: inout ProblemLog) -> [Cluster] {
        let sheet = RecordSheet("cum", of: workbook, required: ["ma", "ten"], log: &log)
        return sheet.records.compactMap { record in
            guard let code = record.requiredText("ma", log: &log), let label = record.requiredText("ten", log: &log)
            else { return nil }
            return Cluster(
                code: code, label: label, member: record.text("uy_vien_hoi_dong"), email: record.text("email"),
                row: record.row)
        }
    }

    private static func units(of workbook: Workbook, log: inout ProblemLog) -> [UnitRecord] {
        let sheet = RecordSheet(
            "don_vi", of: workbook, required: ["ma", "ten", "loai", "tu_ngay", "den_ngay", "thu_tu"], log: &log)
        return sheet.records.compactMap { record in
            let code = record.unit("ma", log: &log)
            let label = record.requiredText("ten", log: &log)
            let kind = record.unitKind("loai", log: &log)
            let span = record.span(log: &log)
            let order = record.integer("thu_tu", log: &log) ?? .max
            guard let code, let label, let kind, let span else { return nil }
            var contacts = UnitRecord.Contacts()
            contacts.officer = record.text("can_bo_theo_doi")
            contacts.leader = record.text("lanh_dao")
            contacts.leaderEmail = record.text("email_lanh_dao")
            contacts.clerk = record.text("dau_moi")
            contacts.phone = record.text("dien_thoai")
            let official = record.text("ten_day_du")
            return UnitRecord(
                code: code, label: label, officialName: official.isEmpty ? label : official, kind: kind,
                isUrban: record.text("khu_vuc") == "thanh_thi", span: span, cluster: record.text("cum"), order: order,
                contacts: contacts, statisticsCode: record.text("ma_gso"), row: record.row)
        }
    }

    private static func addresses(of workbook: Workbook, log: inout ProblemLog) -> [AddressEntry] {
        let sheet = RecordSheet(
            "dia_chi_thu", of: workbook,
            required: ["dia_chi", "ma_don_vi", "tu_ngay", "den_ngay", "quyen", "xac_nhan_boi"], log: &log)
        return sheet.records.compactMap { record in
            let address = record.address("dia_chi", log: &log)
            let right = record.right("quyen", log: &log)
            let span = record.span(log: &log)
            let isEveryUnit = record.text("ma_don_vi") == "*"
            let unit = isEveryUnit ? nil : record.unit("ma_don_vi", log: &log)
            guard let address, let right, let span, isEveryUnit || unit != nil else { return nil }
            if isEveryUnit, right != .onBehalf {
                log.note(
                    .valueUnreadable, at: record, "ma_don_vi", "“*” stands for every unit.",
                    remedy: "Give the right “nop_thay”, or name one unit in each row.")
                return nil
            }
            return AddressEntry(
                address: address, unit: unit, right: right, span: span,
                isConfirmed: !record.text("xac_nhan_boi").isEmpty, row: record.row)
        }
    }

    private static func successions(of workbook: Workbook, log: inout ProblemLog) -> [Succession] {
        let sheet = RecordSheet("ke_thua", of: workbook, required: ["ma_cu", "ma_moi", "tu_ngay"], log: &log)
        return sheet.records.compactMap { record in
            let old = record.unit("ma_cu", log: &log)
            let new = record.unit("ma_moi", log: &log)
            guard let day = record.day("tu_ngay", log: &log) else {
                if record.text("tu_ngay").isEmpty { _ = record.requiredText("tu_ngay", log: &log) }
                return nil
            }
            guard let old, let new else { return nil }
            return Succession(old: old, new: new, from: day, document: record.text("van_ban"), row: record.row)
        }
    }

    private static func hamlets(of workbook: Workbook, log: inout ProblemLog) -> [Hamlet] {
        let sheet = RecordSheet(
            "thon", of: workbook, required: ["ma", "ten", "ma_don_vi", "tu_ngay", "den_ngay"], log: &log)
        return sheet.records.compactMap { record in
            let code = record.unit("ma", log: &log)
            let label = record.requiredText("ten", log: &log)
            let unit = record.unit("ma_don_vi", log: &log)
            let span = record.span(log: &log)
            guard let code, let label, let unit, let span else { return nil }
            return Hamlet(
                code: code.rawValue, label: label, unit: unit, span: span, formerName: record.text("ten_cu"),
                row: record.row)
        }
    }
}

extension RecordSheet.Record {
    /// `tu_ngay` and `den_ngay`; nil when one of them is no day, or the last lies before the first.
    func span(log: inout ProblemLog) -> DaySpan? {
        let first = day("tu_ngay", log: &log)
        let last = day("den_ngay", log: &log)
        guard first != nil || text("tu_ngay").isEmpty, last != nil || text("den_ngay").isEmpty else { return nil }
        if let first, let last, last < first {
            log.note(
                .datesReversed, at: self, "den_ngay", "The last day \(last) lies before the first day \(first).",
                remedy: "Exchange or correct the two days.")
            return nil
        }
        return DaySpan(first: first, last: last)
    }

    func unitKind(_ head: String, log: inout ProblemLog) -> UnitRecord.Kind? {
        guard let text = requiredText(head, log: &log) else { return nil }
        let kind = UnitRecord.Kind(rawValue: text)
        if kind == nil {
            log.note(
                .valueUnreadable, at: self, head, "“\(text)” is not a kind of unit.",
                remedy: "Use one of: " + UnitRecord.Kind.allCases.map(\.rawValue).joined(separator: ", ") + ".")
        }
        return kind
    }

    fileprivate func right(_ head: String, log: inout ProblemLog) -> AddressEntry.Right? {
        let text = text(head)
        // What most addresses are for.
        if text.isEmpty { return .submit }
        let right = AddressEntry.Right(rawValue: text)
        if right == nil {
            log.note(
                .valueUnreadable, at: self, head, "“\(text)” is not a right.",
                remedy: "Use one of: " + AddressEntry.Right.allCases.map(\.rawValue).joined(separator: ", ") + ".")
        }
        return right
    }

    /// An address or `@domain` in lower case: one `@`, no spaces, nothing that could break a mail's header.
    fileprivate func address(_ head: String, log: inout ProblemLog) -> String? {
        guard let text = requiredText(head, log: &log)?.lowercased() else { return nil }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"<>()[]\\,;:\"".utf8.contains($0) }
        guard parts.count == 2, isPlain, text.utf8.count <= 254, parts[1].contains("."), !parts[1].hasPrefix("."),
            !parts[1].hasSuffix("."), !parts[1].contains("..")
        else {
            log.note(
                .addressInvalid, at: self, head, "“\(text)” is not a mail address.",
                remedy: "Write one address such as thienloc@canloc.example, or @domain for all of a domain.")
            return nil
        }
        if parts[0].isEmpty, Self.openDomains.contains(String(parts[1])) {
            log.note(
                .addressOpen, at: self, head, "Anybody can have an address at \(parts[1]).",
                remedy: "List the full addresses instead.")
            return nil
        }
        return text
    }

    /// Where everybody gets a mailbox.
    private static let openDomains: Set<String> = [
        "gmail.com", "googlemail.com", "yahoo.com", "yahoo.com.vn", "ymail.com", "hotmail.com", "outlook.com",
        "outlook.com.vn", "live.com", "icloud.com", "zoho.com", "protonmail.com", "proton.me", "mail.ru", "aol.com",
    ]
}
