package import Mail
package import XLSForm

/// A mail after its bytes were read and its workbooks bound: everything that can be known without looking anything up.
package struct ReadMail: Sendable, Codable {
    package let message: Message
    package let standing: SenderStanding
    /// The mail's files, in the order of its parts; body texts are not among them.
    package let files: [ReadFile]
    /// Set when the mail is larger than allowed: then only its header was read.
    package let isTooLarge: Bool
    /// What a server reports of a letter of ours.
    package let report: DeliveryReport?

    package init(
        message: Message, standing: SenderStanding, files: [ReadFile], isTooLarge: Bool = false,
        report: DeliveryReport? = nil
    ) {
        self.message = message
        self.standing = standing
        self.files = files
        self.isTooLarge = isTooLarge
        self.report = report
    }
}

/// One file of a mail, and what it holds.
package struct ReadFile: Sendable, Codable {
    package let part: MessagePart
    package let content: Content
    /// True when it came inside a forwarded mail (message/rfc822).
    package let isForwarded: Bool

    package enum Content: Sendable, Codable {
        /// One submission mostly; several when sheets of several forms were gathered in one file.
        case workbook([BoundWorkbook])
        /// A paper: a scan, a picture, a text document.
        case evidence
        case unreadable(Unreadable)
        /// A container whose content follows as files of their own.
        case wrapper
        /// Signature images, lock files and their like: nobody means them as a submission.
        case ignored
    }

    package init(part: MessagePart, content: Content, isForwarded: Bool) {
        self.part = part
        self.content = content
        self.isForwarded = isForwarded
    }
}

/// Why a file could not be taken as a workbook or a paper (`office/notices`, table of reasons).
package enum Unreadable: String, Sendable, Codable, CaseIterable {
    case password, archive, encryptedZip, damaged, notWorkbook, otherWorkbook, executable, limits, tooLarge
}
