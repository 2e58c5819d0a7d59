import GRDB
package import Records

extension LedgerView {
    /// Nominations of somebody of that name in a stage, whoever has sent them, with where their files stand; the oldest
    /// first. All parts of the key but the place are given, so that the key's index finds them.
    /// - Parameters:
    ///   - nominee: the folded name, as keys hold it.
    ///   - forms: the forms of nominations.
    ///   - units: every unit that may have nominated.
    package func nominations(
        named nominee: String, stage: String, forms: [String], units: [UnitCode]
    ) throws -> [NominationLine] {
        guard !nominee.isEmpty, !forms.isEmpty, !units.isEmpty else { return [] }
        func marks(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ", ") }
        let ids = try rows(
            """
            SELECT id FROM submissions WHERE form IN (\(marks(forms.count))) AND unit IN (\(marks(units.count)))
            AND period = '' AND stage = ? AND nominee = ? ORDER BY id
            """, StatementArguments(forms + units.map(\.rawValue) + [stage, nominee])
        ) { RowID<SubmissionRecord>(rawValue: $0[0]) }
        return try ids.compactMap { id in
            guard let submission = try submission(id) else { return nil }
            let newest =
                try first(
                    "SELECT max(id) FROM revisions WHERE submission = ?", [id.rawValue]
                ) { $0[0] as Int64? } ?? nil
            return NominationLine(
                submission: submission, state: try dossier(of: id)?.state,
                figures: try newest.map { try figures(ofRevision: $0) } ?? [:])
        }
    }
}
