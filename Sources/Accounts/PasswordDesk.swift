import Dispatch
import Synchronization

/// Hashes and compares passwords on one thread of its own, with a short queue before it: a flood of sign-ins fills
/// neither the memory nor the cores.
package final class PasswordDesk: Sendable {
    private let thread = DispatchQueue(label: "formpost.passwords")
    private let waiting = Mutex(0)
    private let limit: Int
    /// What an unknown name is compared with, so that it takes as long as a known one.
    private let nobody: PasswordHash

    /// - Parameter limit: how many may wait.
    /// - Throws: `PasswordError.noMemory`.
    package init(limit: Int = 8) throws(PasswordError) {
        self.limit = limit
        nobody = try PasswordHash(of: SessionToken.make())
    }

    /// - Parameter hash: nil when there is no such account; it takes as long and is false.
    /// - Throws: `PasswordError.busy`.
    package func matches(_ password: String, _ hash: PasswordHash?) async throws(PasswordError) -> Bool {
        guard password.utf8.count <= Password.longest else { return false }
        let nobody = self.nobody
        return try await run { (hash ?? nobody).matches(password) && hash != nil }
    }

    /// - Throws: `PasswordError`.
    package func hash(_ password: String) async throws(PasswordError) -> PasswordHash {
        try Password.check(password)
        guard let hash = try await run({ try? PasswordHash(of: password) }) else { throw .noMemory }
        return hash
    }

    private func run<T: Sendable>(_ work: @escaping @Sendable () -> T) async throws(PasswordError) -> T {
        let mayWait = waiting.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
        guard mayWait else { throw .busy }
        return await withCheckedContinuation { continuation in
            thread.async {
                let result = work()
                self.waiting.withLock { $0 -= 1 }
                continuation.resume(returning: result)
            }
        }
    }
}
