/// What happened in the house between two instants, and what waits at the end of them.
package struct DayFigures: Hashable, Sendable {
    /// Workbooks that came.
    package let arrived: Int
    /// Mails that a person has to answer.
    package let questions: Int
    /// Recipients whose letters came back or were refused.
    package let bounced: [String]
    /// Letters that were written and wait for a press.
    package let newlyHeld: Int
    /// All letters that wait for a press.
    package let held: Int
    /// Submissions that wait for the unit's correction.
    package let corrections: Int
    /// Nominations that wait for review with all their papers.
    package let complete: Int

    /// Whether anything happened at all; what only waits was told before.
    package var isEventful: Bool { arrived + questions + bounced.count + newlyHeld > 0 }
}

/// What must not stop without a word.
package enum CheckName: Hashable, Sendable {
    /// A mailbox was looked into.
    case mailbox(account: String)
    case backup
    /// The worker's first start on this data.
    case start

    var text: String {
        switch self {
        case .mailbox(let account): "mailbox:" + account
        case .backup: "backup"
        case .start: "start"
        }
    }
}
