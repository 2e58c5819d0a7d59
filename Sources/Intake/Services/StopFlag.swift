import Synchronization

/// Told once that it is time to end; whoever waits then wakes at once.
final class StopFlag: Sendable {
    private let state = Mutex<State>(State())

    private struct State {
        var isRaised = false
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
        var next = 0
    }

    var isRaised: Bool { state.withLock(\.isRaised) }

    func raise() {
        let waiting = state.withLock { state in
            state.isRaised = true
            defer { state.waiting = [:] }
            return state.waiting.values
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Returns after the given time, or as soon as the flag is raised.
    func wait(for time: Duration) async {
        await wait(for: time) { try? await Task.sleep(for: $0) }
    }

    /// Returns when the body does, or as soon as the flag is raised; the body is then cancelled and waited for.
    func wait(for time: Duration, unless body: @escaping @Sendable (Duration) async -> Void) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await body(time) }
            group.addTask { await self.raised() }
            await group.next()
            group.cancelAll()
        }
    }

    private func raised() async {
        let ticket = state.withLock { state in
            state.next += 1
            return state.next
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if state.isRaised || Task.isCancelled { return true }
                    state.waiting[ticket] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: ticket) }?.resume()
        }
    }
}
