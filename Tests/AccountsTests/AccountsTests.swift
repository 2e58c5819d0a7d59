import Accounts
import Foundation
import Testing

@Suite struct AccountsTests {
    @Test func aPasswordIsKnownByItsHashAlone() throws {
        let hash = try PasswordHash(of: "mật khẩu dài của chị Hà")
        #expect(hash.text.hasPrefix("$argon2id$"))
        #expect(PasswordHash(stored: hash.text).matches("mật khẩu dài của chị Hà"))
        #expect(!hash.matches("mật khẩu dài của chị Hoa"))
        #expect(try PasswordHash(of: "mật khẩu dài của chị Hà") != hash)
        #expect(!PasswordHash(stored: "x").matches("x"))
    }

    @Test(arguments: ["", "ngắn quá", String(repeating: "x", count: 257)])
    func aPasswordHasALength(password: String) {
        #expect(throws: PasswordError.length) { try Password.check(password) }
    }

    @Test func theDeskIsBusyRatherThanFull() async throws {
        let desk = try PasswordDesk(limit: 2)
        let hash = try await desk.hash("một mật khẩu dài")
        let results = await withTaskGroup(of: Bool?.self) { group in
            for _ in 0..<12 { group.addTask { try? await desk.matches("một mật khẩu dài", hash) } }
            return await group.reduce(into: [Bool?]()) { $0.append($1) }
        }
        #expect(results.contains(true))
        #expect(results.contains(nil))
        #expect(try await desk.matches("một mật khẩu dài", nil) == false)
    }

    @Test func tokensAreLongAndNeverTheSame() {
        let tokens = Set((0..<100).map { _ in SessionToken.make() })
        #expect(tokens.count == 100)
        #expect(tokens.allSatisfy { $0.count == 43 })
        #expect(SessionToken.isSame("abc", "abc"))
        #expect(!SessionToken.isSame("abc", "abd"))
        #expect(!SessionToken.isSame("abc", "abcd"))
    }

    @Test func whoeverGuessesWaitsLongerEachTime() {
        var throttle = SignInThrottle()
        let start = Date(timeIntervalSince1970: 1_577_000_000)
        for _ in 0..<4 { throttle.failed(name: "ha", address: "10.0.0.1", at: start) }
        #expect(throttle.wait(name: "ha", address: "10.0.0.1", at: start) == 0)
        var waits: [TimeInterval] = []
        for _ in 0..<12 {
            throttle.failed(name: "ha", address: "10.0.0.1", at: start)
            waits.append(throttle.wait(name: "ha", address: "10.0.0.1", at: start))
        }
        #expect(waits == waits.sorted())
        #expect(waits.first == 2)
        #expect(waits.last == 900)
        #expect(throttle.wait(name: "ha", address: "10.0.0.2", at: start) == 0)
        #expect(throttle.wait(name: "ha", address: "10.0.0.1", at: start + 900) == 0)
        throttle.succeeded(name: "ha", address: "10.0.0.1")
        #expect(throttle.wait(name: "ha", address: "10.0.0.1", at: start) == 0)
    }

    @Test func anAddressThatTriesManyNamesWaits() {
        var throttle = SignInThrottle()
        let start = Date(timeIntervalSince1970: 1_577_000_000)
        for name in 0..<25 { throttle.failed(name: "n\(name)", address: "10.0.0.1", at: start) }
        #expect(throttle.wait(name: "other", address: "10.0.0.1", at: start) > 0)
        #expect(throttle.wait(name: "other", address: "10.0.0.2", at: start) == 0)
    }

    /// One guess a second, at one account: how many of a thousand are compared at all.
    @Test func aThousandGuessesComeToAHandful() {
        var throttle = SignInThrottle()
        let start = Date(timeIntervalSince1970: 1_577_000_000)
        var compared = 0
        for second in 0..<1000 {
            let now = start + TimeInterval(second)
            guard throttle.wait(name: "ha", address: "10.0.0.1", at: now) <= 0 else { continue }
            compared += 1
            throttle.failed(name: "ha", address: "10.0.0.1", at: now)
        }
        // Four for nothing, then after 2, 4, 8 … 512 seconds.
        #expect(compared == 13)
    }
}
