import Deliveries
import Testing
import Time

@Suite("Rates")
struct RateTests {
    private let now = Timestamp(seconds: 1_795_416_000)

    @Test(
        "a rate is a count and a unit",
        arguments: [("20/s", 20, 1), ("20/m", 20, 60), ("1000/h", 1_000, 3_600), ("1/s", 1, 1)])
    func parses(text: String, count: Int, seconds: Int) {
        #expect(Rate(text: text) == Rate(count: count, per: .seconds(seconds)))
    }

    @Test(
        "anything else is none",
        arguments: ["", "20", "20/", "/s", "0/s", "-1/s", "1.5/s", "20/d", "20/s/s", "20 /s", "1000001/s"])
    func refuses(text: String) {
        #expect(Rate(text: text) == nil)
    }

    /// How many permits a limiter gives out over a time, asked as soon as the next is due.
    private func permits(_ rate: Rate, within duration: Duration) -> Int {
        var limiter = RateLimiter(rate)
        var time = now
        var count = 0
        while true {
            let next = max(time, limiter.nextPermit(at: time))
            guard next < now + duration else { return count }
            time = next
            limiter.take(at: time)
            count += 1
        }
    }

    @Test("a full bucket, then one permit after the other", arguments: [1, 2, 3, 7, 20, 999, 1_000, 3_000])
    func refills(count: Int) {
        let ten = permits(Rate(count: count, per: .seconds(1)), within: .seconds(10))
        // The bucket, and what flows in over ten seconds. Those of the last millisecond may fall on either side of the end.
        #expect(abs(ten - 11 * count) <= 1 + count / 1_000)
    }

    @Test("whoever was idle has one bucket saved up, not more")
    func idle() {
        var limiter = RateLimiter(Rate(count: 3, per: .seconds(1)))
        for _ in 0..<3 { limiter.take(at: now) }
        let later = now + .seconds(3_600)
        for _ in 0..<3 {
            #expect(limiter.nextPermit(at: later) <= later)
            limiter.take(at: later)
        }
        #expect(limiter.nextPermit(at: later) == later + .milliseconds(334))
    }
}
