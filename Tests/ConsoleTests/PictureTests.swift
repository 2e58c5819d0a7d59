import Foundation
import FoundationXML
import Records
import Testing

@testable import Console

/// Reads a drawing back as XML, as a browser would.
private final class DrawingReader: NSObject, XMLParserDelegate {
    struct Element {
        let name: String
        let attributes: [String: String]
        var text = ""
    }

    private(set) var elements: [Element] = []
    private var open: [Int] = []

    init(_ svg: String) throws {
        super.init()
        let parser = XMLParser(data: Data(svg.utf8))
        parser.delegate = self
        guard parser.parse() else { throw CocoaError(.propertyListReadCorrupt) }
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        open.append(elements.count)
        elements.append(Element(name: name, attributes: attributes))
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        open.removeLast()
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        if let last = open.last { elements[last].text += string }
    }

    var texts: [String] { elements.filter { $0.name == "text" }.map(\.text) }
    func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }
}

@Suite struct ScaleTests {
    @Test(arguments: [[Decimal(0), 7], [3], [], [-2, 4], [1234], [Decimal(string: "0.03") ?? 0]])
    func theAxisEndsAtARoundFigureAndHoldsAll(figures: [Decimal]) {
        let scale = Scale(figures, from: 100, to: 0)
        #expect(figures.allSatisfy { scale.figures.contains($0.double) })
        #expect(scale.figures.contains(0))
        #expect((2...7).contains(scale.ticks.count))
        #expect(scale[scale.figures.lowerBound] == 100)
        #expect(abs(scale[scale.figures.upperBound]) < 1e-9)
    }

    @Test func aStepIsOneTwoOrFive() {
        #expect(Scale([Decimal(7)], from: 0, to: 1).ticks == [0, 2, 4, 6, 8])
        #expect(Scale([Decimal(1234)], from: 0, to: 1).ticks == [0, 500, 1000, 1500])
    }
}

@Suite struct PictureTests {
    private static let hostile = "</text><script>alert(1)</script>&\"'\u{0}\u{8}"

    private static let pictures: [any Picture] = [
        RateLine(
            id: "a",
            points: [
                .init(year: 2018, rate: 7.5, isProvisional: false, known: 23, of: 23),
                .init(year: 2019, rate: nil, isProvisional: true, known: 0, of: 23),
                .init(year: 2020, rate: 6.25, isProvisional: true, known: 12, of: 18),
            ], aim: 5, aimYear: 2020, boundaryYears: [2020]),
        RateDumbbells(
            id: "b",
            communes: [
                .init(name: hostile, start: 6, end: 5, planned: 4.5), .init(name: "Xã B", start: 9, end: 8, planned: 8),
                .init(name: "Xã C", start: nil, end: nil, planned: nil),
            ]),
        ReductionBars(
            id: "c", kind: "hộ nghèo",
            years: [
                .init(year: 2018, fall: 1.5, target: 1.5), .init(year: 2019, fall: -0.25, target: 1),
                .init(year: 2020, fall: nil, target: 1),
            ]),
        Waterfall(
            id: "d", kind: "hộ nghèo",
            steps: [
                .init(label: "đầu năm", count: 120, kind: .level), .init(label: "thoát", count: 30, kind: .loss),
                .init(label: "tái", count: 2, kind: .gain), .init(label: "cuối năm", count: 92, kind: .level),
            ]),
        DutyMarks(id: "e", forms: ["Báo cáo"], units: [.init(name: hostile, marks: [.filed])]),
        ReviewProgress(
            id: "f", states: ["chờ", "đã khen"],
            contents: [.init(label: hostile, counts: [3, 1]), .init(label: "III.2", counts: [0, 0])]),
        IncomeSteps(
            id: "g",
            years: [
                .init(year: 2016, income: 9.5, isEstimate: false), .init(year: 2018, income: 18.99, isEstimate: false),
                .init(year: 2019, income: 28.5, isEstimate: true),
            ], baseYear: 2016),
        DeprivationBars(
            id: "h", first: "năm đầu", last: "năm cuối", services: [.init(label: hostile, first: 12, last: nil)]),
        SponsorBars(
            id: "i", communes: [hostile, "Xã B"],
            years: [
                .init(year: 2018, values: [100_000_000, 50_000_000], households: 11),
                .init(year: 2019, values: [0, 0], households: 0),
            ]),
        CauseBars(id: "k", place: hostile, causes: [.init(label: hostile, households: 4)]),
    ]

