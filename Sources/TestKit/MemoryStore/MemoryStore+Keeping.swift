import Chats
import Deliveries
package import Store
package import Time

extension MemoryStore {
    package func recover(at time: Timestamp) throws(StoreError) -> Recovery {
        try check()
        let open = openAttempts
        openAttempts = [:]
        for (id, start) in open {
            let attempt = Attempt(
                number: start.number, startedAt: start.at, duration: .zero, result: .unknown, status: nil,
                rule: "the process ended before the outcome was known", response: [])
            attempts[id, default: []].append(attempt)
        }
        let pending = endpoints.values.reduce(0) { $0 + $1.state.counts.pending }
        return Recovery(openAttempts: open.count, pendingDeliveries: pending, newestTimestamp: newestTimestamp)
    }

    package func prune(before: Timestamp, limit: Int) throws(StoreError) -> Int {
        try check()
        let old = events.filter { $0.value.event.timestamp < before && !isPending($0.key) }.keys.sorted().prefix(
            max(limit, 0))
        for event in old {
            events[event] = nil
            for endpoint in endpoints.keys {
                let finished = endpoints[endpoint]?.finished.removeValue(forKey: event)
                if let finished { count(finished.state, by: -1, of: endpoint) }
                attempts[DeliveryID(event: event, endpoint: endpoint)] = nil
            }
        }
        return old.count
    }

    private func isPending(_ event: Int64) -> Bool {
        endpoints.values.contains { rows in rows.pending.values.contains { $0[event] != nil } }
    }

    package func size() throws(StoreError) -> Int {
        try check()
        return events.values.reduce(0) { $0 + $1.record.event.body.count }
    }
}
