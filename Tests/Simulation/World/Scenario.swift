import Chats
import Deliveries
import Scheduling
import Telemetry
import Time
import Watcher

/// What a seed makes of a world: who is watched, who receives, what goes wrong and how often.
///
/// Every seed leaves out some kinds of fault altogether. A world in which everything fails at once hides what a rare
/// combination would show.
struct Scenario: Sendable {
    /// How often, in a thousand.
    struct Faults: Sendable {
        /// Of exchanges with either side.
        var network = 0
        /// Of receivers' moods that are bad ones.
        var receiver = 0
        /// Of platform's moods that are bad ones.
        var platform = 0
        /// Of single answers of the platform that leave out what they like.
        var omission = 0
        /// Of calls on the store that fail; what they were to write may be written.
        var store = 0
        /// Of processes that die before their time.
        var crash = 0
        /// Of moments at which somebody may set the wall clock.
        var clock = 0
        /// Of moments at which an operator may do something.
        var operation = 0
    }

    static let start = Timestamp(seconds: 1_795_416_000)
    static let secret = "whsec_c2ltdWxhdGlvbi1zaW11bGF0aW9uLXNpbXVsYXRpb24="

    var faults = Faults()
    var chats: [WatchPlan.Chat] = []
    var endpoints: [Endpoint] = []
    /// How long things change and fail; then all is well until nothing is left to be done.
    var turmoil: Duration
    /// Milliseconds between two changes of the groups.
    var changeGap: ClosedRange<Int>
    var interval: ClosedRange<Duration>
    /// Milliseconds that a write takes.
    var storeLatency: ClosedRange<Int>
    /// How long what is finished is kept.
    var retention: Duration

    init(_ chance: Chance) {
        turmoil = chance.says(850) ? chance.milliseconds(30_000...240_000) : chance.milliseconds(240_000...900_000)
        changeGap = chance.pick([500...5_000, 2_000...20_000, 10_000...60_000])
        interval = .seconds(chance.number(in: 5...30)) ... .seconds(chance.number(in: 60...180))
        storeLatency = chance.pick([0...0, 0...20, 1...400])
        retention = chance.says(200) ? chance.milliseconds(10_000...120_000) : .seconds(86_400 * 30)
        chats = (0..<chance.number(in: 1...4)).map { WatchPlan.Chat(id: "chat\($0)", label: "L\($0)") }
        endpoints = (0..<chance.number(in: 1...3)).map { Self.endpoint("e\($0)", chance) }
        faults = Self.faults(chance)
    }

    private static func faults(_ chance: Chance) -> Faults {
        func some(_ levels: [Int]) -> Int { chance.says(600) ? chance.pick(levels) : 0 }
        return Faults(
            network: some([20, 100, 300]), receiver: some([200, 500, 800]), platform: some([200, 500]),
            omission: some([100, 400]), store: some([2, 10]), crash: some([300, 900]), clock: some([200]),
            operation: some([300, 800]))
    }

    private static func endpoint(_ name: String, _ chance: Chance) -> Endpoint {
        let format: any Format =
            switch chance.number(in: 0...9) {
            case 0...4: StandardFormat()
            case 5...6: DingTalkFormat()
            case 7: CloudEventsFormat()
            default: CloudEventsBatchFormat()
            }
        let rate =
            chance.says(300) ? Rate(count: chance.number(in: 1...6), per: .seconds(chance.number(in: 2...20))) : nil
        // A short schedule is used up in some worlds, a long one never is.
        let steps = chance.says(300) ? chance.number(in: 2...5) : 400
        return Endpoint(
            name: name, url: Secret("https://\(name).example.com/hook"), format: format,
            filter: chance.says(200) ? Filter(events: [Filter.Pattern("chat.*")]) : Filter(),
            signers: signers, ordering: chance.says(250) ? .none : .chat, concurrency: chance.pick([1, 2, 16]),
            rate: rate, overflow: format.supportsDigests && chance.says(700) ? .digest : .queue,
            timeout: .seconds(chance.number(in: 2...15)),
            retry: RetryPolicy(
                schedule: Array(repeating: chance.milliseconds(1_000...60_000), count: steps),
                maxAge: chance.says(150) ? .seconds(chance.number(in: 60...600)) : .seconds(86_400)))
    }

    private static let signers: [any Signer] = [try? StandardSigner(secret: secret)].compactMap { $0 }

    func plan(_ endpoints: [Endpoint]) -> WatchPlan {
        WatchPlan(
            chats: chats,
            policy: WatchPlan.Policy(
                limits: IndexSchedule.Limits(callsPerSecond: 15, interval: interval), callsPerMonth: nil,
                subscriptions: Subscriptions(endpoints)))
    }
}
