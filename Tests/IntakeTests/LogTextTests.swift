import Intake
import Testing

/// What others write must not look like lines of the log, nor fill the disk.
@Suite struct LogTextTests {
    @Test(arguments: [
        ("no room left", "no room left"), ("Thiên Lộc ệ", "Thiên Lộc ệ"), ("a\r\nb", "a\\u{D}\\u{A}b"),
        ("\u{1B}[31m", "\\u{1B}[31m"), ("a\u{2028}b\u{85}c", "a\\u{2028}b\\u{85}c"), ("\u{202E}gpj", "\\u{202E}gpj"),
        ("a\u{0}b", "a\\u{0}b"), ("", ""),
    ])
    func oneLine(words: String, shown: String) {
        #expect(LogText(words).description == shown)
    }

    @Test func notEndless() {
        let limit = LogText.limit
        #expect(LogText(String(repeating: "x", count: limit)).description.count == limit)
        let cut = LogText(String(repeating: "x", count: 10_000_000)).description
        #expect(cut == String(repeating: "x", count: limit) + "…")
        #expect(LogText(String(repeating: "\n", count: 10_000_000)).description.utf8.count < 10 * limit)
    }
}
