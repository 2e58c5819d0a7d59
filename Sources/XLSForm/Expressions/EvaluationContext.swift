package import Foundation
package import Records

/// Everything that an expression may see, and what it leaves behind: look-ups, nodes read, steps used.
package struct EvaluationContext: Sendable {
    /// The label of a choice: the question's name, the choice's name.
    package typealias ChoiceLabel = @Sendable (_ question: String, _ choice: String) -> String?

    package internal(set) var instance: Instance
    package let snapshot: ReferenceSnapshot
    /// Tables that the form brings along; they come before the snapshot's.
    package let formTables: [String: ReferenceTable]
    package let choiceLabel: ChoiceLabel
    /// `now()`: when the mail was received.
    package let received: Date
    package let zone: OfficeZone
    /// What `random()` and `uuid()` are drawn from: the message's hash.
    package let seed: [UInt8]
    /// How many steps each evaluation may take: a step is an operation or a node looked at.
    package let stepBudget: Int

    /// Every different look-up so far, in the order of the first time.
    package private(set) var lookups: [Lookup] = []
    /// The nodes whose values the last evaluation read, each once, in the order of reading; the first 32 only.
    package internal(set) var nodesRead: [Instance.Node] = []

    var stepsLeft: Int
    /// How many steps the last evaluation took.
    package var stepsUsed: Int { stepBudget - stepsLeft }

    var draws: UInt64 = 0
    /// Roots of the tables that were appended to the instance.
    var tableRoots: [String: Instance.Node] = [:]
    /// Sums over every row of a question, so that a share of the total costs each row one step.
    var knownSums: [NodeName: Number] = [:]
    private var lookupsSeen: Set<Lookup> = []

    package init(
        instance: Instance, snapshot: ReferenceSnapshot = ReferenceSnapshot(),
        formTables: [String: ReferenceTable] = [:], choiceLabel: @escaping ChoiceLabel = { _, _ in nil },
        received: Date, zone: OfficeZone = .indochina, seed: [UInt8] = [], stepBudget: Int = 1_000_000
    ) {
        self.instance = instance
        self.snapshot = snapshot
        self.formTables = formTables
        self.choiceLabel = choiceLabel
        self.received = received
        self.zone = zone
        self.seed = seed
        self.stepBudget = stepBudget
        stepsLeft = stepBudget
    }

    /// Puts a computed value, or a default, into its node.
    package mutating func setValue(_ value: AnswerValue?, of node: Instance.Node) {
        instance.setValue(value, of: node)
        knownSums[instance.record(node).name] = nil
    }

    func table(_ name: String) -> ReferenceTable? { formTables[name] ?? snapshot[name] }

    mutating func record(_ lookup: Lookup) {
        if lookupsSeen.insert(lookup).inserted { lookups.append(lookup) }
    }
}
