import CEtpan
import Records

/// A set of UIDs as a command names it (RFC 9051, 9: `sequence-set`): ranges, in ascending order.
struct MessageSet: Equatable {
    /// So many ranges fit a command line that every server reads (RFC 7162, 4: 8,192 octets).
    static let rangesPerCommand = 300

    let ranges: [ClosedRange<UInt32>]

    /// How many UIDs the set names.
    var count: Int { ranges.reduce(0) { $0 + $1.count } }

    /// Splits what is too long for one command.
    static func sets(of uids: [UID]) -> [MessageSet] {
        let ranges = ranges(of: uids)
        return stride(from: 0, to: ranges.count, by: rangesPerCommand).map { start in
            MessageSet(ranges: Array(ranges[start..<min(start + rangesPerCommand, ranges.count)]))
        }
    }

    private static func ranges(of uids: [UID]) -> [ClosedRange<UInt32>] {
        var ranges: [ClosedRange<UInt32>] = []
        for uid in uids.map(\.rawValue).sorted() {
            if let last = ranges.last, uid - last.upperBound <= 1 {
                ranges[ranges.count - 1] = last.lowerBound...uid
            } else {
                ranges.append(uid...uid)
            }
        }
        return ranges
    }

    /// Lends libetpan's form of the set to a command.
    func withEtpanSet<Value>(_ body: (UnsafeMutablePointer<mailimap_set>?) -> Value) -> Value {
        let set = mailimap_set_new_empty()
        defer { if let set { mailimap_set_free(set) } }
        for range in ranges {
            mailimap_set_add_interval(set, range.lowerBound, range.upperBound)
        }
        return body(set)
    }
}
