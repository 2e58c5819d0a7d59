package import Foundation

/// Slows down whoever guesses passwords: after a few failures a name, and an address, must wait, longer each time.
///
/// A name waits only for the address that failed, so that nobody is locked out of an account by a stranger's guesses;
/// an address that tries many names waits for all of them.
package struct SignInThrottle: Sendable {
    private struct Failures {
        var count = 0
        var last = Date(timeIntervalSince1970: 0)
    }

    private var byPair: [String: Failures] = [:]
    private var byAddress: [String: Failures] = [:]

    /// Failures that cost nothing.
    static let freePerName = 4
    static let freePerAddress = 20
    /// Seconds: a second, doubled with each failure, a quarter of an hour at most.
    static let longest: TimeInterval = 900
    /// Failures are forgotten after an hour without another.
    static let memory: TimeInterval = 3600
    /// A flood from many addresses must not fill the memory.
    static let most = 10_000

    package init() {}

    /// How long this name must wait at this address, in seconds; 0 when it may try.
    package func wait(name: String, address: String, at now: Date) -> TimeInterval {
        max(
            Self.wait(byPair[Self.pair(name, address)], free: Self.freePerName, now),
            Self.wait(byAddress[address], free: Self.freePerAddress, now))
    }

    package mutating func failed(name: String, address: String, at now: Date) {
        if byPair.count > Self.most { forget(now) }
        Self.add(&byPair[Self.pair(name, address), default: Failures()], now)
        Self.add(&byAddress[address, default: Failures()], now)
    }

    package mutating func succeeded(name: String, address: String) {
        byPair[Self.pair(name, address)] = nil
    }

    private mutating func forget(_ now: Date) {
        byPair = byPair.filter { now.timeIntervalSince($0.value.last) < Self.longest }
        byAddress = byAddress.filter { now.timeIntervalSince($0.value.last) < Self.longest }
        if byPair.count > Self.most { byPair = [:] }
    }

    private static func add(_ failures: inout Failures, _ now: Date) {
        if now.timeIntervalSince(failures.last) > memory { failures.count = 0 }
        failures.count += 1
        failures.last = now
    }

    private static func wait(_ failures: Failures?, free: Int, _ now: Date) -> TimeInterval {
        guard let failures, failures.count > free else { return 0 }
        let pause = min(pow(2, Double(min(failures.count - free, 20))), longest)
        return max(0, pause - now.timeIntervalSince(failures.last))
    }

    private static func pair(_ name: String, _ address: String) -> String { name + "\n" + address }
}
