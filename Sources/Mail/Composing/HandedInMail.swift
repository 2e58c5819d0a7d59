package import Foundation
package import Records

/// Files that came by hand, put into an envelope of their own: kept, read and filed like any mail of the unit.
package struct HandedInMail: Sendable {
    /// The unit's address.
    package let from: MailAddress
    /// The office's.
    package let to: MailAddress
    /// How it came, in the office's words.
    package let note: String
    /// Who handed it in to the program.
    package let who: String
    package let messageID: String
    /// When the unit handed it in.
    package let received: Date
    package let zone: OfficeZone
    package let files: [NoticeAttachment]

    package init(
        from: MailAddress, to: MailAddress, note: String, who: String, messageID: String, received: Date,
        zone: OfficeZone, files: [NoticeAttachment]
    ) {
        self.from = from
        self.to = to
        self.note = note
        self.who = who
        self.messageID = messageID
        self.received = received
        self.zone = zone
        self.files = files
    }

    /// The mail in RFC 5322 form.
    package var bytes: [UInt8] {
        var out = MIMEWriter()
        let boundary = MIMEWriter.boundary(messageID, "mixed")
        out.field("From", address: from)
        out.field("To", address: to)
        out.field("Subject", text: note)
        out.field("Date", MailDate.rfc5322(received, offset: zone.secondsFromGMT))
        out.field("Message-ID", "<\(messageID)>")
        out.field("X-Handed-In-By", text: who)
        out.field("MIME-Version", "1.0")
        out.multipart("mixed", boundary)
        out.open(boundary)
        out.field("Content-Type", "text/plain; charset=utf-8")
        out.quotedPrintable(note + "\n")
        for file in files {
            out.open(boundary)
            out.attachment(file)
        }
        out.close(boundary)
        return out.bytes
    }
}
