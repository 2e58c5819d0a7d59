/// Where `check` and pyxform do not agree, and why. One table: a form that is not in it is taken by both or by neither, and
/// warned of by both where both take it.
enum PyxformDifferences {
    struct Difference: Sendable {
        /// Whether `check` takes the form; pyxform does the opposite.
        let isAccepted: Bool
        let reason: String

        static func accepted(_ reason: String) -> Difference { .init(isAccepted: true, reason: reason) }
        static func refused(_ reason: String) -> Difference { .init(isAccepted: false, reason: reason) }
    }

    /// By name of a form in `Fixtures/pyxform/forms.md`.
    static let acceptance: [String: Difference] = [
        "name twice in two groups": .refused("cells are found again by name, wherever their group went"),
        "reference to the name of the root": .accepted(
            "pyxform counts the root among the questions and finds the name twice"),
        "types of positions": .refused("a workbook knows no position"),
        "types of recordings": .refused("nothing is recorded in a workbook; `file` names an attachment"),
        "types of telephones": .refused("a workbook comes from no telephone"),
        "types of watching": .refused("nobody watches a workbook being filled in"),
        "types of order": .refused("a drop-down puts no choices in order"),
        "repeat in a repeat": .refused("a sheet has rows, not rows of rows"),
        "loop": .refused("pyxform writes the questions out once for each choice; here their author does"),
        "choices with a filter that no column fits": .refused(
            "a filter that names no column never finds a choice; pyxform does not look into it"),
        "choices from a map": .refused("tables are csv files; maps are not read"),
        "reference to what was saved last": .refused("a workbook knows no record that was saved last"),
        "calculation that cannot be read": .refused(
            "pyxform hands expressions on unread; who fills the form in would meet the fault"),
        "calculation with an unknown function": .refused(
            "pyxform hands expressions on unread; who fills the form in would meet the fault"),
        "default that does not fit": .refused(
            "pyxform hands defaults on unread; the cell would be wrong from the beginning"),
        "default that breaks the rule": .refused(
            "pyxform tries no rule; whoever leaves the cell as it is would be asked to correct it"),
        "read only by a rule": .refused("a printed cell is locked or it is not"),
        "settings without a version": .refused("a filled workbook is known by form and version"),
    ]

    /// Forms that both take and only pyxform warns of, and why.
    static let silent: [String: String] = [
        "picture of unknown size": "nothing is photographed; files come as they are attached"
    ]

    /// Forms whose bindings are not all the same.
    struct Binding: Sendable {
        let path: String
        let kind: String
        let reason: String
    }

    static let bindings: [String: Binding] = [
        "heads with one colon": .init(
            path: "/data/r_count", kind: "calculate", reason: "pyxform makes a node for the count of a repeat"),
        "languages and other choices": .init(
            path: "/data/q_other", kind: "relevant", reason: "pyxform makes a question for the other choice"),
        "reference of a trigger": .init(
            path: "/data/a", kind: "calculate", reason: "a workbook knows no moment of change: always up to date"),
    ]
}
