package import Foundation
package import Records

/// What a judgement needs to know besides the workbook. All of it is given: judging reads no clock, file or database.
package struct JudgingContext: Sendable {
    /// When the mail was received; what `today()` and `now()` mean.
    package var received: Date
    package var zone: OfficeZone
    /// The message's hash; what `random()` and `uuid()` are drawn from.
    package var seed: [UInt8]
    package var snapshot: ReferenceSnapshot
    /// The attachments of this mail and of earlier ones of the same submission; nil when nobody knows them, and then
    /// none is missed.
    package var evidence: [EvidenceName]?
    /// The sender's address, for the metadata `email` and `username`.
    package var sender: String
    /// The unit that the mail was decided to come from; nil takes the one that the workbook names.
    package var unit: UnitCode?

    package init(
        received: Date, zone: OfficeZone = .indochina, seed: [UInt8] = [],
        snapshot: ReferenceSnapshot = ReferenceSnapshot(), evidence: [EvidenceName]? = [], sender: String = "",
        unit: UnitCode? = nil
    ) {
        self.received = received
        self.zone = zone
        self.seed = seed
        self.snapshot = snapshot
        self.evidence = evidence
        self.sender = sender
        self.unit = unit
    }
}

/// An attachment that may prove something: its name, and the code that says what it is.
package struct EvidenceName: Hashable, Sendable, Codable {
    /// `MC1`…; nil when the name begins with none.
    package let code: String?
    package let filename: String

    /// - Parameter code: given when a person has said what the file is; else it is read from the name.
    package init(filename: String, code: String? = nil) {
        self.filename = filename
        self.code = code ?? Self.code(of: filename)
    }

    /// The code at the start of a file name or a label: `MC1. Báo cáo`, `mc 1 - scan.pdf` and `MC01_x.jpg` are `MC1`.
    package static func code(of text: some StringProtocol) -> String? {
        var rest = text.drop { $0.isWhitespace }
        guard rest.prefix(2).uppercased() == "MC" else { return nil }
        rest = rest.dropFirst(2).drop { " ._-–".contains($0) }
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        guard digits.count <= 2, let number = Int(digits), number > 0 else { return nil }
        return "MC\(number)"
    }
}
