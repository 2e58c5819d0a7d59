package import Foundation
package import Records

/// A unit's own workbooks, to be filled in.
package struct BlankForms: Hashable, Sendable {
    /// One workbook, and what it is for.
    package struct Form: Hashable, Sendable {
        package var purpose: Purpose
        package var workbook: NoticeAttachment

        package init(purpose: Purpose, workbook: NoticeAttachment) {
            self.purpose = purpose
            self.workbook = workbook
        }
    }

    package enum Purpose: Hashable, Sendable {
        /// What the unit owes for a year, and until when.
        case report(title: String, year: String, Deadline?)
        /// What it may nominate for, in a stage, and until when.
        case nomination(title: String, stage: String, until: CivilDate?)
    }

    package var forms: [Form]

    package init(forms: [Form]) {
        self.forms = forms
    }
}

/// What a unit has not sent, or not sent in order.
package struct Reminder: Hashable, Sendable {
    /// One form that it owes.
    package struct Item: Hashable, Sendable {
        package var formTitle: String
        package var shortTitle: String
        package var year: String
        /// nil where the office has set none: then nobody is late.
        package var deadline: Deadline?
        /// What has come and waits for a correction; nil when nothing has.
        package var correction: Correction?
        package var workbook: NoticeAttachment

        package init(
            formTitle: String, shortTitle: String, year: String, deadline: Deadline?, correction: Correction? = nil,
            workbook: NoticeAttachment
        ) {
            self.formTitle = formTitle
            self.shortTitle = shortTitle
            self.year = year
            self.deadline = deadline
            self.correction = correction
            self.workbook = workbook
        }
    }

    package struct Correction: Hashable, Sendable {
        package var receipt: Receipt
        package var received: CivilDate
        /// Of the newest revision.
        package var findings: [Finding]

        package init(receipt: Receipt, received: CivilDate, findings: [Finding]) {
            self.receipt = receipt
            self.received = received
            self.findings = findings
        }
    }

    /// When it is written: what has come by then is known.
    package var written: Date
    package var items: [Item]

    package init(written: Date, items: [Item]) {
        self.written = written
        self.items = items
    }
}

/// A unit's figures of a year, which are final now.
package struct FiguresFrozen: Hashable, Sendable {
    package var title: SubmissionTitle
    package var day: CivilDate
    /// The document; empty when there is none.
    package var document: String
    /// Finished lines.
    package var figures: [String]

    package init(title: SubmissionTitle, day: CivilDate, document: String, figures: [String]) {
        self.title = title
        self.day = day
        self.document = document
        self.figures = figures
    }
}

/// What a reviewer has decided about a nomination.
package struct ReviewLetter: Hashable, Sendable {
    package var title: SubmissionTitle
    package var stage: String
    /// In the reviewer's words, a point each.
    package var reasons: [String]

    package init(title: SubmissionTitle, stage: String, reasons: [String]) {
        self.title = title
        self.stage = stage
        self.reasons = reasons
    }
}

/// A nomination that came when its stage was closed: it is kept, and a person decides.
package struct StageClosed: Hashable, Sendable {
    package var title: SubmissionTitle
    package var stage: String
    package var closed: CivilDate

    package init(title: SubmissionTitle, stage: String, closed: CivilDate) {
        self.title = title
        self.stage = stage
        self.closed = closed
    }
}
