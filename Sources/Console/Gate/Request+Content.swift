import Hummingbird
import NIOCore

extension Request {
    /// Seconds: whoever sends a byte now and then holds no connection for longer.
    private static let longest: Duration = .seconds(60)

    /// The body, within a limit of bytes and of time.
    /// - Throws: `Turned.back`, 413.
    func content(upTo bytes: Int) async throws -> ByteBuffer {
        let body = self.body
        return try await withThrowingTaskGroup(of: ByteBuffer.self) { group in
            group.addTask { try await body.collect(upTo: bytes) }
            group.addTask {
                try await Task.sleep(for: Self.longest)
                throw Turned.back("Trình duyệt gửi quá chậm. Thử lại.")
            }
            defer { group.cancelAll() }
            return try await group.next() ?? ByteBuffer()
        }
    }
}
