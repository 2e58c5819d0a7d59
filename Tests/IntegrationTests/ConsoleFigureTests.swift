import Foundation
import Testing

/// The year's figures in the console: the pages with their pictures, and who may see them.
@Suite struct ConsoleFigureTests {
    private static func console() throws -> ServedConsole {
        let office = try MaildirOffice()
        try office.deliver(["001-bao-cao-dat"])
        #expect(try office.run(["run", "--once", "--since", "1970-01-01", "--answer"]).status == 0)
        return try ServedConsole(office)
    }

    @Test func theFiguresAreShownAsPicturesAndTables() async throws {
        let console = try Self.console()
        let browser = Browser(console)
        try await browser.signIn("xem")
        let page = try await browser.get("/so-lieu?nam=2019").body
        #expect(page.contains("gồm 1/23 xã, thị trấn"))
        #expect(page.contains("tạm tính, 1/23 xã; giảm 1,92 điểm so với đầu năm (cùng các xã)"))
        // Of one commune nothing is known of the year before either: the district's rate with it is not guessed.
        #expect(!page.contains("xã chưa báo cáo tính theo năm trước"))
        #expect(page.contains("mục tiêu 2020: dưới 5,0 %"))
        for title in ["Tỷ lệ hộ nghèo toàn huyện", "Tỷ lệ hộ nghèo từng xã", "Diễn biến hộ nghèo trong năm"] {
            #expect(page.contains("<figcaption>\(title)"), "\(title)")
        }
        #expect(page.matches(of: /<svg [^>]*role="img" aria-labelledby="/).count == 4)
        #expect(page.matches(of: /<summary>Bảng số/).count == 4)
        #expect(!page.contains(" style="))
        // The line of the year that the plan's sheet knows of all communes.
        #expect(page.contains("<td>2017</td><td>7,42</td><td>chính thức</td><td>23/23</td>"))
        let sheet = try await browser.get("/so-lieu/a4?nam=2019")
        #expect(sheet.status == 200)
        #expect(sheet.body.contains("class=\"a4\"") && sheet.body.contains("Chưa báo cáo:"))
        #expect(sheet.body.components(separatedBy: "<svg ").count == 3)
    }

    @Test func aCommuneHasItsYears() async throws {
        let console = try Self.console()
        let (reader, labour) = (Browser(console), Browser(console))
        try await reader.signIn("xem")
        try await labour.signIn("ha")
        let page = try await reader.get("/so-lieu/xa/thienloc?nam=2019").body
        #expect(page.contains("<h1>Xã Thiên Lộc</h1>"))
        #expect(page.contains("Mức giảm tỷ lệ hộ nghèo từng năm so với chỉ tiêu"))
        #expect(page.contains("báo cáo, chính thức"))
        #expect(try await labour.get("/so-lieu/xa/thienloc?nam=2019").body.contains("href=\"/don-vi/thienloc\""))
        #expect(!page.contains("href=\"/don-vi/thienloc\""))
        #expect(try await reader.get("/so-lieu/xa/kimsongtruong?nam=2020").body.contains("Xã Kim Song Trường"))
        for wrong in ["ldtbxh", "khong-co", "%3Cscript%3E", "..%2F"] {
            #expect(try await reader.get("/so-lieu/xa/\(wrong)").status == 404, "\(wrong)")
        }
    }

    @Test func causesAreNotForEverybody() async throws {
        let console = try Self.console()
        for (name, status) in [("tuan", 200), ("binh", 200), ("ha", 200), ("xem", 403), ("quantri", 403)] {
            let browser = Browser(console)
            try await browser.signIn(name)
            #expect(try await browser.get("/so-lieu/nguyen-nhan?nam=2019").status == status, "\(name)")
            let figures = try await browser.get("/so-lieu/a4")
            #expect(figures.status == (name == "quantri" ? 403 : 200), "\(name)")
        }
    }
}
