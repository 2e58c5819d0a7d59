/// How high a row must be: rows of merged cells do not grow by themselves.
enum RowHeight {
    static let line = 17.0
    static let highest = 400.0

    /// How wide a column must be for a line of 13 points, with room for the mark of a required answer.
    static func width(of line: String) -> Double { Double(line.count + 2) * perCharacter + 1 }

    private static let perCharacter = 1.12

    /// In points, for texts of 13 points in columns of so many characters.
    static func fitting(_ texts: [(text: String, width: Double)]) -> Double {
        let lines = texts.map { text, width in
            text.split(separator: "\n", omittingEmptySubsequences: false)
                .map { max(1, (Double($0.count) * perCharacter / max(1, width - 1)).rounded(.up)) }.reduce(0, +)
        }
        return min(highest, 20 + ((lines.max() ?? 1) - 1) * line)
    }
}
