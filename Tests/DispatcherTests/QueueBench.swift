import Chats
import Deliveries
import Store
import Telemetry
import TestKit
import Time

@testable import Dispatcher

/// Drives an `EndpointQueue` on a store in memory. Time, verdicts and crashes are the test's; there is no task and no clock.
struct QueueBench {
    static let start = Timestamp(seconds: 1_795_416_000)

    let store = MemoryStore()
    let policy: EndpointQueue.Policy
    private let subscriptions: Subscriptions
    private(set) var queue: EndpointQueue
    private(set) var now = Self.start
    private(set) var inFlight: [OpenAttempt] = []
    /// Everything that went out, in order.
    private(set) var sent: [OpenAttempt] = []
    private(set) var transitions: [Transition] = []
    private(set) var saves = 0
    private var chats: [String: ChatHistory] = [:]

    init(
        concurrency: Int = 16, rate: Rate? = nil, retry: RetryPolicy = RetryPolicy(),
        ordering: Ordering = .chat
    ) async throws {
        policy = EndpointQueue.Policy(concurrency: concurrency, rate: rate, retry: retry)
        let endpoint = Endpoint(
            name: "ci", url: Secret("https://ci.example.com/"), format: StandardFormat(), ordering: ordering)
        subscriptions = Subscriptions([endpoint])
        let state = try await store.register(endpoints: ["ci"])
        queue = EndpointQueue(policy: policy, state: state[0])
    }

    /// Queues events of a chat and lets the queue hear of it.
    mutating func enqueue(_ chat: String, _ count: Int = 1) async throws {
        for _ in 0..<count {
            guard let advance = chats[chat, default: ChatHistory(chat)].next(at: now) else { continue }
            try await store.commit(advance, to: subscriptions)
        }
        queue.wake()
        try await work()
    }

    /// Does what a worker does until there is nothing left to do at this time.
    mutating func work() async throws {
        let moment = Moment(steady: now, wall: now)
        while true {
            let work = queue.advance(at: moment)
            try await store.record(work.entry)
            inFlight += work.attempts
            sent += work.attempts
            transitions += work.transitions
            if let state = work.state {
                saves += 1
                try await store.save(state)
            }
            if let endpoint = work.expedited { _ = try await store.expedite(endpoint: endpoint, at: now) }
            guard let request = queue.claimRequest(at: now) else { return }
            queue.take(try await store.claim(request), of: request)
        }
    }

    /// Lets the receiver answer the oldest request that is in flight.
    mutating func answer(_ outcome: Verdict.Outcome, jitter: Double = 0.5) async throws {
        try await answer(at: 0, outcome, jitter: jitter)
    }

    mutating func answer(at index: Int, _ outcome: Verdict.Outcome, jitter: Double = 0.5) async throws {
        finish(at: index, outcome, jitter: jitter)
        try await work()
    }

    /// Answers all that are in flight at once.
    mutating func answerAll(_ outcome: Verdict.Outcome) async throws {
        while !inFlight.isEmpty { finish(at: 0, outcome, jitter: 0.5) }
        try await work()
    }

    private mutating func finish(at index: Int, _ outcome: Verdict.Outcome, jitter: Double) {
        let open = inFlight.remove(at: index)
        let verdict = Verdict(outcome, rule: "\(outcome)")
        let attempt = Attempt(
            number: open.number, startedAt: open.startedAt, duration: .zero, result: verdict.result, status: nil,
            rule: verdict.rule, response: [])
        queue.finish(
            EndedAttempt(delivery: open.delivery, attempt: attempt, verdict: verdict),
            at: Moment(steady: now, wall: now), jitter: jitter)
    }

    mutating func pass(_ duration: Duration) async throws {
        now = now + duration
        try await work()
    }

    /// Sleeps as a worker would: until the queue wants to be asked again. False when it wants nothing.
    mutating func passUntilWoken() async throws -> Bool {
        guard let time = queue.wakeTime(at: now) else { return false }
        now = max(now, time)
        try await work()
        return true
    }

    mutating func control(_ body: (inout EndpointQueue, Moment) -> Void) async throws {
        body(&queue, Moment(steady: now, wall: now))
        try await work()
    }

    /// The process dies and another one begins. What was in flight may have arrived or not: nobody knows.
    mutating func crash() async throws {
        inFlight = []
        _ = try await store.recover(at: now)
        let state = try await store.register(endpoints: ["ci"])
        queue = EndpointQueue(policy: policy, state: state[0])
        try await work()
    }

    // MARK: - What to look at

    /// What went out, as `chat sequence`.
    var trail: [String] { sent.map { $0.delivery.event.place } }
    var pendingPlaces: [String] { inFlight.map { $0.delivery.event.place } }

    func counts() async throws -> EndpointState.Counts {
        try await store.endpointStates()[0].counts
    }

    func records() async throws -> [DeliveryRecord] {
        try await store.deliveries(DeliveryQuery(limit: 100_000))
    }
}

extension StoredEvent {
    /// `chat sequence`: which event it is.
    var place: String {
        guard let event = decoded() else { return "damaged" }
        return "\(event.chat?.id ?? "-") \(event.sequence)"
    }
}
