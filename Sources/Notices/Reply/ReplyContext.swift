package import Foundation
package import Records

/// Whom a letter is for, and what came from there.
package struct ReplyContext: Hashable, Sendable {
    /// A listed address, or the stranger's own.
    package var recipient: String
    /// Listed addresses that get the same letter for their information.
    package var copies: [String] = []
    package var unitName: String
    /// The sender's address is known to the office and only gets copies: it is no stranger's.
    package var getsCopiesOnly = false
    /// What the letter is about was of these units, which the addressee has followed; nil: of its own.
    package var formerUnits: String?
    /// Who filled in the form, where the workbook says so.
    package var person: String?
    package var files: [NoticeFile]
    /// When the mail reached the mailbox; nil for a letter that answers none.
    package var received: Date?

    package init(
        recipient: String, unitName: String, person: String? = nil, files: [NoticeFile] = [], received: Date?
    ) {
        self.recipient = recipient
        self.unitName = unitName
        self.person = person
        self.files = files
        self.received = received
    }
}

/// A file as the letter lists it.
package struct NoticeFile: Hashable, Sendable {
    /// As sent.
    package var name: String
    /// What the bytes are: `xlsx`, `pdf`, …
    package var kind: String
    /// Bytes.
    package var size: Int
    /// A word about it; may be empty.
    package var remark: String

    package init(name: String, kind: String, size: Int, remark: String = "") {
        self.name = name
        self.kind = kind
        self.size = size
        self.remark = remark
    }
}

/// What the letters say of the office itself.
package struct OfficeFacts: Hashable, Sendable {
    /// Somebody to call.
    package struct Contact: Hashable, Sendable {
        package var topic: ContactTopic
        /// `Về số liệu hộ nghèo`.
        package var subject: String
        package var name: String
        package var office: String
        package var phone: String

        package init(topic: ContactTopic, subject: String, name: String, office: String, phone: String) {
            self.topic = topic
            self.subject = subject
            self.name = name
            self.office = office
            self.phone = phone
        }
    }

    package var contacts: [Contact]
    /// For everything that this mailbox is not for.
    package var generalMailbox: String
    /// The office's telephone.
    package var phone: String
    package var zone: OfficeZone
    /// How large a mail should be at most, in bytes.
    package var mailLimit: Int

    package init(
        contacts: [Contact], generalMailbox: String, phone: String, zone: OfficeZone, mailLimit: Int = 20 << 20
    ) {
        self.contacts = contacts
        self.generalMailbox = generalMailbox
        self.phone = phone
        self.zone = zone
        self.mailLimit = mailLimit
    }
}

/// What a contact is for; the raw value is the word in plan.xlsx, sheet `lien_he`.
package enum ContactTopic: String, Sendable, CaseIterable {
    case awards = "khen_thuong"
    case poverty = "ho_ngheo"
    case technical = "ky_thuat"
}
