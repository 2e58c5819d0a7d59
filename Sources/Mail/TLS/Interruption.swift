import CEtpan
import Glibc

/// Wakes a thread that waits for a server, from any other thread.
///
/// Sendable because the descriptor never changes while the object lives, and the kernel serialises reads and writes of an
/// eventfd.
final class Interruption: Sendable {
    /// Readable once `raise()` was called.
    let descriptor: Int32

    init() {
        descriptor = formpost_eventfd()
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Makes the present wait, and every later one, end at once.
    func raise() {
        var one: UInt64 = 1
        _ = write(descriptor, &one, MemoryLayout<UInt64>.size)
    }

    /// Forgets what was raised before.
    func reset() {
        var count: UInt64 = 0
        _ = read(descriptor, &count, MemoryLayout<UInt64>.size)
    }
}
