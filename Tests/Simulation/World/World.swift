import Chats
import Deliveries
import HTTPEngine
import Synchronization
import TestKit
import Time
import Watcher

/// Everything outside of the process: time, chance, the platform, the receivers, the disk, and a witness of it all.
final class World: Sendable {
    struct Turn: Sendable {
        /// As configured at the moment, in order.
        var endpoints: [Endpoint]
        var platform: Platform
        var receivers: [String: Receiver]
        /// Since when all is well.
        var calmSince: Timestamp?
        /// Requests under way, by process and endpoint.
        var inFlight: [String: Int] = [:]
        /// How often the sabotage had its way.
        var sabotaged = 0
    }

    let scenario: Scenario
    let sabotage: Sabotage?
    let chance: Chance
    let agenda: Agenda
    let wall: WallClock
    let executor = StepExecutor()
    let trace: Trace
    let witness: Witness
    let disk = MemoryStore()
    let turn: Mutex<Turn>
    private let verifier: StandardVerifier?

    init(seed: UInt64, sabotage: Sabotage?, traceLength: Int) {
        chance = Chance(seed: seed)
        let scenario = Scenario(chance)
        self.scenario = scenario
        self.sabotage = sabotage
        agenda = Agenda(at: Scenario.start)
        wall = WallClock(agenda)
        trace = Trace(agenda, limit: traceLength)
        witness = Witness(trace)
        verifier = try? StandardVerifier(secrets: [Scenario.secret])
        turn = Mutex(
            Turn(
                endpoints: scenario.endpoints, platform: Platform(scenario.chats.map(\.id), chance),
                receivers: Dictionary(uniqueKeysWithValues: scenario.endpoints.map { ($0.name, Receiver($0)) })))
    }

    var isCalm: Bool { turn.withLock { $0.calmSince != nil } }
    var endpoints: [Endpoint] { turn.withLock { $0.endpoints } }
    /// What the process is told of the endpoints.
    var configured: [Endpoint] {
        guard sabotage == .lanesIgnored else { return endpoints }
        return endpoints.map { endpoint in
            var endpoint = endpoint
            endpoint.ordering = .none
            return endpoint
        }
    }

    /// Whether a fault of such a rate strikes now.
    func strikes(_ perMille: Int) -> Bool {
        !isCalm && chance.says(perMille)
    }

    /// Whether a promise is to be broken now.
    func breaks(_ sabotage: Sabotage, _ perMille: Int = 500) -> Bool {
        guard self.sabotage == sabotage, chance.says(perMille) else { return false }
        turn.withLock { $0.sabotaged += 1 }
        trace.note("sabotage: \(sabotage.rawValue)")
        return true
    }

    // MARK: - What happens by itself

    func begin() {
        planChange()
        planMoods()
        if scenario.faults.clock > 0 { planJump() }
        agenda.plan(in: scenario.turmoil) { self.calmDown() }
    }

    private func planChange() {
        agenda.plan(in: chance.milliseconds(scenario.changeGap)) {
            guard !self.isCalm else { return }
            let words = self.turn.withLock { $0.platform.change(self.chance) }
            self.trace.note("group: \(words)")
            self.planChange()
        }
    }

    private func planMoods() {
        agenda.plan(in: chance.milliseconds(1_000...60_000)) {
            guard !self.isCalm else { return }
            self.turn.withLock { turn in
                for name in turn.receivers.keys.sorted() where self.chance.says(500) {
                    let isBad = self.chance.says(self.scenario.faults.receiver)
                    let mood = isBad ? self.chance.pick(Receiver.Mood.allCases) : .well
                    turn.receivers[name]?.mood = mood
                    self.trace.note("receiver \(name): \(mood)")
                }
                let isBad = self.chance.says(self.scenario.faults.platform)
                turn.platform.mood = isBad ? self.chance.pick(Platform.Mood.allCases) : .well
                turn.platform.omission = self.scenario.faults.omission
                if isBad, self.chance.says(100) { turn.platform.revokeTokens() }
                self.trace.note("platform: \(turn.platform.mood)")
            }
            self.planMoods()
        }
    }

    private func planJump() {
        agenda.plan(in: chance.milliseconds(10_000...120_000)) {
            guard !self.isCalm else { return }
            if self.chance.says(self.scenario.faults.clock) {
                let jump = Duration.seconds(self.chance.pick([-3600, -60, -1, 1, 60, 3600, 86_400]))
                self.wall.jump(by: jump)
                self.trace.note("the wall clock jumps by \(jump)")
            }
            self.planJump()
        }
    }

    private func calmDown() {
        trace.note("all is well from here on")
        turn.withLock { turn in
            turn.calmSince = agenda.now
            turn.platform.mood = .well
            turn.platform.omission = 0
            for name in turn.receivers.keys { turn.receivers[name]?.mood = .well }
        }
    }

    // MARK: - Receivers

    /// A message arrives.
    func receive(_ message: Message, life: Int) -> HTTPResponse? {
        let response = turn.withLock { $0.receivers[message.endpoint]?.respond(chance) }
        let isAccepted = response?.isAccepted ?? false
        trace.note(
            "\(message.endpoint) gets \(message.events.joined(separator: " ")): \(isAccepted ? "accepted" : "no")")
        witness.arrived(message, accepted: isAccepted, at: agenda.now, life: life)
        if let verifier, !message.isGenuine(by: verifier) {
            witness.report(.sameCopies, "\(message.id) for \(message.endpoint) is not signed as it must be")
        }
        return response?.http
    }

    /// Counts what one process has under way at an endpoint.
    func note(inFlight delta: Int, at endpoint: String, life: Int) {
        let (count, limit) = turn.withLock { turn in
            turn.inFlight["\(life) \(endpoint)", default: 0] += delta
            let limit = turn.endpoints.first { $0.name == endpoint }?.concurrency ?? 0
            return (turn.inFlight["\(life) \(endpoint)", default: 0], limit)
        }
        if count > limit { witness.report(.withinLimits, "\(count) requests at once at \(endpoint), \(limit) allowed") }
    }
}
