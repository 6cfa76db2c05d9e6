import Deliveries
import Testing
import Time

@Suite("The breaker")
struct BreakerTests {
    private let now = Timestamp(seconds: 1_795_416_000)

    private func open(at time: Timestamp) -> Breaker {
        var breaker = Breaker()
        for _ in 0..<Breaker.tolerance { _ = breaker.fail(at: time, jitter: 0) }
        return breaker
    }

    @Test("it opens with the fifth failure, not before")
    func opens() {
        var breaker = Breaker()
        let transitions = (0..<5).map { _ in breaker.fail(at: now, jitter: 0) }
        #expect(transitions == [nil, nil, nil, nil, .opened])
        #expect(breaker.probeAt == now + .seconds(5))
    }

    @Test("a success in between starts the count anew")
    func interrupted() {
        var breaker = Breaker()
        for _ in 0..<4 { _ = breaker.fail(at: now, jitter: 0) }
        #expect(breaker.succeed() == nil)
        for _ in 0..<4 { #expect(breaker.fail(at: now, jitter: 0) == nil) }
        #expect(!breaker.isOpen)
    }

    @Test("probes come ever less often, from 5 s to 5 min")
    func backsOff() {
        var breaker = open(at: now)
        var pauses = [breaker.probeAt.map { $0 - now }]
        for _ in 0..<20 {
            #expect(breaker.fail(at: now, jitter: 0) == nil)
            pauses.append(breaker.probeAt.map { $0 - now })
        }
        #expect(pauses.prefix(8).compactMap { $0 } == [5, 10, 20, 40, 80, 160, 300, 300].map { .seconds($0) })
        #expect(pauses.last == .some(.seconds(300)))
    }

    @Test("jitter lengthens a pause by less than a tenth", arguments: [(0.0, 5_000), (0.5, 5_250), (0.999, 5_499)])
    func jitter(jitter: Double, milliseconds: Int64) {
        var breaker = Breaker()
        for _ in 0..<5 { _ = breaker.fail(at: now, jitter: jitter) }
        #expect(breaker.probeAt == now + .milliseconds(milliseconds))
    }

    @Test("a success closes it and forgets everything")
    func recovers() {
        var breaker = open(at: now)
        #expect(breaker.succeed() == .recovered)
        #expect(breaker == Breaker())
    }

    @Test("it is exhausted after five days of failure, counted from the first")
    func exhausted() {
        var breaker = open(at: now)
        let end = now + .seconds(5 * 86_400)
        #expect(breaker.fail(at: end - .milliseconds(1), jitter: 0) == nil)
        #expect(breaker.fail(at: end, jitter: 0) == .exhausted)
    }

    @Test("five days between two failures of a closed one exhaust nothing")
    func rareFailures() {
        var breaker = Breaker()
        #expect(breaker.fail(at: now, jitter: 0) == nil)
        #expect(breaker.fail(at: now + .seconds(6 * 86_400), jitter: 0) == nil)
    }

    @Test("a probe can be had at once, but only of an open one")
    func probeNow() {
        var breaker = open(at: now)
        breaker.probeNow(now)
        #expect(breaker.probeAt == now)
        var closed = Breaker()
        closed.probeNow(now)
        #expect(closed == Breaker())
    }
}
