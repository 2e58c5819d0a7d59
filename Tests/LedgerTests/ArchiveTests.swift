import Digest
import Foundation
import Testing

@testable import Ledger

@Suite struct ArchiveTests {
    let folder: TestFolder
    let archive: Archive

    init() throws {
        folder = try TestFolder()
        archive = try Archive(folder: folder.path)
    }

    private func names(_ kind: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path + "/archive/" + kind).sorted()
    }

    @Test func keepsMailsByContent() throws {
        let mails: [[UInt8]] = [Array("one\0".utf8), [], Array("one\0".utf8), Array(repeating: 9, count: 300_000)]
        let digests = try archive.store(mails)
        #expect(digests == mails.map { Digest.hex(.sha256, of: $0) })
        for (mail, digest) in zip(mails, digests) { #expect(try archive.read(digest) == mail) }
        #expect(try names("mail") == Set(digests).sorted())
        #expect(try archive.store([mails[0]]) == [digests[0]])
        #expect(try names("mail").count == 3)
    }

    @Test func whatAnInterruptedWriteLeftIsReplaced() throws {
        let mail = Array("a mail".utf8)
        let name = Digest.hex(.sha256, of: mail)
        let left = folder.path + "/archive/mail/" + name
        try Data("longer than the mail itself".utf8).write(to: URL(fileURLWithPath: left + ".part"))
        try Data("a m".utf8).write(to: URL(fileURLWithPath: left))
        #expect(try archive.store([mail]) == [name])
        #expect(try archive.read(name) == mail)
        #expect(try names("mail") == [name])
    }

    @Test func keepsPartsBesideTheMails() throws {
        let digests = try archive.storeParts([[1], [2]])
        #expect(try archive.read(digests[1]) == [2])
        #expect(try names("parts").count == 2)
        #expect(try names("mail").isEmpty)
    }

    @Test func bytesThatChangedAreNotGivenOut() throws {
        let digest = try archive.store([[1, 2, 3]])[0]
        try Data([1, 2, 4]).write(to: URL(fileURLWithPath: folder.path + "/archive/mail/" + digest))
        do throws(LedgerError) {
            _ = try archive.read(digest)
            Issue.record("gave out changed bytes")
        } catch {
            #expect(error.code == .damaged)
        }
    }

    @Test(arguments: ["", "../../worker.lock", String(repeating: "A", count: 64), String(repeating: "a", count: 64)])
    func whatIsNotThereIsMissing(name: String) throws {
        do throws(LedgerError) {
            _ = try archive.read(name)
            Issue.record("read what is not there")
        } catch {
            #expect(error.code == .missing)
        }
    }
}
