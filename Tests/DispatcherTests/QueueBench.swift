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
    private(set) var inFlight: [OpenRequest] = []
    /// Everything that went out, in order.
    private(set) var sent: [OpenRequest] = []
    private(set) var transitions: [Transition] = []
    private(set) var saves = 0
    /// How often what had not left was to be taken back. Here everything leaves at once.
    private(set) var recalls = 0
    private var chats: [String: ChatHistory] = [:]

    init(
        concurrency: Int = 16, ahead: Int = 0, rates: [Rate] = [], merger: (any Format)? = nil,
        retry: RetryPolicy = RetryPolicy(),
        ordering: Ordering = .chat
    ) async throws {
        policy = EndpointQueue.Policy(
            concurrency: concurrency, ahead: ahead, rates: rates, merger: merger, retry: retry)
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
            inFlight += work.requests
            sent += work.requests
            transitions += work.transitions
            recalls += work.recalls ? 1 : 0
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
        try await answer(at: index, Verdict(outcome, rule: "\(outcome)"), jitter: jitter)
    }

    mutating func answer(at index: Int = 0, _ verdict: Verdict, jitter: Double = 0.5) async throws {
        finish(at: index, verdict, jitter: jitter)
        try await work()
    }

    /// Answers all that are in flight at once.
    mutating func answerAll(_ outcome: Verdict.Outcome) async throws {
        while !inFlight.isEmpty { finish(at: 0, Verdict(outcome, rule: "\(outcome)"), jitter: 0.5) }
        try await work()
    }

    private mutating func finish(at index: Int, _ verdict: Verdict, jitter: Double) {
        let ended = inFlight.remove(at: index).ended(verdict)
        queue.finish(ended, at: Moment(steady: now, wall: now), jitter: jitter)
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

    /// Sleeps until a message goes out, at most a few times. False when none does.
    mutating func passUntilSent() async throws -> Bool {
        let count = sent.count
        for _ in 0..<5 where sent.count == count {
            guard try await passUntilWoken() else { return false }
        }
        return sent.count > count
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
        queue = EndpointQueue(policy: policy, state: state[0], ratesUsedUpAt: now)
        try await work()
    }

    // MARK: - What to look at

    /// What went out, as `chat sequence`.
    var trail: [String] { sent.flatMap(\.places) }
    var pendingPlaces: [String] { inFlight.flatMap(\.places) }
    /// The places of each message that went out.
    var messages: [[String]] { sent.map(\.places) }

    func counts() async throws -> EndpointState.Counts {
        try await store.endpointStates()[0].counts
    }

    func records() async throws -> [DeliveryRecord] {
        try await store.deliveries(DeliveryQuery(limit: 100_000))
    }
}

extension OpenRequest {
    /// Of a message of one.
    var delivery: Delivery { tries[0].delivery }
    var number: Int { tries[0].number }
    var places: [String] { tries.map { $0.delivery.event.place } }

    func ended(_ verdict: Verdict) -> EndedRequest {
        let tries = tries.map { open in
            EndedAttempt(
                delivery: open.delivery,
                attempt: Attempt(
                    number: open.number, startedAt: open.startedAt, duration: .zero, result: verdict.result,
                    status: nil,
                    rule: verdict.rule, response: []))
        }
        return EndedRequest(tries: tries, verdict: verdict)
    }
}

extension StoredEvent {
    /// `chat sequence`: which event it is.
    var place: String {
        guard let event = decoded() else { return "damaged" }
        return "\(event.chat?.id ?? "-") \(event.sequence)"
    }
}
