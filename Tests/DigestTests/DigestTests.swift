import Digest
import Testing

@Suite struct DigestTests {
    /// The digests of `abc` that FIPS 180-4 and RFC 1321 print.
    @Test(arguments: [
        (Digest.Algorithm.md5, "900150983cd24fb0d6963f7d28e17f72"),
        (.sha1, "a9993e364706816aba3e25717850c26c9cd0d89d"),
        (.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            .sha384,
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"
        ),
        (
            .sha512,
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
        ),
    ])
    func knownAnswers(algorithm: Digest.Algorithm, expected: String) {
        #expect(Digest.hex(algorithm, of: Array("abc".utf8)) == expected)
        #expect(Digest.bytes(algorithm, of: Array("abc".utf8)).count == algorithm.length)
    }

    @Test func nothingHasADigestToo() {
        #expect(
            Digest.hex(.sha256, of: []) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    @Test func hexKeepsLeadingZeros() {
        #expect(Digest.hex([0, 1, 0xAB, 0xFF]) == "0001abff")
    }

    @Test func randomBytesHaveTheLengthAskedForAndDiffer() {
        #expect(Digest.random(count: 0).isEmpty)
        let first = Digest.random(count: 32)
        #expect(first.count == 32)
        #expect(first != Digest.random(count: 32))
    }
}
