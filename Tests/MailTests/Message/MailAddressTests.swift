import Mail
import Testing

@Suite struct MailAddressTests {
    @Test func domainIsFoldedAndLocalPartKept() throws {
        let address = try #require(MailAddress("Ubnd.KimLoc@CanLoc.Example.VN", displayName: "UBND"))
        #expect(address.address == "Ubnd.KimLoc@canloc.example.vn")
        #expect(address.domain == "canloc.example.vn")
        #expect(address.local == "Ubnd.KimLoc")
        #expect(address.folded == "ubnd.kimloc@canloc.example.vn")
    }

    @Test(arguments: [
        "", "@", "a@", "@b.vn", "a b@c.vn", "a@b..vn", ".a@b.vn", "a.@b.vn", "a@-b.vn", "a@b.vn\r\nBcc: x@y.vn",
        "a@[1.2.3.4]",
        "\"a b\"@c.vn", "ả@b.vn", "a@b.vn ", "<a@b.vn>", "a@b@c.vn", String(repeating: "a", count: 65) + "@b.vn",
    ])
    func whatIsNoPlainAddressIsRefused(text: String) {
        #expect(MailAddress(text) == nil)
    }
}
