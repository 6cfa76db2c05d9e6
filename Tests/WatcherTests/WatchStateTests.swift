import Chats
import DingTalk
import Scheduling
import Store
import Testing
import Time

@testable import Watcher

@Suite("The watch between two polls")
struct WatchStateTests {
    @Test("a plan that replaces another adds, removes and changes chats, and keeps the rest as it was")
    func adopt() throws {
        var simulation = WatchSimulation(4)
        simulation.run(for: .seconds(600))
        let digest = simulation.state.chats["c2"]?.seenAt
        var plan = WatchSimulation.plan(2..<6)
        plan.chats[0].label = "Board"
        plan.chats[1].terms.interval = .seconds(120)
        simulation.state.adopt(plan, known: WatchMemory(), at: simulation.now)
        #expect(simulation.state.ids == ["c2", "c3", "c4", "c5"])
        #expect(simulation.state.chats["c2"]?.plan.label == "Board")
        #expect(simulation.state.chats["c2"]?.seenAt == digest)
        let since = simulation.now
        simulation.run(for: .seconds(3600))
        #expect(Set(simulation.polls(since: since)) == ["c2", "c3", "c4", "c5"])
        #expect(simulation.gaps("c3", since: since).allSatisfy { $0 > .seconds(110) })
        #expect(simulation.gaps("c4", since: since).allSatisfy { $0 < .seconds(30) })
    }

    @Test("a chat that comes back is known by what was stored of it")
    func remembered() {
        var simulation = WatchSimulation(0)
        let rate = LearnedRate(changes: 30, exposure: 86_400, lastPoll: WatchSimulation.start)
        var known = WatchMemory()
        known.schedule.rates["c0"] = rate
        simulation.state.adopt(WatchSimulation.plan(0..<1), known: known, at: simulation.now)
        #expect(simulation.state.schedule.learned(of: "c0") == rate)
    }

    @Test("a chat that is known to be dismissed is not polled, unless asked for, and then once")
    func dismissed() {
        var simulation = WatchSimulation(0)
        var known = WatchMemory()
        known.states["c1"] = .dismissed
        simulation.state.adopt(WatchSimulation.plan(0..<2), known: known, at: simulation.now)
        simulation.run(for: .seconds(86_400))
        #expect(Set(simulation.polls(since: WatchSimulation.start)) == ["c0"])
        simulation.state.ask("c1", ticket: PollTicket(), at: simulation.now)
        let asked = simulation.now
        simulation.run(for: .seconds(86_400))
        #expect(simulation.polls(since: asked).filter { $0 == "c1" }.count == 1)
    }

    @Test("chats are counted as the store knows them, and as new before their first answer")
    func counts() throws {
        let now = WatchSimulation.start
        var simulation = WatchSimulation(0)
        var known = WatchMemory()
        known.states = ["c1": .watched, "c2": .unreachable, "c3": .dismissed]
        simulation.state.adopt(WatchSimulation.plan(0..<5), known: known, at: now)
        func counts() -> [Int] {
            let counts = simulation.state.counts
            return [counts.new, counts[.watched], counts[.unreachable], counts[.dismissed]]
        }
        func finish(_ reading: ChatReading, _ advance: Advance?) {
            _ = simulation.state.finish("c0", MeteredReading(reading, calls: 1), advance, wall: now, steady: now)
        }
        #expect(counts() == [2, 1, 1, 1])
        let refusal = Refusal(code: 40016, message: "m")
        finish(.refused(refusal), nil)
        #expect(counts() == [2, 1, 1, 1])
        let first = try #require(ChatState(id: "c0").observing(Snapshot(), at: now))
        finish(.unchanged, first)
        #expect(counts() == [1, 2, 1, 1])
        finish(.refused(refusal), first.state.refused(refusal.told, at: now))
        #expect(counts() == [1, 1, 2, 1])
        // One stays, one comes as the store knows it, one is new, and the rest are gone.
        known.states = ["c5": .watched]
        simulation.state.adopt(WatchSimulation.plan(3..<6), known: known, at: now)
        #expect(counts() == [1, 1, 0, 1])
        #expect(simulation.state.counts.total == 3)
    }

    @Test("a chat that goes while its poll is on its way leaves nothing behind")
    func gone() {
        var simulation = WatchSimulation(1, callsPerMonth: 5000)
        let used = simulation.state.schedule.budget.used
        #expect(simulation.state.next(at: simulation.now) == .poll("c0"))
        simulation.state.adopt(WatchSimulation.plan(1..<2, callsPerMonth: 5000), known: .init(), at: simulation.now)
        simulation.state.abandon("c0", at: simulation.now)
        #expect(simulation.state.inFlight.isEmpty)
        #expect(simulation.state.schedule.budget.used == used)
    }

    @Test("a chat that changes, or goes and comes back, while its poll is out is not polled twice at once")
    func changedInFlight() {
        for isReturning in [true, false] {
            var simulation = WatchSimulation(1)
            simulation.run(for: .seconds(60))
            while case .wait(let until) = simulation.state.next(at: simulation.now) { simulation.now = until }
            if isReturning {
                simulation.state.adopt(WatchSimulation.plan(0..<0), known: .init(), at: simulation.now)
            }
            var plan = WatchSimulation.plan(0..<1)
            plan.chats[0].terms.interval = .seconds(20)
            simulation.state.adopt(plan, known: .init(), at: simulation.now)
            #expect(simulation.state.next(at: simulation.now + .seconds(3600)) == .idle)
            let end = simulation.now + .seconds(3601)
            _ = simulation.state.finish("c0", .unchanged, nil, wall: end, steady: end)
            #expect(simulation.state.next(at: end + .seconds(60)) == .poll("c0"))
        }
    }

    @Test("who asks while a chat is being polled gets the poll after that")
    func ticketInFlight() {
        var simulation = WatchSimulation(1)
        let now = simulation.now
        #expect(simulation.state.next(at: now) == .poll("c0"))
        simulation.state.ask("c0", ticket: PollTicket(), at: now)
        _ = simulation.state.finish("c0", .unchanged, nil, wall: now, steady: now)
        #expect(simulation.state.takeTickets(of: "c0").isEmpty)
        let later = now + .seconds(10)
        #expect(simulation.state.next(at: later) == .poll("c0"))
        _ = simulation.state.finish("c0", .unchanged, nil, wall: later, steady: later)
        #expect(simulation.state.takeTickets(of: "c0").count == 1)
    }

    @Test("a chat counts as lost after three refusals in a row, of that kind only")
    func lost() {
        var chat = WatchedChat(WatchPlan.Chat(id: "c"))
        let refusal = Refusal(code: 40016, message: "m")
        let range: ClosedRange<Duration> = .seconds(1) ... .seconds(100)
        let now = WatchSimulation.start
        for reading in [ChatReading.refused(refusal), .refused(Refusal(code: 49000, message: "")), .refused(refusal)] {
            #expect(!chat.isLost(after: refusal))
            _ = chat.note(reading, at: now, interval: range)
        }
        #expect(!chat.isLost(after: refusal))
        _ = chat.note(.refused(refusal), at: now, interval: range)
        #expect(chat.isLost(after: refusal))
        _ = chat.note(.unchanged, at: now, interval: range)
        #expect(!chat.isLost(after: refusal))
    }
}
