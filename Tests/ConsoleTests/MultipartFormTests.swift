import Testing

@testable import Console

/// Forms that bring a file (RFC 7578), whole and damaged.
@Suite struct MultipartFormTests {
    private static func body(_ parts: [String], ending: String = "--AB--\r\n") -> [UInt8] {
        Array((parts.map { "--AB\r\n" + $0 + "\r\n" }.joined() + ending).utf8)
    }

    private static let field = "Content-Disposition: form-data; name=\"_csrf\"\r\n\r\ntoken"
    private static let file =
        "Content-Disposition: form-data; name=\"tep\"; filename=\"QD 215.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF\r\n--A\r\n"

    @Test func fieldsAndFilesAreTakenApart() throws {
        let found = try #require(MultipartForm.parse(Self.body([Self.field, Self.file]), boundary: "AB"))
        #expect(found.fields == ["_csrf": "token"])
        #expect(found.files["tep"]?.name == "QD 215.pdf")
        // What looks like a delimiter and is none stays in the file.
        #expect(found.files["tep"]?.bytes == Array("%PDF\r\n--A\r\n".utf8))
    }

    @Test func aNameIsNoPath() throws {
        let file = "Content-Disposition: form-data; name=\"tep\"; filename=\"..\\..\\etc/passwd\"\r\n\r\nx"
        let found = try #require(MultipartForm.parse(Self.body([file]), boundary: "AB"))
        #expect(found.files["tep"]?.name == "passwd")
    }

    @Test(arguments: ["", "--AB", "--AB\r\n", "--AB\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx", "--XY--"])
    func whatWasCutOffIsNoForm(text: String) {
        #expect(MultipartForm.parse(Array(text.utf8), boundary: "AB") == nil)
    }

    @Test func aFormOfThousandsOfPartsIsNotRead() {
        let parts = Array(repeating: Self.field, count: 5000)
        #expect(MultipartForm.parse(Self.body(parts), boundary: "AB") == nil)
    }

    @Test(arguments: [
        ("multipart/form-data; boundary=AB", "AB"), ("multipart/form-data; boundary=\"A B\"", "A B"),
        ("application/x-www-form-urlencoded", nil), ("multipart/form-data", nil),
        ("multipart/form-data; boundary=" + String(repeating: "x", count: 71), nil),
    ])
    func theBoundaryStandsInTheType(type: String, boundary: String?) {
        #expect(MultipartForm.boundary(type) == boundary)
    }
}
