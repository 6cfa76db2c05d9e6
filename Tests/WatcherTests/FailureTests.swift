import Chats
import DingTalk
import Scheduling
import Testing
import Time

@testable import Watcher

@Suite("Failures of the platform, each with its own patience")
struct FailureTests {
    /// A watch that has read each of its chats, every ten seconds each.
    private func settled(_ chats: Int = 5) -> WatchSimulation {
        var simulation = WatchSimulation(chats)
        simulation.run(for: .seconds(600))
        return simulation
    }

    @Test(
        "one chat that fails is asked ever less often, and the others none the less",
        arguments: [
            MeteredReading.refused(40016), .refused(34013), .refused(49000), .refused(123_456), .unreadable(.content),
        ])
    func oneChat(failure: MeteredReading) {
        var simulation = settled()
        let since = simulation.now
        simulation.answer = { chat, _ in chat == "c0" ? failure : .unchanged }
        simulation.run(for: .seconds(6 * 3600))
        let gaps = simulation.gaps("c0", since: since)
        #expect(zip(gaps, gaps.dropFirst()).allSatisfy { $1 > $0 * 1.2 || $1 > .seconds(3000) })
        #expect(gaps.count < 20)
        for chat in 1..<5 { #expect(simulation.gaps("c\(chat)", since: since).allSatisfy { $0 < .seconds(30) }) }
        #expect(simulation.announcements.isEmpty)
    }

    @Test("one chat whose polls time out does not slow the others", arguments: [Unreadable.Kind.network, .malformed])
    func oneChatUnreadable(kind: Unreadable.Kind) {
        var simulation = settled()
        let since = simulation.now
        simulation.answer = { chat, _ in chat == "c0" ? .unreadable(kind) : .unchanged }
        simulation.run(for: .seconds(3600))
        for chat in 1..<5 { #expect(simulation.gaps("c\(chat)", since: since).allSatisfy { $0 < .seconds(30) }) }
        #expect(simulation.announcements.isEmpty)
    }

    @Test("while the platform does not answer, one poll is out at a time, and all of them once it does")
    func oneProbe() {
        var simulation = WatchSimulation(10)
        /// Those of five seconds, none of which is answered meanwhile.
        func takePolls() -> [String] {
            var polls: [String] = []
            let end = simulation.now + .seconds(5)
            while simulation.now < end {
                switch simulation.state.next(at: simulation.now) {
                case .poll(let chat): polls.append(chat)
                case .wait(let until): simulation.now = min(max(until, simulation.now), end)
                case .idle: simulation.now = end
                }
            }
            return polls
        }
        func finish(_ chats: [String], _ answer: MeteredReading) {
            for chat in chats {
                _ = simulation.state.finish(chat, answer, nil, wall: simulation.now, steady: simulation.now)
            }
        }
        var taken: [String] = []
        for _ in 1...AccountHealth.tolerance {
            simulation.now = simulation.now + .seconds(60)
            taken = takePolls()
            #expect(taken.count > 1 || simulation.state.health.isProbing)
            simulation.now = simulation.now + .seconds(10)
            finish(taken, .unreadable(.network))
        }
        for _ in 0..<5 {
            simulation.now = simulation.now + .seconds(3600)
            taken = takePolls()
            #expect(taken.count == 1)
            finish(taken, .unreadable(.network))
        }
        simulation.now = simulation.now + .seconds(3600)
        finish(takePolls(), .unchanged)
        simulation.now = simulation.now + .seconds(3600)
        #expect(takePolls().count > 1)
    }

    @Test("a busy platform is asked again soon, three times at most, then in ordinary turns")
    func busy() {
        var simulation = WatchSimulation(3, callsPerMonth: 5000)
        simulation.run(for: .seconds(86_400))
        let since = simulation.now
        simulation.answer = { _, _ in .refused(-1) }
        simulation.run(for: .seconds(86_400))
        // No more calls than the budget has for a day, and no account in trouble.
        #expect(simulation.polls(since: since).count < 200)
        #expect(simulation.announcements.isEmpty)
    }

    @Test("a throttle holds every chat until the time that it names")
    func throttled() {
        var simulation = settled()
        let end = simulation.now + .seconds(120)
        simulation.answer = { _, time in time < end ? .refused(90018, until: end, calls: 0) : .unchanged }
        let since = simulation.now
        simulation.run(for: .seconds(300))
        let during = simulation.polls.filter { $0.at >= since && $0.at < end }
        #expect(during.count == 1)
        #expect(simulation.polls(since: end).count > 50)
        #expect(simulation.announcements.isEmpty)
    }

    @Test("a dead network is told after three polls, probed ever less often, and found again")
    func network() {
        var simulation = settled()
        let since = simulation.now
        let end = since + .seconds(3600)
        simulation.answer = { _, time in time < end ? .unreadable(.network) : .unchanged }
        simulation.run(for: .seconds(3600))
        let during = simulation.polls(since: since).count
        #expect(during > 12 && during < 40)
        #expect(simulation.announcements.map(\.change.type) == [.watchFailing])
        #expect(simulation.announcements[0].at - since < .seconds(60))
        simulation.run(for: .seconds(310))
        #expect(simulation.announcements.map(\.change.type) == [.watchFailing, .watchRecovered])
    }

    @Test("what somebody has to mend is probed slowly, and a wish tries at once")
    func configuration() {
        var simulation = settled()
        let since = simulation.now
        simulation.answer = { _, _ in .refused(43007) }
        simulation.run(for: .seconds(6 * 3600))
        #expect(simulation.polls(since: since).count < 35)
        #expect(simulation.announcements.map(\.change.type) == [.watchFailing])
        simulation.answer = { _, _ in .unchanged }
        simulation.state.ask("c3", ticket: PollTicket(), at: simulation.now)
        let asked = simulation.now
        simulation.run(for: .seconds(10))
        #expect(simulation.polls(since: asked).first == "c3")
        #expect(simulation.announcements.map(\.change.type) == [.watchFailing, .watchRecovered])
    }

    @Test("a wish does not lift what the platform imposed")
    func wishUnderPenalty() {
        var simulation = settled()
        let end = simulation.now + .seconds(120)
        simulation.answer = { _, time in time < end ? .refused(90018, until: end, calls: 0) : .unchanged }
        simulation.run(for: .seconds(30))
        let asked = simulation.now
        simulation.state.ask("c3", ticket: PollTicket(), at: asked)
        simulation.run(for: .seconds(20))
        #expect(simulation.polls(since: asked).isEmpty)
    }

    @Test("a month that the platform calls spent is told once and over with the next one")
    func quota() {
        var simulation = WatchSimulation(5, callsPerMonth: 5000)
        simulation.run(for: .seconds(86_400))
        simulation.answer = { _, _ in .refused(90020, calls: 0) }
        simulation.run(for: .seconds(3600))
        let since = simulation.now
        simulation.run(for: .seconds(20 * 86_400))
        #expect(simulation.polls(since: since).isEmpty)
        #expect(simulation.announcements.map(\.change.type) == [.watchFailing])
        simulation.answer = { _, _ in .unchanged }
        simulation.run(for: .seconds(10 * 86_400))
        #expect(!simulation.polls(since: since).isEmpty)
        #expect(simulation.announcements.map(\.change.type) == [.watchFailing, .watchRecovered])
    }

    @Test(
        "a wish asks again whether the month is spent, and so does another number of calls", arguments: [true, false])
    func raisedQuota(isAsked: Bool) {
        var simulation = WatchSimulation(5, callsPerMonth: 5000)
        simulation.run(for: .seconds(86_400))
        simulation.answer = { _, _ in .refused(90020, calls: 0) }
        simulation.run(for: .seconds(3600))
        simulation.answer = { _, _ in .unchanged }
        let since = simulation.now
        if isAsked {
            simulation.state.ask("c1", ticket: PollTicket(), at: since)
        } else {
            simulation.state.adopt(WatchSimulation.plan(0..<5, callsPerMonth: 10_000), known: .init(), at: since)
        }
        simulation.run(for: .seconds(86_400))
        #expect(simulation.polls(since: since).count > 100)
        #expect(simulation.announcements.map(\.change.type) == [.watchFailing, .watchRecovered])
    }

    @Test("calls that hints spend before their time are told; those that last to the month's end are not")
    func spent() {
        var even = WatchSimulation(5, callsPerMonth: 300)
        even.run(for: .seconds(40 * 86_400))
        #expect(even.announcements.isEmpty)
        // Somebody else's program, or a smaller quota after a reload.
        var simulation = WatchSimulation(5, callsPerMonth: 5000)
        simulation.run(for: .seconds(10 * 86_400))
        simulation.state.adopt(WatchSimulation.plan(0..<5, callsPerMonth: 100), known: .init(), at: simulation.now)
        let since = simulation.now
        simulation.run(for: .seconds(86_400))
        #expect(simulation.polls(since: since).isEmpty)
        #expect(simulation.announcements.map(\.change.type) == [.watchFailing])
    }

    @Test("a host that does not answer gathers a bounded number of polls")
    func slowHost() {
        var state = WatchSimulation(500).state
        var now = WatchSimulation.start
        var out = 0
        while out < 500 {
            switch state.next(at: now) {
            case .poll: out += 1
            case .wait(let until): now = until
            case .idle:
                #expect(out == 64)
                return
            }
        }
        Issue.record("nothing bounds the polls in flight")
    }
}
