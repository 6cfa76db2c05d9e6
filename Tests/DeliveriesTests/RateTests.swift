import Deliveries
import Telemetry
import TestKit
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

    @Test("an endpoint's own rate takes the place of what its destination bears")
    func ownRate() {
        var endpoint = Endpoint(name: "a", url: Secret("https://a.example.com/"), format: FormatName.feishu.format)
        #expect(endpoint.rates == [Rate(count: 5, per: .seconds(1)), Rate(count: 100, per: .seconds(60))])
        endpoint.rate = Rate(count: 1, per: .seconds(60))
        #expect(endpoint.rates == [Rate(count: 1, per: .seconds(60))])
    }
}

@Suite("The rate limiter")
struct RateLimiterTests {
    private let start = Timestamp(seconds: 1_795_416_000)

    @Test(
        "no window of a period sees more than the rate, wherever it begins and however long requests take",
        arguments: 0..<40)
    func anyWindow(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let rates =
            [
                [Rate(count: 20, per: .seconds(60))],
                [Rate(count: 5, per: .seconds(1)), Rate(count: 100, per: .seconds(60))],
                [Rate(count: 1, per: .seconds(1))],
                [Rate(count: 3_000, per: .seconds(60))],
            ][Int(seed % 4)]
        var limiter = RateLimiter(rates)
        var now = start
        var open: [Timestamp] = []
        var arrivals: [Timestamp] = []
        for _ in 0..<4_000 {
            // Bursts and silences; now and then exactly the moment at which something is free.
            switch Int.random(in: 0..<20, using: &random) {
            case 0: now = now + .seconds(Int.random(in: 0...90, using: &random))
            case 1..<4: now = now + .milliseconds(Int.random(in: 0...2_000, using: &random))
            case 4..<8: now = limiter.nextPermit(at: now) ?? now
            default: break
            }
            if !open.isEmpty, Bool.random(using: &random) {
                // Counted at any time between its start and its answer.
                let begun = open.remove(at: Int.random(in: open.indices, using: &random))
                let time = Int64.random(in: begun.milliseconds...now.milliseconds, using: &random)
                arrivals.append(Timestamp(milliseconds: time))
                limiter.release(at: now)
            }
            if limiter.nextPermit(at: now) == now {
                limiter.take(at: now)
                open.append(now)
            }
        }
        arrivals = (arrivals + open).sorted()
        for rate in rates {
            #expect(most(of: arrivals, within: rate.period) <= rate.count)
        }
        #expect(arrivals.count > 100)
    }

    @Test("nor does it when so many are counted that several are counted together", arguments: [1_025, 2_500, 6_000])
    func saturated(count: Int) {
        var random = SeededGenerator(seed: UInt64(count))
        let rate = Rate(count: count, per: .seconds(10))
        var limiter = RateLimiter([rate])
        var now = start
        var arrivals: [Timestamp] = []
        for _ in 0..<(4 * count) {
            now = (limiter.nextPermit(at: now) ?? now) + .milliseconds(Int.random(in: 0...1, using: &random))
            limiter.take(at: now)
            limiter.release(at: now)
            arrivals.append(now)
        }
        let most = most(of: arrivals, within: rate.period)
        #expect(most <= count)
        #expect(most > count * 99 / 100)
    }

    /// How many the fullest window holds, both of its ends included.
    private func most(of arrivals: [Timestamp], within period: Duration) -> Int {
        var most = 0
        var first = 0
        for (last, time) in arrivals.enumerated() {
            while time - arrivals[first] > period { first += 1 }
            most = max(most, last - first + 1)
        }
        return most
    }

    /// How many requests go out over a time when each is answered at once and the next follows as soon as it may.
    private func permits(_ rate: Rate, within duration: Duration) -> Int {
        var limiter = RateLimiter([rate])
        var now = start
        var count = 0
        while let next = limiter.nextPermit(at: now), next < start + duration {
            now = next
            limiter.take(at: now)
            limiter.release(at: now)
            count += 1
        }
        return count
    }

    @Test("what is allowed can be had", arguments: [1, 2, 3, 7, 20, 999, 1_000, 1_025, 3_000, 10_000])
    func throughput(count: Int) {
        let ten = permits(Rate(count: count, per: .seconds(1)), within: .seconds(10))
        #expect(ten == 10 * count)
    }

    @Test("a permit is out until its request has ended, and for one period longer")
    func underWay() {
        var limiter = RateLimiter([Rate(count: 1, per: .seconds(60))])
        #expect(limiter.nextPermit(at: start) == start)
        limiter.take(at: start)
        #expect(limiter.nextPermit(at: start + .seconds(3_600)) == nil)
        limiter.release(at: start + .seconds(3_600))
        #expect(limiter.nextPermit(at: start + .seconds(3_600)) == start + .seconds(3_660) + .milliseconds(60))
    }

    @Test("whoever was idle has one period's permits, not more")
    func idle() {
        var limiter = RateLimiter([Rate(count: 3, per: .seconds(1))])
        let later = start + .seconds(3_600)
        for _ in 0..<3 {
            #expect(limiter.nextPermit(at: later) == later)
            limiter.take(at: later)
        }
        #expect(limiter.nextPermit(at: later) == nil)
    }

    @Test("after a restart all permits count as used when something was last recorded")
    func restart() {
        let rates = [Rate(count: 5, per: .seconds(1)), Rate(count: 100, per: .seconds(60))]
        let fresh = RateLimiter(rates, usedUpAt: start)
        #expect(fresh.nextPermit(at: start + .seconds(2)) == start + .milliseconds(60_060))
        #expect(fresh.nextPermit(at: start + .seconds(61)) == start + .seconds(61))
        #expect(RateLimiter(rates).nextPermit(at: start) == start)
        #expect(RateLimiter([], usedUpAt: start).nextPermit(at: start) == start)
    }
}
