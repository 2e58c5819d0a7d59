package import Records

/// A commune's households at the beginning and the end of a year, as the office knows them: of its own report or the
/// plan's sheet `so_lieu_goc`, with whatever became part of it.
package struct CommuneYear: Hashable, Sendable {
    package enum Source: Hashable, Sendable {
        /// Its report says that the figures are final.
        case official
        case provisional
        /// The plan's sheet, with its document.
        case baseline
    }

    package let unit: UnitCode
    package let year: Int
    /// nil when nobody knows the year before.
    package let opening: ClosingFigures?
    package let closing: ClosingFigures
    package let source: Source
    /// Of ground that was several units their mean, weighted by households.
    package let target: Reduction

    /// Planned reductions, in hundredths of a percentage point.
    package struct Reduction: Hashable, Sendable {
        package let poor: Int?
        package let nearPoor: Int?

        package init(poor: Int?, nearPoor: Int?) {
            self.poor = poor
            self.nearPoor = nearPoor
        }
    }

    package init(
        unit: UnitCode, year: Int, opening: ClosingFigures?, closing: ClosingFigures, source: Source, target: Reduction
    ) {
        self.unit = unit
        self.year = year
        self.opening = opening
        self.closing = closing
        self.source = source
        self.target = target
    }
}

extension CommuneYear {
    /// The percentage at the end of the year, in hundredths, rounded half up; nil where nobody lives.
    package func rate(_ kind: KeyPath<ClosingFigures, Int>) -> Int? {
        YearFigures.rate(closing[keyPath: kind], of: closing.total)
    }

    /// By how much the percentage fell in the year, in hundredths of a point, rounded half up.
    package func fall(_ kind: KeyPath<ClosingFigures, Int>) -> Int? {
        YearFigures(opening: opening, closing: closing).reduction(kind)
    }
}

extension CampaignBook {
    /// Every year of the communes that are in force on a day, the earliest first, on the ground of that day.
    /// - Parameter reports: the communes' accepted reports.
    package func communeYears(reports: [AcceptedFigures], on day: CivilDate) -> [CommuneYear] {
        var tables = YearTables(campaign: self, on: day)
        tables.set(reports.filter { $0.key.form == FigureBook.report })
        let communes = Set(units.units(on: day, kind: .commune).map(\.code))
        return tables.communeYears.filter { communes.contains($0.unit) && $0.year <= day.year }
    }
}
