import Deliveries
import Store
import TestKit
import Testing
import Time

@testable import Admin

@Suite struct HealthTests {
    private static let start = Timestamp(seconds: 1_790_000_000)

    private func budget(spentBy: Timestamp? = nil, used: Int = 0) -> BudgetReport {
        BudgetReport(
            callsPerMonth: 5000, used: used, monthStart: Self.start, monthEnd: Self.start + .seconds(2_592_000),
            spentBy: spentBy, callsPerDay: 10)
    }

    private func endpoint(_ change: (inout EndpointState) -> Void, trouble: String? = nil) -> EndpointResource {
        var state = EndpointState(number: 1, name: "ops")
        change(&state)
        return EndpointResource(state: state, report: EndpointReport(.named("ops"), trouble: trouble))
    }

    private func health(
        _ watch: WatchReport = WatchReport(.watching), _ budget: BudgetReport? = nil,
        _ endpoints: [EndpointResource] = [],
        bytes: Int = 0
    ) -> Health {
        Health(
            watch: watch, budget: budget ?? self.budget(), endpoints: endpoints, storeBytes: bytes, storeLimit: 1000,
            now: Self.start)
    }

    @Test("nothing wrong is ok")
    func ok() {
        let health = health(WatchReport(.watching), nil, [endpoint { _ in }], bytes: 899)
        #expect(health.state == .ok)
        #expect(health.reasons.isEmpty)
    }

    @Test("what keeps changes from being seen or sent is failing; what should be looked at is a warning")
    func gravity() {
        #expect(health(WatchReport(.failing, reason: "40014")).reasons == ["the watch fails: 40014"])
        #expect(health(WatchReport(.failing)).state == .failing)
        #expect(health(WatchReport(.held, reason: "no room")).state == .failing)
        let pause = health(WatchReport(.paused, reason: "spent", pausedUntil: Self.start))
        #expect(pause.state == .warning)
        #expect(pause.reasons == ["the watch pauses until \(Self.start): spent"])
        #expect(health(bytes: 900).reasons == ["the store is 90 % full"])
        #expect(health(bytes: 900).state == .warning)
        #expect(health(bytes: 1000).state == .failing)
        #expect(health(bytes: 99_000).reasons == ["the store is over storage.maxSize"])
        var unreachable = WatchReport(.watching)
        unreachable.chats.unreachable = 2
        unreachable.lastReload = .init(at: Self.start, succeeded: false, detail: "3 problems")
        #expect(health(unreachable).reasons == ["the last reload failed: 3 problems", "2 chats are unreachable"])
    }

    @Test("a budget that will not last is a warning, once it is spent the pause says so")
    func budget() {
        #expect(health(WatchReport(.watching), budget(spentBy: Self.start + .seconds(60))).state == .warning)
        #expect(health(WatchReport(.watching), budget(spentBy: Self.start, used: 5000)).state == .ok)
    }

    @Test("a failing endpoint warns, a disabled one fails, a paused one matters when something waits for it")
    func endpoints() {
        let failing = endpoint(
            { $0.breaker = Breaker(failures: 5, failingSince: Self.start, probeAt: Self.start) }, trouble: "503")
        let disabled = endpoint { $0.disabledReason = "gone" }
        let paused = endpoint { $0.isPaused = true }
        let held = endpoint { state in
            state.isPaused = true
            state.counts.pending = 1
        }
        #expect(health(WatchReport(.watching), nil, [failing]).reasons == [#"endpoint "ops" fails: 503"#])
        #expect(health(WatchReport(.watching), nil, [paused]).state == .ok)
        #expect(health(WatchReport(.watching), nil, [held]).state == .warning)
        let both = health(WatchReport(.watching), nil, [failing, disabled])
        #expect(both.state == .failing)
        #expect(both.reasons == [#"endpoint "ops" is disabled: gone"#, #"endpoint "ops" fails: 503"#])
        let removed = EndpointResource(state: disabled.state, report: nil)
        #expect(health(WatchReport(.watching), nil, [removed]).state == .ok)
    }

    @Test("an endpoint that has accepted nothing for a minute, twice at least, warns before its breaker opens")
    func silent() {
        func endpoint(failures: Int, for age: Duration, pending: Int = 1) -> EndpointResource {
            self.endpoint(
                {
                    $0.breaker = Breaker(failures: failures, failingSince: Self.start - age)
                    $0.counts.pending = pending
                }, trouble: "status 503")
        }
        #expect(
            health(WatchReport(.watching), nil, [endpoint(failures: 2, for: .seconds(90))]).reasons == [
                #"endpoint "ops" has accepted nothing for 1m 30s: status 503"#
            ])
        #expect(health(WatchReport(.watching), nil, [endpoint(failures: 1, for: .seconds(90))]).state == .ok)
        #expect(health(WatchReport(.watching), nil, [endpoint(failures: 2, for: .seconds(59))]).state == .ok)
        #expect(
            health(WatchReport(.watching), nil, [endpoint(failures: 2, for: .seconds(90), pending: 0)]).state == .ok)
    }
}
