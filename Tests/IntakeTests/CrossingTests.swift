import Foundation
import Intake
import Ledger
import Records
import Testing
import XLSForm

/// A figure that moves over a threshold after the unit was told of it.
@Suite struct CrossingTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "crossing-\(UUID().uuidString)").path

    /// Hands in a sample of `dn_ho`.
    private func submit(_ name: String, on day: Int, _ ledger: Ledger) throws {
        let office = try SampleOffice.office.get()
        let sample = try #require(FormCase.all.first { $0.form == "dn_ho" && $0.sample.name == name })
        let form = try #require(office.forms.current("dn_ho")?.definition)
        let file = NoticeAttachment(
            filename: "ho.xlsx", contentType: "application/octet-stream",
            bytes: Data(try sample.workbook(form, in: office)))
        let received = Date(timeIntervalSince1970: 1_583_820_000 + Double(day) * 86_400)
        let handedIn = HandedIn(
            unit: try #require(UnitCode("thienloc")), files: [file], received: received, note: "USB", who: "test")
        let archive = try Archive(folder: folder)
        #expect(try SampleOffice.pipeline().submit(handedIn, ledger: ledger, archive: archive) != nil)
    }

    private func dossier(_ ledger: Ledger) throws -> DossierRecord {
        try #require(try ledger.read { try $0.dossiers().first })
    }

    @Test func isShownToTheReviewerWithBothValues() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let ledger = try Ledger.open(folder: folder, mode: .work)
        try submit("income just below three times", on: 0, ledger)
        #expect(try dossier(ledger).state == .standardNotMet)
        #expect(try dossier(ledger).flag == "")
        try submit("good", on: 1, ledger)
        #expect(try dossier(ledger).state == .queued)
        let flag = try dossier(ledger).flag
        #expect(flag.contains("2,98 lần") && flag.contains("→") && flag.contains("3 lần"))
    }

    @Test func whatWasInOrderBeforeIsNotFlagged() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let ledger = try Ledger.open(folder: folder, mode: .work)
        try submit("good", on: 0, ledger)
        try submit("three times of a decimal, exactly", on: 1, ledger)
        #expect(try dossier(ledger).state == .queued)
        #expect(try !dossier(ledger).flag.contains("unmet standard"))
    }
}