    @Test(arguments: pictures.indices)
    func aPictureIsWellFormedNamedAndHarmless(index: Int) throws {
        let picture = Self.pictures[index]
        let shown = ShownPicture(picture)
        let read = try DrawingReader(shown.svg)
        let root = try #require(read.elements.first)
        #expect(root.name == "svg" && root.attributes["role"] == "img")
        let labels = try #require(root.attributes["aria-labelledby"]).split(separator: " ").map(String.init)
        #expect(labels == ["title", "desc"].map { name in read.all(name).first?.attributes["id"] ?? "" })
        #expect(try #require(read.all("title").first).text == picture.title.filter { !$0.isControl })
        #expect(read.all("desc").first?.text.isEmpty == false)
        // No more than shapes: nothing that runs, loads or styles.
        #expect(
            Set(read.elements.map(\.name)).isSubset(of: [
                "svg", "title", "desc", "text", "line", "rect", "circle", "polyline",
            ]))
        #expect(read.elements.allSatisfy { $0.attributes["style"] == nil && $0.attributes["href"] == nil })
        // Words and numbers stand in the picture, and all of it within its frame.
        #expect(!read.texts.isEmpty)
        let (width, height) = (picture.drawing.width, picture.drawing.height)
        for element in read.elements {
            let attributes = element.attributes.compactMapValues(Double.init)
            for (name, limit) in [
                ("x", width), ("x1", width), ("x2", width), ("cx", width), ("y", height), ("y1", height),
                ("y2", height), ("cy", height),
            ] {
                if let place = attributes[name] { #expect(place >= 0 && place <= limit, "\(picture.id) \(element)") }
            }
        }
        #expect(!shown.rows.isEmpty)
        #expect(shown.rows.allSatisfy { $0.count == shown.heads.count })
    }

    @Test func theLineIsBrokenWhereAYearIsNotKnown() throws {
        let read = try DrawingReader(ShownPicture(Self.pictures[0]).svg)
        #expect(read.all("polyline").isEmpty)
        let circles = read.all("circle").map { $0.attributes["fill"] }
        #expect(circles == [Tone.ink, Tone.paper.fill])
        #expect(read.texts.contains("7,50") && read.texts.contains("12/18 xã") && read.texts.contains("đổi địa giới"))
    }

    @Test func communesStandWithTheHighestRateFirst() {
        let picture = Self.pictures[1]
        #expect(picture.rows.map(\.[0]) == ["Xã B", Self.hostile, "Xã C"])
        #expect(picture.rows.map { $0[4] } == ["đạt", "chưa đạt", ""])
    }

    @Test func reachedMeansAtLeastTheTarget() {
        #expect(Self.pictures[2].rows.map { $0[3] } == ["đạt", "chưa đạt", ""])
    }

    @Test func theWaterfallGoesFromBeginningToEnd() throws {
        let waterfall = try #require(Self.pictures[3] as? Waterfall)
        #expect(waterfall.spans.map(\.from) == [0, 120, 90, 0])
        #expect(waterfall.spans.map(\.to) == [120, 90, 92, 92])
        #expect(waterfall.rows.map { $0[1] } == ["120", "-30", "+2", "92"])
    }

    @Test func anIncomeJustBelowTwiceIsNotTwice() {
        #expect(Self.pictures[6].rows.map { $0[2] } == ["1,00", "1,99", "3,00"])
        #expect(Self.pictures[6].rows[2][0] == "2019 (ước)")
    }

    @Test func filesAreSummedByStateAndContent() {
        #expect(Self.pictures[5].rows.last == ["Cộng", "3", "1", "4"])
    }
}

@Suite struct NominationPictureTests {
    private static func answer(_ question: String, _ value: AnswerValue, row: Int? = nil) -> Answer {
        Answer(question: question, row: row, value: value, shown: "", cell: nil)
    }

    @Test func incomeIsShownInMillionsAYear() {
        let monthly = [
            Self.answer("don_vi_tn", .text("nghin_thang")), Self.answer("tn_2016", .number(800)),
            Self.answer("tn_2018", .number(1600)), Self.answer("nam_goc", .text("2016")),
        ]
        let shown = NominationPictures.shown("dn_ho", monthly) { $0 }
        #expect(shown.first?.rows == [["2016", "9,60", "1,00"], ["2018", "19,20", "2,00"]])
        #expect(NominationPictures.shown("dn_ho", []) { $0 }.isEmpty)
        #expect(NominationPictures.shown("dn_ca_nhan", monthly) { $0 }.isEmpty)
    }

    @Test func giftsAreSummedByYearAndCommuneTheLargestFirst() throws {
        let day = try #require(CivilDate(year: 2018, month: 5, day: 2))
        let answers = [
            Self.answer("ht_ngay", .date(day), row: 1), Self.answer("ht_xa", .text("a"), row: 1),
            Self.answer("ht_gia_tri", .number(100), row: 1), Self.answer("ht_ngay", .date(day), row: 2),
            Self.answer("ht_xa", .text("b"), row: 2), Self.answer("ht_gia_tri", .number(300), row: 2),
            // Without a commune it has no address, and is not counted.
            Self.answer("ht_ngay", .date(day), row: 3), Self.answer("ht_gia_tri", .number(900), row: 3),
            Self.answer("hg_n2018", .number(11)),
        ]
        let shown = try #require(NominationPictures.shown("dn_tai_tro", answers) { "Xã \($0)" }.first)
        #expect(shown.heads == ["Năm", "Xã b (đồng)", "Xã a (đồng)", "Cộng (đồng)", "Số hộ thoát nghèo"])
        #expect(shown.rows.first { $0[0] == "2018" } == ["2018", "300", "100", "400", "11"])
    }
}

extension Character {
    fileprivate var isControl: Bool { unicodeScalars.allSatisfy { $0.value < 0x20 } }
}
