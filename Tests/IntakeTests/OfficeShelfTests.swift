import Foundation
import Intake
import Ledger
import Logging
import Records
import Synchronization
import Testing

/// What is edited in the forms folder is taken up when it is in order.
@Suite struct OfficeShelfTests {
    @Test func whatIsNotEditedIsNotReadAgain() throws {
        let desk = try Desk()
        desk.look()
        desk.look()
        #expect(desk.taken == 1)
        #expect(desk.readings == 0)
    }

    @Test func anEditIsTakenUpOnce() throws {
        let desk = try Desk()
        try desk.edit("notices/bien_nhan.mustache") { $0 + Data("\n".utf8) }
        desk.look()
        desk.look()
        #expect(desk.taken == 2)
        #expect(desk.readings == 1)
        // From now on the ledger keeps what is used.
        #expect(try desk.ledger.read { try $0.definitions(kind: "units", name: "units.xlsx").count } == 1)
    }

    @Test(arguments: ["bao_cao_xa.xlsx", "plan.xlsx"])
    func aFileCutShortIsRefusedUntilItIsWhole(name: String) throws {
        let desk = try Desk()
        let whole = try desk.edit(name) { $0.prefix($0.count / 2) }
        desk.look()
        desk.look()
        #expect(desk.taken == 1)
        #expect(desk.readings == 1)
        try desk.edit(name) { _ in whole }
        desk.look()
        #expect(desk.taken == 2)
    }

    @Test(arguments: [".~lock.plan.xlsx#", "~$plan.xlsx", ".plan.xlsx", "notices/.words.tsv.swp", "lu1234.tmp"])
    func filesOfProgramsAtWorkAreNoEdit(name: String) throws {
        let desk = try Desk()
        try Data("x".utf8).write(to: desk.forms.appending(path: name))
        desk.look()
        #expect(desk.taken == 1)
        #expect(desk.readings == 0)
    }

    @Test func aFileThatIsBeingWrittenIsLeftAlone() throws {
        let desk = try Desk()
        try desk.edit("notices/bien_nhan.mustache") { $0 + Data("\n".utf8) }
        desk.clock.time.withLock { $0 = Date() }
        try FileManager.default.setAttributes(
            [.modificationDate: Date()], ofItemAtPath: desk.forms.appending(path: "plan.xlsx").path)
        desk.look()
        #expect(desk.readings == 0)
        desk.clock.time.withLock { $0 = Date() + 3600 }
        desk.look()
        #expect(desk.taken == 2)
    }

    @Test func aChangedFormUnderItsVersionIsRefused() throws {
        let desk = try Desk()
        try desk.ledger.write { transaction in
            let other = DefinitionRecord(
                kind: "form", name: "bao_cao_xa", version: "2019.1", sha256: String(repeating: "0", count: 64),
                recorded: Date())
            try transaction.record(other, bytes: [])
        }
        try desk.edit("notices/bien_nhan.mustache") { $0 + Data("\n".utf8) }
        desk.look()
        #expect(desk.readings == 1)
        #expect(desk.taken == 1)
    }

    @Test func anEditWaitsForWhoeverIsAtWork() throws {
        let desk = try Desk()
        _ = desk.shelf.borrow(desk.ledger)
        try desk.edit("notices/bien_nhan.mustache") { $0 + Data("\n".utf8) }
        desk.look()
        #expect(desk.readings == 0)
        desk.shelf.giveBack()
        desk.look()
        #expect(desk.taken == 2)
    }
}

/// A forms folder of its own, a ledger, and a shelf that counts.
private final class Desk: Sendable {
    let forms: URL
    let ledger: Ledger
    let shelf: OfficeShelf
    let clock: Clock
    private let folder: URL
    private let counts: Counts

    var taken: Int { counts.taken.withLock { $0 } }
    var readings: Int { counts.readings.withLock { $0 } }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "formpost-\(UUID().uuidString)")
        forms = folder.appending(path: "Forms")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            at: URL(filePath: SampleOffice.folder.path).resolvingSymlinksInPath(), to: forms)
        ledger = try Ledger.open(folder: folder.path, mode: .work)
        let (clock, counts, place) = (Clock(), Counts(), FormsFolder(forms.path))
        let contact = try SampleOffice.contact()
        let sample = try SampleOffice.pipeline()
        shelf = OfficeShelf(
            try SampleOffice.office.get(), folder: place, contents: FormsContents(of: place),
            read: { ledger in
                counts.readings.withLock { $0 += 1 }
                return try OfficeReader(folder: place, zone: .indochina).office(
                    contact: contact, after: PublishedForms(ledger))
            },
            pipeline: { _ in
                counts.taken.withLock { $0 += 1 }
                return sample
            },
            logger: Logger(label: "test"), now: { clock.time.withLock { $0 } })
        self.clock = clock
        self.counts = counts
    }

    deinit {
        try? ledger.close()
        try? FileManager.default.removeItem(at: folder)
    }

    /// - Returns: what the file was before.
    @discardableResult
    func edit(_ name: String, _ change: (Data) -> Data) throws -> Data {
        let url = forms.appending(path: name)
        let before = try Data(contentsOf: url)
        try change(before).write(to: url)
        return before
    }

    func look() {
        _ = shelf.borrow(ledger)
        shelf.giveBack()
    }

    /// An hour from now, in the beginning: nothing was written a moment ago.
    final class Clock: Sendable {
        let time = Mutex(Date() + 3600)
    }

    final class Counts: Sendable {
        /// How many offices were taken up, the first among them.
        let taken = Mutex(0)
        let readings = Mutex(0)
    }
}
