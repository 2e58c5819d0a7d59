import Foundation

/// Picture h: how many poor households lack a service, in the first and in the last year.
struct DeprivationBars: Picture {
    struct Service: Sendable {
        let label: String
        let first: Decimal?
        let last: Decimal?
    }

    let id: String
    /// `năm đầu`, `2018`.
    let first: String
    let last: String
    let services: [Service]

    var title: String { "Số hộ nghèo thiếu hụt từng dịch vụ: \(first) và \(last)" }
    var heads: [String] { ["Dịch vụ", "Số hộ, \(first)", "Số hộ, \(last)", "Thay đổi"] }
    var rows: [[String]] {
        services.map { service in
            let change = service.first.flatMap { first in service.last.map { $0 - first } }
            return [
                service.label, Wording.count(service.first, missing: "chưa ghi"),
                Wording.count(service.last, missing: "chưa ghi"), Wording.count(change, missing: ""),
            ]
        }
    }

    var summary: String {
        services.map {
            "\($0.label): \(Wording.count($0.first, missing: "chưa ghi")) → "
                + Wording.count($0.last, missing: "chưa ghi")
        }.joined(separator: "; ") + "."
    }

    var drawing: Drawing {
        let row = 38.0
        let bottom = 10 + Double(services.count) * row
        var drawing = Drawing(width: 560, height: bottom + 26)
        let scale = Scale(services.flatMap { [$0.first, $0.last].compactMap(\.self) }, from: 150, to: 500)
        for (index, service) in services.enumerated() {
            let y = 8 + Double(index) * row
            drawing.text(service.label, 142, y + 20, .end)
            for (place, (count, tone)) in [(service.first, Tone.light), (service.last, Tone.dark)].enumerated() {
                let top = y + Double(place) * 15
                guard let count else {
                    drawing.text("chưa ghi", 154, top + 11, size: 11)
                    continue
                }
                drawing.rectangle(150, top, scale[count] - 150, 14, tone)
                drawing.text(Wording.count(count), scale[count] + 5, top + 11, size: 11, isBold: place == 1)
            }
        }
        drawing.rectangle(150, bottom + 6, 13, 13, .light)
        drawing.text(first, 168, bottom + 17, size: 11)
        drawing.rectangle(290, bottom + 6, 13, 13, .dark)
        drawing.text(last, 308, bottom + 17, size: 11)
        return drawing
    }
}
