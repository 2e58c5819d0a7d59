package import Foundation
package import Records

/// One line of the table that the worker prints: a mail, and one of its workbooks where it brought any.
package struct IntakeLine: Hashable, Sendable {
    package let message: RowID<MessageRecord>
    package let received: Date
    package let sender: String
    package let unit: UnitCode?
    package let outcome: MessageOutcome
    package let form: String?
    package let verdict: Outcome?
    package let standing: RevisionStanding?
    package let receipt: Receipt?
    /// The notice that answers the mail, where there is one.
    package let notice: NoticeKind?
    package let noticeState: NoticeState?
}
