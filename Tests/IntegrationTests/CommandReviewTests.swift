import Foundation
import Ledger
import Records
import Sheets
import Testing

/// Reviewing from a terminal: the queue, one file, a decision.
@Suite struct CommandReviewTests {
    /// An office that has received a nomination that is queued and one that does not reach a standard.
    private static func office() throws -> MaildirOffice {
        let office = try MaildirOffice()
        for name in ["002-de-nghi-tai-tro-dat", "006-chua-dap-ung"] {
            let bytes = try Data(contentsOf: URL(filePath: Repository.path("Mailbox/\(name)/1.eml")))
            try office.deliver([UInt8](bytes), daysLater: 110)
            #expect(try office.run(["run", "--once", "--since", "1970-01-01", "--answer"]).status == 0)
        }
        return office
    }

    private static func letters(_ office: MaildirOffice) throws -> [String] {
        try office.run(["outbox", "list", "--json"]).objects().compactMap { $0["kind"] as? String }
    }

    @Test func theQueueShowsWhatWaitsForTheOffice() throws {
        let office = try Self.office()
        let waiting = try office.run(["queue", "--json"]).objects()
        #expect(waiting.map { $0["receipt"] as? String } == ["KT-2020-0001"])
        #expect(waiting.map { $0["state"] as? String } == ["queued"])
        #expect(try office.run(["queue", "--all"]).lines.count == 2)
        #expect(try office.run(["queue", "--stage", "so_ket_2018"]).lines == ["Nothing waits."])
        #expect(try office.run(["queue", "--stage", "nonsense"]).status == 64)
    }

    @Test func aFileGoesItsWayToTheProvinceAndNoStepIsLeftOut() throws {
        let office = try Self.office()
        func decide(_ move: String, _ reason: String? = nil) throws -> Int32 {
            let why = reason.map { ["--reason", $0] } ?? []
            return try office.run(["decide", "kt 2020 0001", move] + why).status
        }
        // The province needs the district's award first.
        #expect(try decide("propose-province") == 64)
        #expect(try decide("take") == 0)
        // Somebody else has pressed before.
        #expect(try decide("take") == 64)
        // Nobody has judged it: it goes on the list only with a reason.
        #expect(try decide("propose-district") == 64)
        #expect(try decide("propose-district", "Đã xét ở cuộc họp ngày 10/4") == 0)
        #expect(try decide("award-district") == 64)
        #expect(try decide("award-district", "Quyết định số 215/QĐ-UBND ngày 20/05/2020") == 0)
        #expect(try decide("propose-province") == 0)
        #expect(try decide("award", "Quyết định số 1020/QĐ-UBND") == 0)
        #expect(try decide("withdraw") == 64)
        let shown = try office.run(["show", "KT-2020-0001"])
        #expect(shown.output.contains("state: awarded"))
        #expect(shown.output.contains("215/QĐ-UBND"))
        #expect(shown.lines.count { $0.contains("dossier.move") } == 6)
        #expect(try Self.letters(office) == [])
    }

    @Test func whatComesBackToTheUnitIsToldByALetterThatWaits() throws {
        let office = try Self.office()
        let back = ["decide", "KT-2020-0001", "return"]
        #expect(try office.run(back).status == 64)
        let run = try office.run(back + ["--reason", "Gửi biên bản họp xét.\nGhi rõ địa chỉ."])
        #expect(run.lines == ["KT-2020-0001\treturned\theld\tthienloc@canloc.example"])
        #expect(try office.run(["decide", "KT-2020-0001", "decline", "--reason", "Thiếu tài liệu"]).status == 0)
        #expect(try Self.letters(office) == ["tra_lai", "khong_trinh"])
        #expect(try office.run(["decide", "KT-2020-0001", "reopen", "--reason", "Nhầm hồ sơ"]).status == 0)
        #expect(try office.run(["queue"]).lines.count == 1)
    }

    @Test func aPersonMayQueueWhatTheMachineWouldNot() throws {
        let office = try Self.office()
        let queue = ["decide", "KT-2020-0002", "queue"]
        #expect(try office.run(queue).status == 64)
        #expect(try office.run(queue + ["--reason", "Đã kiểm tra chứng từ gốc"]).status == 0)
        #expect(try office.run(["queue"]).lines.count == 2)
        // What waited counts now.
        let ledger = try Ledger.open(folder: office.scratch.path("data"), mode: .read)
        let filed = try ledger.read { view in
            try view.submissions().map { try view.filedRevision(of: $0.id) != nil }
        }
        #expect(filed == [true, true])
    }

    @Test func theListForTheCouncilHasASheetForEachKind() throws {
        let office = try Self.office()
        #expect(try office.run(["queue", "--stage", "tong_ket_2020", "--export", "e1.xlsx"]).status == 0)
        let bytes = try Data(contentsOf: URL(filePath: office.scratch.path("e1.xlsx")))
        let workbook = try WorkbookReader.read([UInt8](bytes))
        #expect(workbook.sheets.count == 4)
        let receipts = workbook.sheets[3].cells.compactMap { cell -> String? in
            guard case .text(let text) = cell.value, text.hasPrefix("KT-") else { return nil }
            return text
        }
        // What does not reach a standard is not put forward by itself.
        #expect(receipts == ["KT-2020-0001"])
    }

    @Test(arguments: [
        ["show", "nonsense"], ["show", "KT-2020-0999"], ["decide", "KT-2020-0001", "nonsense"],
        ["decide", "KT-2020-0999", "take"],
    ])
    func wrongUsageIs64(arguments: [String]) throws {
        let office = try Self.office()
        let run = try office.run(arguments)
        #expect(run.status == 64)
        #expect(run.output.isEmpty)
    }
}
