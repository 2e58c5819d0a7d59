/// What a list of nominees' files shows of the newest version.
package struct QueueFacts: Hashable, Sendable {
    package enum Figures: Hashable, Sendable {
        /// No rule objects.
        case fitting
        /// A standard is not met by them.
        case below
        /// A rule could not be decided.
        case undecided
    }

    package let figures: Figures
    /// Answers outside repeats, by question.
    package let answers: [String: String]
}
