package import Foundation
package import Records

extension CompiledForm {
    /// What an expression of the form sees besides the answers: the form's tables and choice lists, the labels of its
    /// choices, and the tables of the snapshot.
    /// - Parameter seed: what `random()` and `uuid()` are drawn from.
    package func evaluationContext(
        of instance: Instance, snapshot: ReferenceSnapshot, received: Date, zone: OfficeZone, seed: [UInt8] = []
    ) -> EvaluationContext {
        let labels = ChoiceLabels(self, snapshot)
        return EvaluationContext(
            instance: instance, snapshot: snapshot, formTables: tables,
            choiceLabel: { labels.label(of: $1, question: $0) }, received: received, zone: zone, seed: seed)
    }
}
