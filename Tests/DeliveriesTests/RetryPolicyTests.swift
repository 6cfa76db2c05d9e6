import Deliveries
import Testing
import Time

@Suite("When a delivery is tried again")
struct RetryPolicyTests {
    private let queued = Timestamp(seconds: 1_795_416_000)

    @Test(
        "the schedule is Standard Webhooks' own",
        arguments: zip(1...9, [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]))
    func schedule(failures: Int, seconds: Int) {
        let decision = RetryPolicy().next(
            failures: failures, queuedAt: queued, now: queued, notBefore: nil, jitter: 0.5)
        #expect(decision == .retry(at: queued + .seconds(seconds)))
    }

    @Test("jitter spreads a delay over nine to eleven tenths", arguments: [(0.0, 4_500), (0.5, 5_000), (0.999, 5_499)])
    func jitter(jitter: Double, milliseconds: Int64) {
        let decision = RetryPolicy().next(failures: 1, queuedAt: queued, now: queued, notBefore: nil, jitter: jitter)
        #expect(decision == .retry(at: queued + .milliseconds(milliseconds)))
    }

    @Test("after the last try of the schedule it is given up")
    func spent() {
        let decision = RetryPolicy().next(failures: 10, queuedAt: queued, now: queued, notBefore: nil, jitter: 0.5)
        #expect(decision == .giveUp(reason: "gave up after 10 failed tries"))
    }

    @Test(
        "the receiver's wish is observed in full when it is later than the schedule",
        arguments: [
            (1, 5), (5, 5), (60, 60), (6 * 86_400, 6 * 86_400),
        ])
    func wish(wish: Int, delay: Int) {
        let decision = RetryPolicy().next(
            failures: 1, queuedAt: queued, now: queued, notBefore: queued + .seconds(wish), jitter: 0.5)
        #expect(decision == .retry(at: queued + .seconds(delay)))
    }

    @Test("whatever is planned, a last try comes before the age limit", arguments: [3_600, 86_400])
    func lastTry(maxAge: Int) {
        let policy = RetryPolicy(maxAge: .seconds(maxAge))
        let wish = queued + .seconds(365 * 86_400)
        let decision = policy.next(failures: 1, queuedAt: queued, now: queued, notBefore: wish, jitter: 0.5)
        #expect(decision == .retry(at: queued + .seconds(maxAge - 1)))
        let after = policy.next(
            failures: 2, queuedAt: queued, now: queued + .seconds(maxAge - 1), notBefore: nil, jitter: 0.5)
        guard case .giveUp(let reason) = after else {
            Issue.record("tried again beyond the age limit")
            return
        }
        #expect(reason.hasPrefix("gave up at the age of "))
    }

    @Test("a wait that spends no try has no delay of its own")
    func spendsNothing() {
        let wish = queued + .seconds(7)
        let decision = RetryPolicy(schedule: []).next(
            failures: 0, queuedAt: queued, now: queued, notBefore: wish, jitter: 0.9)
        #expect(decision == .retry(at: wish))
    }
}
