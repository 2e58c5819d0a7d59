import Foundation
import Records
import Testing

@testable import Console

@Suite struct UploadedFormTests {
    private static func body(_ parts: String..., boundary: String = "xyz") -> [UInt8] {
        Array((parts.map { "--\(boundary)\r\n\($0)\r\n" }.joined() + "--\(boundary)--\r\n").utf8)
    }

    @Test func fieldsAndFilesAreRead() throws {
        let body = Self.body(
            "Content-Disposition: form-data; name=\"ten\"\r\n\r\n Hà \r\ndòng hai",
            "Content-Disposition: form-data; name=\"tep\"; filename=\"C:\\BC \u{111}.xlsx\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\nPK\r\n--xy\r\n-",
            "Content-Disposition: form-data; name=\"tep\"; filename=\"\"\r\n\r\n")
        let form = UploadedForm(try #require(UploadedForm.parts(of: body, boundary: "xyz")))
        #expect(form["ten"] == "Hà \ndòng hai")
        #expect(form["tep"].isEmpty)
        #expect(form.files("tep").map(\.name) == ["BC đ.xlsx"])
        // A line that only begins like the boundary belongs to the file.
        #expect(form.files("tep").first?.bytes == Array("PK\r\n--xy\r\n-".utf8))
        #expect(form.files("khac").isEmpty)
    }

    @Test(arguments: [
        ("multipart/form-data; boundary=xyz", "xyz"), ("Multipart/Form-Data; boundary=\"a b\"", "a b"),
        ("multipart/form-data", nil), ("application/x-www-form-urlencoded", nil),
        ("multipart/form-data; boundary=", nil),
        ("multipart/form-data; boundary=\(String(repeating: "x", count: 71))", nil),
    ])
    func theBoundaryStandsInTheType(type: String, boundary: String?) {
        #expect(UploadedForm.boundary(of: type) == boundary)
    }

    @Test(arguments: [
        "", "--xyz", "--xyz--", "--xyz\r\n", "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb",
        "rubbish--xyz--",
        "--xyz\r\nno head\r\n\r\nb\r\n--xyz--", "--xyz\r\nContent-Disposition: form-data\r\n\r\nb\r\n--xyz--",
        "--xyz\r\n\r\n--xyz--", "--xyz\r\n--xyz\r\n--xyz--",
    ])
    func whatIsNoSuchBodyIsRefused(text: String) {
        let parts = UploadedForm.parts(of: Array(text.utf8), boundary: "xyz")
        #expect(parts == nil || parts?.isEmpty == true)
    }

    @Test func endlessPartsAreRefused() {
        let part = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n"
        let body = Array((String(repeating: part, count: 65) + "--x--").utf8)
        #expect(UploadedForm.parts(of: body, boundary: "x") == nil)
    }

    @Test(arguments: [
        ("2019-12-18", "16:55", 1_576_662_900.0), ("2019-12-18", "16:55:00", 1_576_662_900),
        ("2019-12-18", "", 1_576_641_600),
        ("2019-02-30", "16:55", nil), ("2019-12-18", "25:00", nil), ("", "", nil), ("2019-12-18", "x", nil),
    ])
    func aDayAndATimeMakeAnInstant(day: String, time: String, seconds: Double?) {
        #expect(HandInPages.instant(day, time, .indochina)?.timeIntervalSince1970 == seconds)
    }
}
