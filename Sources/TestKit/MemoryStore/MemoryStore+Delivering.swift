import Chats
import Deliveries
package import Store
package import Time

extension MemoryStore {
    package func claim(_ request: ClaimRequest) throws(StoreError) -> Claim {
        try check()
        newestClaim = max(newestClaim ?? request.now, request.now)
        guard let rows = endpoints[request.endpoint] else { return Claim(lanes: [], nextDue: nil, hasMore: false) }
        let free = rows.due.filter { !request.held.contains($0.key) }
        let due = free.filter { $0.value <= request.now }
            .sorted { ($0.value, $0.key.number) < ($1.value, $1.key.number) }
        let lanes = due.prefix(max(request.lanes, 0)).map { lane, due in
            let first = (rows.pending[lane] ?? [:]).sorted { $0.key < $1.key }.prefix(max(request.perLane, 0))
            let deliveries = first.compactMap { number, row in
                (events[number]?.record.event).map { event in
                    Delivery(
                        key: DeliveryKey(endpoint: request.endpoint, lane: lane, event: number), event: event,
                        queuedAt: row.queuedAt, attempts: row.attempts, failures: row.failures)
                }
            }
            return Claim.ClaimedLane(lane: lane, due: due, deliveries: deliveries)
        }
        let hasMore = due.count > request.lanes
        let nextDue = hasMore ? nil : free.values.filter { $0 > request.now }.min()
        return Claim(lanes: lanes, nextDue: nextDue, hasMore: hasMore)
    }

    package func record(_ entry: LedgerEntry) throws(StoreError) {
        try check()
        for outcome in entry.outcomes { settle(outcome) }
        for start in entry.starts { begin(start) }
    }

    private func begin(_ start: LedgerEntry.Start) {
        note(start.at)
        let key = start.delivery
        guard let row = endpoints[key.endpoint]?.pending[key.lane]?[key.event], row.attempts + 1 == start.number else {
            return
        }
        endpoints[key.endpoint]?.pending[key.lane]?[key.event]?.attempts = start.number
        openAttempts[DeliveryID(key)] = start
    }

    private func settle(_ outcome: LedgerEntry.Outcome) {
        note(outcome.at)
        let key = outcome.delivery
        guard let row = endpoints[key.endpoint]?.pending[key.lane]?[key.event] else { return }
        if var attempt = outcome.attempt {
            attempt.response = Array(attempt.response.prefix(Attempt.responseLimit))
            let isKnown = attempts[DeliveryID(key)]?.contains { $0.number == attempt.number } ?? false
            guard !isKnown else { return }
            attempts[DeliveryID(key), default: []].append(attempt)
            openAttempts[DeliveryID(key)] = nil
        }
        switch outcome.resolution {
        case .retry(let due, let failures):
            endpoints[key.endpoint]?.pending[key.lane]?[key.event]?.failures = failures
            endpoints[key.endpoint]?.due[key.lane] = due
        case .delivered:
            finish(key, row, as: .delivered, reason: nil, at: outcome.at)
        case .dead(let reason):
            finish(key, row, as: .dead, reason: reason, at: outcome.at)
        }
    }

    private func finish(
        _ key: DeliveryKey, _ row: PendingRow, as state: DeliveryState, reason: String?, at time: Timestamp
    ) {
        endpoints[key.endpoint]?.pending[key.lane]?[key.event] = nil
        if endpoints[key.endpoint]?.pending[key.lane]?.isEmpty ?? false {
            endpoints[key.endpoint]?.pending[key.lane] = nil
            endpoints[key.endpoint]?.due[key.lane] = nil
        }
        endpoints[key.endpoint]?.finished[key.event] = FinishedRow(
            lane: key.lane, state: state, finishedAt: time, queuedAt: row.queuedAt, attempts: row.attempts,
            reason: reason)
        endpoints[key.endpoint]?.state.counts.pending -= 1
        count(state, by: 1, of: key.endpoint)
    }

    func count(_ state: DeliveryState, by delta: Int, of endpoint: Int64) {
        switch state {
        case .pending: endpoints[endpoint]?.state.counts.pending += delta
        case .delivered: endpoints[endpoint]?.state.counts.delivered += delta
        case .dead: endpoints[endpoint]?.state.counts.dead += delta
        }
    }

    package func expedite(endpoint: Int64, at time: Timestamp) throws(StoreError) -> Int {
        try check()
        let waiting = endpoints[endpoint]?.due.filter { $0.value > time } ?? [:]
        for lane in waiting.keys { endpoints[endpoint]?.due[lane] = time }
        return waiting.count
    }

    package func replay(_ selection: ReplaySelection, at time: Timestamp) throws(StoreError) -> Int {
        try check()
        note(time)
        let selected = selected(by: selection)
        for id in selected {
            guard let row = endpoints[id.endpoint]?.finished.removeValue(forKey: id.event) else { continue }
            count(row.state, by: -1, of: id.endpoint)
            let pending = PendingRow(queuedAt: time, attempts: row.attempts, failures: 0)
            enqueue(pending, event: id.event, lane: row.lane, endpoint: id.endpoint, due: time)
            let due = min(filed(row.lane, of: id.endpoint) ?? time, time)
            endpoints[id.endpoint]?.due[row.lane] = due
        }
        return selected.count
    }

    private func selected(by selection: ReplaySelection) -> [DeliveryID] {
        switch selection {
        case .deliveries(let ids):
            return ids.filter { endpoints[$0.endpoint]?.finished[$0.event] != nil }
        case .endpoint(let name, let state, let since, let until):
            guard let number = numbers[name], let rows = endpoints[number] else { return [] }
            let finished = rows.finished.filter { event, row in
                row.state == state && happened(event, since: since, until: until)
            }
            return finished.keys.sorted().map { DeliveryID(event: $0, endpoint: number) }
        }
    }
}

extension MemoryStore {
    func happened(_ event: Int64, since: Timestamp?, until: Timestamp?) -> Bool {
        guard let time = events[event]?.event.timestamp else { return false }
        return (since.map { time >= $0 } ?? true) && (until.map { time < $0 } ?? true)
    }
}

extension DeliveryID {
    init(_ key: DeliveryKey) {
        self.init(event: key.event, endpoint: key.endpoint)
    }
}
