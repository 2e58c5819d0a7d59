/// Something wrong in plan.xlsx or units.xlsx: where it stands, what was found, and what to do. Written for the office,
/// which edits the workbooks; `formpost check` prints one a line.
package struct CampaignProblem: Hashable, Sendable, Codable {
    /// An error keeps the workbook from being used; a warning is told.
    package enum Severity: String, Sendable, Codable { case error, warning }

    package let file: String
    package let sheet: String
    /// Counted from 1; nil when it is about the sheet.
    package let row: Int?
    /// The column's head.
    package let column: String?
    package let code: Code
    package let severity: Severity
    package let message: String
    package let remedy: String

    package init(
        file: String, sheet: String, row: Int? = nil, column: String? = nil, code: Code, severity: Severity = .error,
        message: String, remedy: String
    ) {
        self.file = file
        self.sheet = sheet
        self.row = row
        self.column = column
        self.code = code
        self.severity = severity
        self.message = message
        self.remedy = remedy
    }

    /// The catalogue. The raw value is what tools read.
    package enum Code: String, Sendable, Codable, CaseIterable {
        case sheetMissing = "sheet.missing"
        case columnMissing = "column.missing"
        case valueMissing = "value.missing"
        case valueUnreadable = "value.unreadable"
        case codeInvalid = "code.invalid"
        case unitUnknown = "unit.unknown"
        case unitNotInForce = "unit.notInForce"
        case unitWithoutAddress = "unit.withoutAddress"
        case clusterUnknown = "cluster.unknown"
        case stageUnknown = "stage.unknown"
        case noticeUnknown = "notice.unknown"
        case topicUnknown = "topic.unknown"
        case dutyOfNobody = "duty.ofNobody"
        case formUnknown = "form.unknown"
        case rowDuplicate = "row.duplicate"
        case datesReversed = "dates.reversed"
        case datesOverlap = "dates.overlap"
        case nameShared = "name.shared"
        case addressInvalid = "address.invalid"
        case addressOpen = "address.open"
        case addressUnconfirmed = "address.unconfirmed"
        case successorMissing = "successor.missing"
        case successionBroken = "succession.broken"
        case dueWithoutDocument = "due.withoutDocument"
        case figuresImpossible = "figures.impossible"
        case decisionUnknown = "decision.unknown"
        case decisionOpen = "decision.open"
    }
}
