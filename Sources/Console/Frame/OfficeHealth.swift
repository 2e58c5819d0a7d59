import Foundation
package import Intake
import Ledger
import Records

/// How the machine and the mailbox stand, as far as it is known.
package struct OfficeHealth: Sendable {
    /// Bytes.
    package struct Disk: Sendable {
        let free: UInt64
        let size: UInt64
        let isLow: Bool

        package init(free: UInt64, size: UInt64, isLow: Bool) {
            self.free = free
            self.size = size
            self.isLow = isLow
        }
    }

    let backup: DataMarks.Mark?
    /// The last look into each mailbox, by account: `ok`, or what was wrong.
    let mailboxes: [String: DataMarks.Mark]
    let disk: Disk?

    package init(_ marks: DataMarks, disk: Disk?) {
        backup = marks.read(DataMarks.backup)
        mailboxes = marks.mailboxes
        self.disk = disk
    }

    /// The newest look that went well.
    var lastCheck: Date? { mailboxes.values.filter(\.isGood).map(\.at).max() }
}

extension DataMarks.Mark {
    var isGood: Bool { words.hasPrefix("ok") }
    /// The last day of the server's certificate, where the look found one.
    var certificateEnds: String? { words.split(separator: "\n").dropFirst().first.map { String($0) } }
}

/// A line of the administrator's page.
struct HealthLine: Sendable {
    let what: String
    let words: String
    /// Something should be done.
    let isBad: Bool

    private static let day: TimeInterval = 86_400
    /// A certificate is renewed some weeks before it ends.
    private static let notice: TimeInterval = 30 * day

    static func all(_ health: OfficeHealth, _ zone: OfficeZone, _ now: Date) -> [HealthLine] {
        [backup(health.backup, zone, now), disk(health.disk)]
            + health.mailboxes.sorted { $0.key < $1.key }.flatMap { mailbox($0.key, $0.value, zone, now) }
            + (health.mailboxes.isEmpty
                ? [HealthLine(what: "Hộp thư", words: "chưa có lần kiểm tra nào", isBad: true)] : [])
    }

    private static func backup(_ mark: DataMarks.Mark?, _ zone: OfficeZone, _ now: Date) -> HealthLine {
        guard let mark else {
            return HealthLine(what: "Sao lưu", words: "chưa sao lưu lần nào (formpost backup)", isBad: true)
        }
        let isOld = now.timeIntervalSince(mark.at) > day
        return HealthLine(
            what: "Sao lưu",
            words: "lần cuối \(Wording.moment(mark.at, zone)), vào \(mark.words)" + (isOld ? "; đã quá một ngày" : ""),
            isBad: isOld)
    }

    private static func disk(_ disk: OfficeHealth.Disk?) -> HealthLine {
        guard let disk else { return HealthLine(what: "Đĩa", words: "chưa biết", isBad: false) }
        func gigabytes(_ bytes: UInt64) -> String { Wording.number(Decimal(bytes) / 1_073_741_824, decimals: 1) }
        return HealthLine(
            what: "Đĩa", words: "còn trống \(gigabytes(disk.free)) trong \(gigabytes(disk.size)) GB", isBad: disk.isLow)
    }

    private static func mailbox(
        _ account: String, _ mark: DataMarks.Mark, _ zone: OfficeZone, _ now: Date
    ) -> [HealthLine] {
        let isOld = now.timeIntervalSince(mark.at) > 3600
        let state = mark.isGood ? "tốt" : mark.words
        let check = HealthLine(
            what: "Hộp thư \(account)",
            words: "kiểm tra lúc \(Wording.moment(mark.at, zone)), \(state)" + (isOld ? "; đã quá một giờ" : ""),
            isBad: isOld || !mark.isGood)
        guard let ends = mark.certificateEnds.flatMap({ CivilDate(iso8601: $0) }) else { return [check] }
        let left = Double(ends.daysSince1970 - CivilDate(now, in: zone).daysSince1970) * day
        return [
            check,
            HealthLine(
                what: "Chứng thư của máy chủ \(account)", words: "ngày cuối \(Wording.day(ends))", isBad: left < notice),
        ]
    }
}
