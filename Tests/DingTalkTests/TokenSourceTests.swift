import Synchronization
import Telemetry
import TestKit
import Testing
import Time

@testable import DingTalk

@Suite("The access token")
struct TokenSourceTests {
    /// Issues `t1`, `t2`, … for two hours each and counts.
    private final class Issuer: Sendable {
        let issued = Mutex(0)
        let time: ManualTime

        init(time: ManualTime) {
            self.time = time
        }

        func issue() -> Result<Token, CallError> {
            let number = issued.withLock { count in
                count += 1
                return count
            }
            return .success(Token(value: Secret("t\(number)"), lifetime: 7200, issuedAt: time.steady))
        }
    }

    private func value(_ result: Result<Token, CallError>) throws -> String {
        try result.get().value.reveal()
    }

    @Test("is kept until ten minutes before it expires")
    func caching() async throws {
        let time = ManualTime()
        let issuer = Issuer(time: time)
        let source = TokenSource(time: time) { issuer.issue() }
        #expect(try value(await source.token()) == "t1")
        time.advance(by: .seconds(7200 - 601))
        #expect(try value(await source.token()) == "t1")
        time.advance(by: .seconds(1))
        #expect(try value(await source.token()) == "t2")
    }

    @Test("is asked for once, however many wait for it")
    func singleFlight() async throws {
        let time = ManualTime()
        let issuer = Issuer(time: time)
        let source = TokenSource(time: time) {
            for _ in 0..<50 { await Task.yield() }
            return issuer.issue()
        }
        let values = await withTaskGroup(of: Result<Token, CallError>.self) { group in
            for _ in 0..<20 { group.addTask { await source.token() } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(try Set(values.map(value)) == ["t1"])
        #expect(issuer.issued.withLock { $0 } == 1)
    }

    @Test("a refused one is replaced, but not more than once a minute")
    func refusedToken() async throws {
        let time = ManualTime()
        let issuer = Issuer(time: time)
        let source = TokenSource(time: time) { issuer.issue() }
        let first = try await source.token().get()
        time.advance(by: .seconds(61))
        let second = try await source.token(insteadOf: first).get()
        #expect(second.value.reveal() == "t2")
        guard case .failure(.refused(let refusal)) = await source.token(insteadOf: second) else {
            Issue.record("a third token within the minute")
            return
        }
        #expect(refusal.errorClass == .token)
        #expect(try value(await source.token()) == "t2")
        time.advance(by: .seconds(61))
        #expect(try value(await source.token(insteadOf: second)) == "t3")
    }

    @Test("a refusal of the credentials is remembered for a minute")
    func refusedCredentials() async {
        let time = ManualTime()
        let calls = Mutex(0)
        let source = TokenSource(time: time) {
            calls.withLock { $0 += 1 }
            return .failure(.refused(Refusal(code: 40096, message: "bad key")))
        }
        for _ in 0..<3 { _ = await source.token() }
        #expect(calls.withLock { $0 } == 1)
        time.advance(by: .seconds(60))
        _ = await source.token()
        #expect(calls.withLock { $0 } == 2)
    }

    @Test("is asked for again when the poll that asked for it was cut off while others wait")
    func cutOff() async throws {
        let time = ManualTime()
        let issuer = Issuer(time: time)
        let calls = Mutex(0)
        let source = TokenSource(time: time) {
            let isFirst = calls.withLock { count in
                count += 1
                return count == 1
            }
            guard isFirst else { return issuer.issue() }
            try? await time.sleep(until: time.steady + .seconds(10))
            return .failure(.cancelled)
        }
        try await withThrowingTaskGroup(of: Result<Token, CallError>.self) { group in
            let first = Task { await source.token() }
            while time.deadlines.isEmpty { await Task.yield() }
            group.addTask { await source.token() }
            for _ in 0..<50 { await Task.yield() }
            first.cancel()
            #expect(await first.value == .failure(.cancelled))
            let second = try #require(try await group.next())
            #expect(try value(second) == "t1")
        }
        #expect(calls.withLock { $0 } == 2)
    }
}
