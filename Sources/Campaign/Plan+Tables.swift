import Records

extension Plan {
    /// The sheets of plan.xlsx that rules look up, by name. Each has `khoa`, its key columns joined by `-`.
    var tables: [String: ReferenceTable] {
        func text(_ number: Int?) -> String { number.map { String($0) } ?? "" }
        let targets = targets.map { target in
            [
                "\(target.unit)-\(target.year)", target.unit.rawValue, String(target.year), text(target.poor),
                text(target.nearPoor), target.document,
            ]
        }
        let baselines = baselines.map { baseline in
            [
                "\(baseline.unit)-\(baseline.year)", baseline.unit.rawValue, String(baseline.year),
                String(baseline.figures.total), String(baseline.figures.poor), String(baseline.figures.nearPoor),
                baseline.source, baseline.document,
            ]
        }
        let stages = stages.map { stage in
            [
                stage.code, stage.label, stage.open.first?.description ?? "", stage.open.last?.description ?? "",
                text(stage.years?.lowerBound), text(stage.years?.upperBound),
            ]
        }
        let quotas = quotas.map { quota in
            [
                "\(quota.stage)-\(quota.unit)", quota.stage, quota.unit.rawValue, text(quota.collectives),
                text(quota.individuals), text(quota.households),
            ]
        }
        return [
            "chi_tieu": ReferenceTable(
                columns: ["khoa", "ma_don_vi", "nam", "kh_giam_ngheo", "kh_giam_can", "van_ban"], rows: targets),
            "so_lieu_goc": ReferenceTable(
                columns: ["khoa", "ma_don_vi", "nam", "tong_ho", "ngheo", "can", "nguon", "van_ban"], rows: baselines),
            "dot": ReferenceTable(columns: ["khoa", "ten", "mo", "dong", "nam_xet_tu", "nam_xet_den"], rows: stages),
            "phan_bo": ReferenceTable(
                columns: ["khoa", "dot", "ma_don_vi", "tap_the", "ca_nhan", "ho"], rows: quotas),
            "quy_uoc": ReferenceTable(
                columns: ["khoa", "gia_tri", "van_ban"], rows: decisions.map { [$0.key, $0.value, $0.document] }),
            "tieu_chuan": ReferenceTable(
                columns: ["khoa", "ten_ngan", "dieu", "loai"],
                rows: standards.map { [$0.id, $0.shortName, $0.clause, $0.nature] }),
        ]
    }
}
