/// A unit of the district: the office's own code, letters and digits, never reused (`units.xlsx`, sheet `don_vi`).
package struct UnitCode: Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
    package let rawValue: String

    /// Fails when the text is empty or holds anything but ASCII letters, digits and `_`.
    package init?(_ text: some StringProtocol) {
        let isCode = text.utf8.allSatisfy {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "_")
        }
        guard !text.isEmpty, isCode else { return nil }
        rawValue = String(text)
    }

    package var description: String { rawValue }
    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Which form a workbook is, and which version of it (XLSForm settings `form_id` and `version`).
package struct FormIdentity: Hashable, Sendable, Codable, CustomStringConvertible {
    package let id: String
    package let version: String

    package init(id: String, version: String) {
        self.id = id
        self.version = version
    }

    package var description: String { "\(id) \(version)" }
}

/// What a form is for (settings column `formpost::kind`); it decides the receipt's letters and whether a dossier is opened.
package enum FormKind: String, Sendable, Codable, CaseIterable {
    case report, nomination, list, registration, contact, cover

    package var receiptKind: Receipt.Kind {
        switch self {
        case .report: .report
        case .nomination: .nomination
        case .list: .list
        case .registration: .registration
        case .contact: .contact
        case .cover: .cover
        }
    }
}

/// What makes two workbooks the same submission: the form and unit, with the period of a report or the stage, folded name
/// and place of a nomination.
package struct SubmissionKey: Hashable, Sendable, Codable {
    package let form: String
    package let unit: UnitCode
    /// The year of a report, as written in the form.
    package let period: String?
    /// The stage of a nomination.
    package let stage: String?
    /// Folded name of the nominee.
    package let nominee: String?
    /// Folded place of the nominee, where the form declares one.
    package let place: String?

    package init(
        form: String, unit: UnitCode, period: String? = nil, stage: String? = nil, nominee: String? = nil,
        place: String? = nil
    ) {
        self.form = form
        self.unit = unit
        self.period = period
        self.stage = stage
        self.nominee = nominee
        self.place = place
    }
}
