package import Records

extension Units {
    /// `don_vi`: the units of that day in the official order, `name` their code and `label` their name.
    /// - Parameter withFormer: adds below, with `hieu_luc` at `khong`, the units and names of earlier days: a report
    ///   about last year comes from a unit that is no more, a sponsor's line bears the name of its time.
    package func table(on day: CivilDate, withFormer: Bool) -> ReferenceTable {
        var seen = Set<[String]>()
        let rows = inForceFirst(self.rows, on: day, withFormer: withFormer, span: \.span)
            // A unit that grew or moved without changing its name is one choice, not two.
            .filter { seen.insert([$0.0.code.rawValue, $0.0.label]).inserted }
            .map { unit, isInForce in
                [
                    unit.code.rawValue, unit.label, unit.code.rawValue, unit.code.rawValue, unit.officialName,
                    unit.kind.rawValue, unit.isUrban ? "thanh_thi" : "nong_thon", unit.cluster,
                    unit.order == .max ? "" : String(unit.order), unit.span.first?.description ?? "",
                    unit.span.last?.description ?? "", isInForce ? "co" : "khong",
                ]
            }
        return ReferenceTable(
            columns: [
                "name", "label", "khoa", "ma_don_vi", "ten_day_du", "loai", "khu_vuc", "cum", "thu_tu", "tu_ngay",
                "den_ngay", "hieu_luc",
            ], rows: rows, keys: ["khoa", "name", "ma_don_vi"])
    }

    /// `thon`: the hamlets of that day; `ma_don_vi` is the commune by which forms filter them. A hamlet of a commune
    /// that became part of another stands under both, as the successor's clerks choose it too.
    package func hamletTable(on day: CivilDate, withFormer: Bool) -> ReferenceTable {
        let rows = inForceFirst(hamlets, on: day, withFormer: withFormer, span: \.span).flatMap { hamlet, isInForce in
            ([hamlet.unit] + successors(of: hamlet.unit, on: day)).map { unit in
                [
                    hamlet.code, hamlet.label, hamlet.code, unit.rawValue, hamlet.formerName,
                    hamlet.span.first?.description ?? "", hamlet.span.last?.description ?? "",
                    isInForce ? "co" : "khong",
                ]
            }
        }
        return ReferenceTable(
            columns: ["name", "label", "khoa", "ma_don_vi", "ten_cu", "tu_ngay", "den_ngay", "hieu_luc"], rows: rows,
            keys: ["khoa", "name"])
    }

    /// What is in force, then if asked what was; what is still to come stays out.
    private func inForceFirst<Row>(
        _ rows: [Row], on day: CivilDate, withFormer: Bool, span: (Row) -> DaySpan
    ) -> [(Row, isInForce: Bool)] {
        let current = rows.filter { span($0).contains(day) }
        let former = withFormer ? rows.filter { span($0).last.map { $0 < day } ?? false } : []
        return current.map { ($0, true) } + former.map { ($0, false) }
    }
}
