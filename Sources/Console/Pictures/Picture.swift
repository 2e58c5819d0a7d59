import Foundation

/// Figures as a picture, with its words and numbers in it, and the same as a table.
protocol Picture: Sendable {
    /// Unique on a page.
    var id: String { get }
    var title: String { get }
    /// What it shows, in a sentence, for those who do not see it.
    var summary: String { get }
    var heads: [String] { get }
    var rows: [[String]] { get }
    var drawing: Drawing { get }
}

/// A picture on a page.
struct ShownPicture: Sendable {
    let title: String
    let svg: String
    let heads: [String]
    let rows: [[String]]

    init(_ picture: some Picture) {
        title = picture.title
        svg = picture.drawing.svg(id: picture.id, title: picture.title, summary: picture.summary)
        heads = picture.heads
        rows = picture.rows
    }

    /// Within a section that holds pictures; the table opens under the picture.
    static let template = """
        <figure class="picture"><figcaption>{{title}}</figcaption><div class="wide">{{{svg}}}</div>
        <details><summary>Bảng số</summary><div class="wide"><table><thead><tr>{{#heads}}<th scope="col">{{.}}</th>{{/heads}}</tr></thead>
        <tbody>{{#rows}}<tr>{{#.}}<td>{{.}}</td>{{/.}}</tr>{{/rows}}</tbody></table></div></details></figure>
        """
}

extension Wording {
    static func percent(_ number: Decimal?, missing: String = "-") -> String {
        number.map { self.number($0, decimals: 2) } ?? missing
    }

    static func count(_ number: Decimal?, missing: String = "-") -> String {
        number.map { self.number($0, decimals: 0) } ?? missing
    }

    /// `1,25 tỷ`, `830 triệu`: amounts in đồng as a picture has room for them.
    static func amount(_ number: Decimal) -> String {
        if number.magnitude >= 1_000_000_000 { return self.number(number / 1_000_000_000, decimals: 2) + " tỷ" }
        if number.magnitude >= 1_000_000 { return self.number(number / 1_000_000, decimals: 1) + " triệu" }
        return self.number(number, decimals: 0)
    }
}
