import Testing

@testable import Vietnamese

@Suite struct SlugTests {
    @Test(arguments: [
        ("Hộ ông Đức, thôn 3", "ho-ong-duc-thon-3"), ("tong_ket_2020", "tong-ket-2020"),
        ("../../etc/passwd", "etc-passwd"),
        ("=cmd|' /C calc'!A0", "cmd-c-calc-a0"), ("", ""), ("Ủy ban nhân dân", "uy-ban-nhan-dan"),
    ])
    func fileNamesHaveNoAccentsAndNoPaths(text: String, slug: String) {
        #expect(Vietnamese.slug(text) == slug)
    }

    @Test func peopleStandByTheirGivenName() {
        let names = ["Trần Văn Bình", "Nguyễn Thị Ánh", "Lê Văn An", "Nguyễn Văn Bình", "Đặng Đức", "Phan Thị Dung"]
        let sorted = names.sorted { Vietnamese.givenNameKey($0) < Vietnamese.givenNameKey($1) }
        #expect(
            sorted == ["Lê Văn An", "Nguyễn Thị Ánh", "Nguyễn Văn Bình", "Trần Văn Bình", "Phan Thị Dung", "Đặng Đức"])
    }
}
