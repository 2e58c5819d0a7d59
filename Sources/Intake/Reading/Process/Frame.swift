import Foundation
import Glibc

/// What goes over the pipes between the worker and its reading process: eight bytes of length, the lowest first, and so
/// many bytes.
enum Frame {
    /// A mail of the largest size, with its parts decoded and written out as JSON, is smaller.
    static let longest = 512 << 20

    /// Why a pipe gave no frame.
    enum Trouble: Error {
        /// The other side has closed it, within or before a frame.
        case closed
        case tooLong
        case late
    }

    static func write(_ bytes: [UInt8], to descriptor: Int32, until deadline: ContinuousClock.Instant?) throws(Trouble)
    {
        let length = UInt64(bytes.count)
        try writeAll((0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }, to: descriptor, until: deadline)
        try writeAll(bytes, to: descriptor, until: deadline)
    }

    static func read(from descriptor: Int32, until deadline: ContinuousClock.Instant?) throws(Trouble) -> [UInt8] {
        let head = try readAll(8, from: descriptor, until: deadline)
        let length = head.enumerated().reduce(UInt64(0)) { $0 | UInt64($1.element) << (8 * $1.offset) }
        guard length <= UInt64(longest) else { throw .tooLong }
        return try readAll(Int(length), from: descriptor, until: deadline)
    }

    private static func writeAll(
        _ bytes: [UInt8], to descriptor: Int32, until deadline: ContinuousClock.Instant?
    ) throws(Trouble) {
        var written = 0
        while written < bytes.count {
            try wait(for: Int16(POLLOUT), on: descriptor, until: deadline)
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress! + written, buffer.count - written)
            }
            if count > 0 { written += count } else if !isPassing(count) { throw .closed }
        }
    }

    private static func readAll(
        _ count: Int, from descriptor: Int32, until deadline: ContinuousClock.Instant?
    ) throws(Trouble) -> [UInt8] {
        var bytes: [UInt8] = []
        // What is announced may never come: memory is taken as it does.
        var piece = [UInt8](repeating: 0, count: min(count, 1 << 20))
        while bytes.count < count {
            try wait(for: Int16(POLLIN), on: descriptor, until: deadline)
            let wanted = min(piece.count, count - bytes.count)
            let got = piece.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, wanted) }
            if got > 0 { bytes += piece[..<got] } else if got == 0 || !isPassing(got) { throw .closed }
        }
        return bytes
    }

    private static func isPassing(_ result: Int) -> Bool { result < 0 && (errno == EINTR || errno == EAGAIN) }

    /// Without a deadline the call itself waits.
    private static func wait(
        for events: Int16, on descriptor: Int32, until deadline: ContinuousClock.Instant?
    ) throws(Trouble) {
        guard let deadline else { return }
        while true {
            let left = (deadline - .now) / .milliseconds(1)
            guard left > 0 else { throw .late }
            var entry = pollfd(fd: descriptor, events: events, revents: 0)
            let ready = poll(&entry, 1, Int32(min(left.rounded(.up), 60_000)))
            if ready > 0 { return }
            guard ready == 0 || errno == EINTR else { throw .closed }
        }
    }
}
