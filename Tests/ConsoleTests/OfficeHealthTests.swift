import Foundation
import Intake
import Records
import Testing

@testable import Console

@Suite struct OfficeHealthTests {
    private static let now = Date(timeIntervalSince1970: 1_576_735_200)

    private static func lines(_ leave: (DataMarks) -> Void, after seconds: TimeInterval = 0) throws -> [HealthLine] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "formpost-marks-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let marks = DataMarks(data: folder.path)
        leave(marks)
        // The time of a mark is its file's own.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path + "/marks")) ?? []
        for name in names {
            try FileManager.default.setAttributes(
                [.modificationDate: now], ofItemAtPath: folder.path + "/marks/" + name)
        }
        return HealthLine.all(
            OfficeHealth(marks, disk: .init(free: 3 << 30, size: 10 << 30, isLow: false)), .indochina,
            now.addingTimeInterval(seconds))
    }

    @Test func whatWasNeverDoneIsSaid() throws {
        let lines = try Self.lines { _ in }
        #expect(lines.map(\.what) == ["Sao lưu", "Đĩa", "Hộp thư"])
        #expect(lines.map(\.isBad) == [true, false, true])
        #expect(lines[1].words == "còn trống 3,0 trong 10,0 GB")
    }

    @Test func aFreshBackupAndLookAreGoodForAWhile() throws {
        func leave(_ marks: DataMarks) {
            marks.leave(DataMarks.backup, "/mnt/backup")
            marks.leave(DataMarks.mailbox("thu"), "ok\n2019-12-31")
        }
        let fresh = try Self.lines(leave)
        #expect(fresh.map(\.isBad) == [false, false, false, true])
        #expect(fresh[0].words == "lần cuối 13:00 19/12/2019, vào /mnt/backup")
        #expect(fresh[2].words == "kiểm tra lúc 13:00 19/12/2019, tốt")
        // Within a month of its last day a certificate asks for another.
        #expect(fresh[3].words == "ngày cuối 31/12/2019")
        #expect(try Self.lines(leave, after: 3601).map(\.isBad) == [false, false, true, true])
        #expect(try Self.lines(leave, after: 86_401)[0].isBad)
    }

    @Test func aMailboxInTroubleSaysWhich() throws {
        let lines = try Self.lines { $0.leave(DataMarks.mailbox("../thu"), "signInRefused") }
        #expect(lines.last?.isBad == true)
        #expect(lines.last?.words.hasSuffix("signInRefused") == true)
    }

    @Test(arguments: [(2019, 12, 18, "Thứ Tư"), (2019, 12, 22, "Chủ nhật"), (1969, 12, 29, "Thứ Hai")])
    func daysOfTheWeekHaveNames(year: Int, month: Int, day: Int, name: String) throws {
        #expect(Wording.weekday(try #require(CivilDate(year: year, month: month, day: day))) == name)
    }
}
