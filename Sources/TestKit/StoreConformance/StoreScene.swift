package import Chats
package import Deliveries
package import Store
import Telemetry
package import Time

/// A store with endpoints, and short words for what happens to it. Time stands still unless it is told.
package struct StoreScene: Sendable {
    package let store: any Store
    package let subscriptions: Subscriptions
    package let endpoints: [EndpointState]

    package static let start = Timestamp(milliseconds: 1_790_000_000_000)

    /// The default is one endpoint, `a`, under `ordering: chat`.
    package init(_ store: any Store, _ endpoints: [Endpoint] = [.named("a")]) async throws {
        self.store = store
        subscriptions = Subscriptions(endpoints)
        self.endpoints = try await store.register(endpoints: endpoints.map(\.name))
    }

    package var endpoint: Int64 { endpoints[0].number }

    /// Commits `count` events of a chat, each in an advance of its own, and returns their ids.
    @discardableResult
    package func tell(_ chat: String, count: Int = 1, at time: Timestamp = Self.start) async throws -> [String] {
        var ids: [String] = []
        for _ in 0..<count {
            let state = try await store.chatState(chat) ?? ChatState(id: chat)
            let advance = try Advance.telling(after: state, at: time)
            try await store.commit(advance, to: subscriptions)
            ids += advance.events.map(\.id)
        }
        return ids
    }

    package func claim(
        _ endpoint: Int64? = nil, at time: Timestamp = Self.start, lanes: Int = 100, perLane: Int = 100,
        held: Set<Lane> = []
    ) async throws -> Claim {
        try await store.claim(
            ClaimRequest(
                endpoint: endpoint ?? self.endpoint, now: time, lanes: lanes, perLane: perLane, held: held))
    }

    /// The ids of what can be claimed, a list for each lane.
    package func claimable(_ endpoint: Int64? = nil, at time: Timestamp = Self.start) async throws -> [[String]] {
        try await claim(endpoint, at: time).lanes.map { $0.deliveries.map(\.event.id) }
    }

    /// The front delivery of the first lane that is due, which must exist.
    package func front(_ endpoint: Int64? = nil, at time: Timestamp = Self.start) async throws -> ClaimedDelivery {
        guard let lane = try await claim(endpoint, at: time, lanes: 1, perLane: 1).lanes.first else {
            throw NothingIsDue()
        }
        return ClaimedDelivery(delivery: lane.deliveries[0], laneDue: lane.due)
    }

    package func start(_ claimed: ClaimedDelivery, at time: Timestamp = Self.start) async throws {
        try await store.record(LedgerEntry(starts: [claimed.start(at: time)]))
    }

    package func end(
        _ claimed: ClaimedDelivery, _ resolution: LedgerEntry.Resolution, at time: Timestamp = Self.start
    ) async throws {
        try await store.record(LedgerEntry(outcomes: [claimed.outcome(resolution, at: time)]))
    }

    /// Starts and ends a try of the front delivery.
    @discardableResult
    package func finishFront(
        _ endpoint: Int64? = nil, _ resolution: LedgerEntry.Resolution = .delivered, at time: Timestamp = Self.start
    ) async throws -> ClaimedDelivery {
        let front = try await front(endpoint, at: time)
        try await start(front, at: time)
        try await end(front, resolution, at: time)
        return front
    }

    package func counts(_ endpoint: Int64? = nil) async throws -> EndpointState.Counts? {
        try await store.endpointStates().first { $0.number == endpoint ?? self.endpoint }?.counts
    }
}

package struct NothingIsDue: Error {}

/// What a dispatcher knows about a delivery that it holds.
package struct ClaimedDelivery: Sendable {
    package var delivery: Delivery
    package var laneDue: Timestamp

    package init(delivery: Delivery, laneDue: Timestamp) {
        self.delivery = delivery
        self.laneDue = laneDue
    }

    package var id: DeliveryID { DeliveryID(event: delivery.key.event, endpoint: delivery.key.endpoint) }

    package func start(at time: Timestamp) -> LedgerEntry.Start {
        LedgerEntry.Start(delivery: delivery.key, number: delivery.attempts + 1, at: time)
    }

    /// The outcome of the try that `start` began.
    package func outcome(_ resolution: LedgerEntry.Resolution, at time: Timestamp) -> LedgerEntry.Outcome {
        let result: Attempt.Result =
            switch resolution {
            case .delivered: .delivered
            case .dead: .rejected
            case .retry: .retry
            }
        let attempt = Attempt(
            number: delivery.attempts + 1, startedAt: time, duration: .milliseconds(12), result: result,
            status: result == .delivered ? 200 : 500, rule: "as told", response: Array("ok".utf8))
        return LedgerEntry.Outcome(
            delivery: delivery.key, laneDue: laneDue, attempt: attempt, resolution: resolution, at: time)
    }
}

extension Endpoint {
    package static func named(
        _ name: String, ordering: Ordering = .chat, filter: Filter = Filter()
    ) -> Endpoint {
        Endpoint(
            name: name, url: Secret("https://\(name).example/"), format: StandardFormat(), filter: filter,
            ordering: ordering)
    }
}

extension Advance {
    /// The advance after `state` with one event: `chat.watched` first, a new name later.
    package static func telling(after state: ChatState, at time: Timestamp) throws -> Advance {
        let answer = Snapshot(labels: [.name: "Name \(state.sequence)"])
        guard let advance = state.observing(answer, at: time) else { throw NothingIsDue() }
        return advance
    }
}
