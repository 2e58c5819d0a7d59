import Testing

@testable import formpost

/// What the doctor makes of what it is told, without any disk.
@Suite struct DoctorValueTests {
    private static let gigabyte: UInt64 = 1 << 30

    @Test(arguments: [
        (DiskSpace(free: 500 * gigabyte, size: 1000 * gigabyte), false),
        (DiskSpace(free: 20 * gigabyte, size: 4000 * gigabyte), false),
        (DiskSpace(free: 2 * gigabyte, size: 10 * gigabyte), false),
        (DiskSpace(free: 2 * gigabyte, size: 100 * gigabyte), true),
        (DiskSpace(free: gigabyte - 1, size: gigabyte), true), (DiskSpace(free: 0, size: 0), true),
        (DiskSpace(free: 500 * gigabyte, size: 1000 * gigabyte, freeFiles: 1000, files: 1_000_000), true),
        (DiskSpace(free: 500 * gigabyte, size: 1000 * gigabyte, freeFiles: 500_000, files: 1_000_000), false),
    ])
    func aDiskThatIsNearlyFullIsBad(space: DiskSpace, isBad: Bool) throws {
        let diagnosis = space.diagnosis(at: "/data")
        #expect(diagnosis.grade == (isBad ? .bad(ExitStatus.settings) : .good))
        #expect(diagnosis.remedy.isEmpty != isBad)
        #expect(diagnosis.detail.contains("/data"))
    }

    @Test func theDiskOfAFolderIsMeasured() throws {
        let space = try #require(DiskSpace(of: "/tmp"))
        #expect(space.size >= space.free)
        #expect(DiskSpace(of: "/nowhere/at/all") == nil)
    }

    @Test func theFirstBadThingGivesTheStatus() throws {
        var report = DoctorReport()
        #expect(report.status == nil)
        try report.tell([.good("a", ""), .note("b", "", "do")])
        #expect(report.status == nil)
        try report.tell([.bad("c", "", "do", ExitStatus.unavailable), .bad("d", "", "do")])
        #expect(report.status == ExitStatus.unavailable)
    }
}
