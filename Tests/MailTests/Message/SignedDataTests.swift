import Foundation
import Mail
import Testing

/// Mails whose whole body is a CMS structure. The structures were made with OpenSSL and a throw-away key; within each
/// is a multipart with a text and a PDF.
@Suite struct SignedDataTests {
    /// signedData with its content.
    private static let signed = """
        MIIBgAYJKoZIhvcNAQcCoIIBcTCCAW0CAQExDTALBglghkgBZQMEAgEwgcYGCSqGSIb3DQEHAaCBuASBtUNvbnRlbnQtVHlwZTog
        bXVsdGlwYXJ0L21peGVkOyBib3VuZGFyeT1rDQoNCi0taw0KQ29udGVudC1UeXBlOiB0ZXh0L3BsYWluOyBjaGFyc2V0PXV0Zi04
        DQoNClhpbiBn4butaS4NCi0taw0KQ29udGVudC1UeXBlOiBhcHBsaWNhdGlvbi9vY3RldC1zdHJlYW07IG5hbWU9YS5wZGYNCg0K
        JVBERi0xLjQNCi0tay0tDQoxgY8wgYwCAQEwJDAMMQowCAYDVQQDDAFhAhReGWjDX2H7PdN0jDxstmsZS1GWkjALBglghkgBZQME
        AgEwCgYIKoZIzj0EAwIESDBGAiEAjih0zGbWPLXmbej+g3tHtlSn13vBDj+ysuQp6Jh00gICIQC/1j8IYlLgW50Ke/h0ok96iZ4J
        BjOBx3tS/BDddGsBjQ==
        """
    /// The same written as a stream, with indefinite lengths.
    private static let streamed = """
        MIAGCSqGSIb3DQEHAqCAMIACAQExDTALBglghkgBZQMEAgEwgAYJKoZIhvcNAQcBoIAkgASBtUNvbnRlbnQtVHlwZTogbXVsdGlw
        YXJ0L21peGVkOyBib3VuZGFyeT1rDQoNCi0taw0KQ29udGVudC1UeXBlOiB0ZXh0L3BsYWluOyBjaGFyc2V0PXV0Zi04DQoNClhp
        biBn4butaS4NCi0taw0KQ29udGVudC1UeXBlOiBhcHBsaWNhdGlvbi9vY3RldC1zdHJlYW07IG5hbWU9YS5wZGYNCg0KJVBERi0x
        LjQNCi0tay0tDQoAAAAAAAAxgY4wgYsCAQEwJDAMMQowCAYDVQQDDAFhAhReGWjDX2H7PdN0jDxstmsZS1GWkjALBglghkgBZQME
        AgEwCgYIKoZIzj0EAwIERzBFAiEAz+HHsTefKSFGu8M+g4yPCp0ww8CqgiOuzQU8nX8kSrcCIGYFBM2w2yLrOYstafGUYA8sILyV
        ke6NX0lejTgH/BVHAAAAAAAA
        """
    /// envelopedData.
    private static let enveloped = """
        MIIBwwYJKoZIhvcNAQcDoIIBtDCCAbACAQIxgcuhgcgCAQOgUaFPMAkGByqGSM49AgEDQgAEGN96mAORkpxSIb1SFlC1hEiCt819
        lkn1WcSDTATPofTIcKxelw5ViWuszPalOd3rjBqBh9FxZL0bh1mh2QID4TAcBgkrgQUQhkg/AAIwDwYLKoZIhvcNAQkQAwYFADBS
        MFAwJDAMMQowCAYDVQQDDAFhAhReGWjDX2H7PdN0jDxstmsZS1GWkgQoi30t7CNvFv6d6ZOsKEe0fOVgQh6TP6m/y1exnBcdvZbq
        wG8nzZtdrjCB3AYJKoZIhvcNAQcBMBQGCCqGSIb3DQMHBAhUN/dBFvx/yICBuGhdhnA7UgUQXQNL3OslYU3QFnJnmcnEprw1uw8t
        zoK7Py/KjLsO4gnx0A0ZPCB9/oZ4DZAXlJ+0jLL44qpVydLWJWCDmd0rTo3B7dmxksGhyW8EhfLP7wr5Za2TG3NyovCRzG1Fp4ge
        +8If7UC0VprlqyUu0GmuxY/0outY53UFKohrhbwx5RDmE5a0jxUMdkAiQh3MubtAX0rp0uSP6tFGzF0s+ByEwD28D7JBu9OlG2U3
        v95MRwA=
        """

    private func message(_ base64: some StringProtocol) throws -> Message {
        let head = """
            From: a@example.vn\r\nContent-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\r
            Content-Transfer-Encoding: base64\r\n\r\n
            """
        return try MessageReader.read(Array((head + base64).utf8))
    }

    @Test(arguments: [signed, streamed])
    func whatIsSignedIsRead(structure: String) throws {
        let message = try message(structure)
        #expect(message.parts.map(\.path) == ["1", "1.1", "1.2"])
        #expect(message.parts.map(\.role) == [.wrapper, .body, .attachment])
        #expect(message.parts.map(\.kind) == [.pkcs7, .text, .pdf])
        #expect(message.text == "Xin gửi.")
    }

    @Test func whatIsEncryptedIsNamed() throws {
        let parts = try message(Self.enveloped).parts
        #expect(parts.map(\.kind) == [.pkcs7])
        #expect(parts.map(\.obstacle) == [.encrypted])
    }

    @Test func whatIsCutOffIsNamed() throws {
        let parts = try message(Self.signed.prefix(200)).parts
        #expect(parts.map(\.obstacle) == [.damaged])
    }
}
