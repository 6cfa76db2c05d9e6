import Chats
import Deliveries
import Store
import TestKit
import Time

/// What a store should hold, said as plainly as can be: no lanes, no keys, no numbers but the deliveries' order.
struct StoreModel {
    struct Endpoint {
        var ordering: Deliveries.Ordering
        var pending: [Int: Pending] = [:]
        var finished: [Int: Finished] = [:]
        /// When a lane is due that waits; the others are due at once.
        var waiting: [String: Timestamp] = [:]
    }

    struct Pending: Equatable {
        var attempts = 0
        var failures = 0
        var open: [Int] = []
        var ended: [Attempt.Result] = []
    }

    struct Finished: Equatable {
        var state: DeliveryState
        var attempts: Int
        var ended: [Attempt.Result]
    }

    struct Event {
        var id: String
        var chat: String
        var time: Timestamp
        var isPruned = false
    }

    var events: [Event] = []
    var endpoints: [String: Endpoint] = [:]

    mutating func add(_ id: String, chat: String, at time: Timestamp) {
        events.append(Event(id: id, chat: chat, time: time))
        for name in endpoints.keys {
            endpoints[name]?.pending[events.count - 1] = Pending()
        }
    }

    func lane(of event: Int, at endpoint: String) -> String {
        endpoints[endpoint]?.ordering == .chat ? events[event].chat : events[event].id
    }

    /// The lanes that are due, each as the ids of its deliveries.
    func due(_ endpoint: String, at now: Timestamp) -> Set<[String]> {
        let lanes = Dictionary(grouping: endpoints[endpoint]?.pending.keys.sorted() ?? []) {
            lane(of: $0, at: endpoint)
        }
        return Set(
            lanes.filter { (endpoints[endpoint]?.waiting[$0.key] ?? now) <= now }.values.map {
                $0.map { events[$0].id }
            })
    }

    func nextDue(_ endpoint: String, after now: Timestamp) -> Timestamp? {
        endpoints[endpoint]?.waiting.values.filter { $0 > now }.min()
    }

    mutating func start(_ event: Int, at endpoint: String) {
        guard var row = endpoints[endpoint]?.pending[event] else { return }
        row.attempts += 1
        row.open.append(row.attempts)
        endpoints[endpoint]?.pending[event] = row
    }

    mutating func end(
        _ event: Int, at endpoint: String, try number: Int?, _ result: Attempt.Result,
        _ resolution: LedgerEntry.Resolution
    ) {
        guard var row = endpoints[endpoint]?.pending[event] else { return }
        if let number {
            guard row.open.contains(number) else { return }
            row.open.removeAll { $0 == number }
            row.ended.append(result)
        }
        let lane = lane(of: event, at: endpoint)
        switch resolution {
        case .retry(let time, let failures):
            row.failures = failures
            endpoints[endpoint]?.pending[event] = row
            endpoints[endpoint]?.waiting[lane] = time
        case .delivered, .dead:
            let state: DeliveryState = resolution == .delivered ? .delivered : .dead
            endpoints[endpoint]?.pending[event] = nil
            endpoints[endpoint]?.finished[event] = Finished(state: state, attempts: row.attempts, ended: row.ended)
            let isEmpty =
                endpoints[endpoint]?.pending.keys.allSatisfy { self.lane(of: $0, at: endpoint) != lane } ?? true
            if isEmpty { endpoints[endpoint]?.waiting[lane] = nil }
        }
    }

    /// Returns how many were waiting.
    mutating func expedite(_ endpoint: String, at now: Timestamp) -> Int {
        let waiting = endpoints[endpoint]?.waiting.filter { $0.value > now } ?? [:]
        for lane in waiting.keys {
            endpoints[endpoint]?.waiting[lane] = now
        }
        return waiting.count
    }

    mutating func replay(_ selected: [Int], at endpoint: String) {
        for event in selected {
            guard let row = endpoints[endpoint]?.finished.removeValue(forKey: event) else { continue }
            endpoints[endpoint]?.pending[event] = Pending(attempts: row.attempts, ended: row.ended)
            let lane = lane(of: event, at: endpoint)
            endpoints[endpoint]?.waiting[lane] = nil
        }
    }

    /// Returns how many were open.
    mutating func recover() -> Int {
        var count = 0
        for (name, endpoint) in endpoints {
            for (event, row) in endpoint.pending where !row.open.isEmpty {
                count += row.open.count
                endpoints[name]?.pending[event]?.ended += row.open.map { _ in .unknown }
                endpoints[name]?.pending[event]?.open = []
            }
        }
        return count
    }

    func prunable(before: Timestamp) -> [Int] {
        events.indices.filter { event in
            !events[event].isPruned && events[event].time < before
                && endpoints.values.allSatisfy { $0.pending[event] == nil }
        }
    }

    mutating func prune(_ event: Int) {
        events[event].isPruned = true
        for name in endpoints.keys {
            endpoints[name]?.finished[event] = nil
        }
    }

    func counts(_ endpoint: String) -> EndpointState.Counts {
        let rows = endpoints[endpoint]
        let finished = rows?.finished.values.map(\.state) ?? []
        return EndpointState.Counts(
            pending: rows?.pending.count ?? 0, delivered: finished.count { $0 == .delivered },
            dead: finished.count { $0 == .dead })
    }
}
