import Testing
import Vietnamese

struct FoldingTests {
    @Test(arguments: [
        ("  Xã   Thiên\u{A0}Lộc ", "xã thiên lộc"),
        ("XÃ THIÊN LỘC", "xã thiên lộc"),
        ("Thie\u{302}n Lo\u{323}\u{302}c", "thiên lộc"),
        ("Vi\u{EA}\u{323}t", "việt"),
        ("Đồng\u{200B} Lộc\u{FEFF}", "đồng lộc"),
        ("Phòng Lao động – TB&XH", "phòng lao động-tb&xh"),
        ("Phòng Lao động-TB&XH", "phòng lao động-tb&xh"),
        ("“Cán bộ”", "\"cán bộ\""),
        ("a\r\n\tb", "a b"),
        ("Ｘ", "ｘ"),
        ("", ""),
        ("\u{A0}", ""),
    ])
    func `Texts that mean the same fold to one form`(text: String, expected: String) {
        #expect(Array(Vietnamese.folded(text).utf8) == Array(expected.utf8))
    }

    @Test(arguments: [
        ("Hoà", "hòa"), ("hòa", "hòa"), ("Uỷ ban", "ủy ban"), ("Ủy ban", "ủy ban"), ("khoẻ", "khỏe"), ("thuỷ", "thủy"),
        ("hoạ", "họa"), ("luỹ", "lũy"), ("goá", "góa"), ("HOÀ BÌNH", "hòa bình"), ("tuỳ, hoè.", "tùy, hòe."),
        ("Quý", "quý"), ("quỳ", "quỳ"), ("hoàn", "hoàn"), ("suýt", "suýt"), ("huỳnh", "huỳnh"), ("ngoài", "ngoài"),
        ("khuỷu", "khuỷu"), ("xã", "xã"),
    ])
    func `Tones stand in one place in open syllables only`(text: String, expected: String) {
        #expect(Vietnamese.folded(text) == expected)
    }

    @Test func `Commune names that differ in accents stay apart`() {
        let names = [
            "Thiên Lộc", "Tiến Lộc", "Trường Lộc", "Thượng Lộc", "Trung Lộc", "Tùng Lộc", "Song Lộc", "Sơn Lộc",
        ]
        #expect(Set(names.map(Vietnamese.folded)).count == names.count)
    }

    @Test func `Normal form C is byte for byte`() {
        #expect(Array(Vietnamese.nfc("ca\u{301}c").utf8) == Array("c\u{E1}c".utf8))
        #expect(Array(Vietnamese.nfc("Can Loc").utf8) == Array("Can Loc".utf8))
        #expect(Array(Vietnamese.nfc("\u{2126}").utf8) == Array("\u{3A9}".utf8))
    }
}

struct SortKeyTests {
    @Test func `Letters come first, then tones`() {
        let inOrder = [
            "12 thôn", "An", "Anh", "Ành", "Ảnh", "Ãnh", "Ánh", "Ạnh", "Ăn", "Ân", "Dung", "Đồng Lộc", "Út", "Ước",
            "Vinh",
            "Vĩnh", "Vĩnh Lộc", "Vượng Lộc",
        ]
        let sorted = inOrder.reversed().sorted {
            Array(Vietnamese.sortKey($0).utf8).lexicographicallyPrecedes(Array(Vietnamese.sortKey($1).utf8))
        }
        #expect(sorted == inOrder)
    }

    @Test func `Case and tone placement do not matter`() {
        #expect(Vietnamese.sortKey("HOÀ") == Vietnamese.sortKey("hòa"))
        #expect(Vietnamese.sortKey("hoa") != Vietnamese.sortKey("hòa"))
    }
}
