import CEtpan
import Glibc

/// Lets libetpan speak over a `ServerStream`, by a low-level driver of our own.
///
/// The drivers libetpan brings wait with `select`, which aborts the process at descriptor 1024, take the end of a plain
/// stream for "nothing yet" and spin, and know no deadline beyond the single read.
enum EtpanStream {
    /// The buffer of one `mailstream`; libetpan's own size. A larger one is slower: it is shifted after every line.
    private static let bufferSize = 8192

    /// Makes a `mailstream` that keeps the stream alive until it is closed.
    static func make(over stream: ServerStream) -> UnsafeMutablePointer<mailstream>? {
        let context = Unmanaged.passRetained(stream)
        guard let low = mailstream_low_new(context.toOpaque(), Driver.shared.pointer) else {
            context.release()
            return nil
        }
        guard let made = mailstream_new(low, bufferSize) else {
            mailstream_low_free(low)
            return nil
        }
        return made
    }

    /// `@unchecked Sendable`: the table is written once, before anybody sees it, and never freed.
    private struct Driver: @unchecked Sendable {
        static let shared = Driver()
        let pointer: UnsafeMutablePointer<mailstream_low_driver>

        private init() {
            pointer = .allocate(capacity: 1)
            var table = mailstream_low_driver()
            table.mailstream_read = { low, buffer, count in
                EtpanStream.moved(low) { stream throws(StreamFailure) in
                    try stream.read(into: .init(start: buffer, count: count))
                }
            }
            table.mailstream_write = { low, buffer, count in
                EtpanStream.moved(low) { stream throws(StreamFailure) in
                    try stream.write(.init(start: buffer, count: count))
                }
            }
            table.mailstream_close = { low in
                EtpanStream.stream(low)?.close()
                return 0
            }
            table.mailstream_get_fd = { _ in -1 }
            table.mailstream_free = { low in
                guard let low else { return }
                if let context = low.pointee.data { Unmanaged<ServerStream>.fromOpaque(context).release() }
                Glibc.free(low)
            }
            pointer.initialize(to: table)
        }
    }

    private static func stream(_ low: UnsafeMutablePointer<mailstream_low>?) -> ServerStream? {
        low?.pointee.data.map { Unmanaged<ServerStream>.fromOpaque($0).takeUnretainedValue() }
    }

    /// libetpan wants −1 for every failure; the stream remembers which.
    private static func moved(
        _ low: UnsafeMutablePointer<mailstream_low>?, _ work: (ServerStream) throws(StreamFailure) -> Int
    ) -> Int {
        guard let stream = stream(low) else { return -1 }
        do {
            return try work(stream)
        } catch {
            return -1
        }
    }
}
