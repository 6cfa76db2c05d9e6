import Chats
package import Deliveries
package import Store
package import Time

extension MemoryStore {
    package func events(_ query: EventQuery) throws(StoreError) -> [EventRecord] {
        try check()
        let matching = events.values.filter { row in
            (query.chat.map { row.event.chat?.id == $0 } ?? true)
                && (query.type?.matches(row.event.type) ?? true)
                && (query.since.map { row.event.timestamp >= $0 } ?? true)
                && (query.until.map { row.event.timestamp < $0 } ?? true)
                && (query.before.map { row.record.number < $0 } ?? true)
                && (query.after.map { row.record.number > $0 } ?? true)
        }
        let isAscending = query.after != nil
        let sorted = matching.map(\.record).sorted { isAscending == ($0.number < $1.number) }
        return Array(sorted.prefix(max(query.limit, 0)))
    }

    package func event(_ id: String) throws(StoreError) -> EventRecord? {
        try check()
        return events.values.first { $0.event.id == id }?.record
    }

    package func newestEventNumber() throws(StoreError) -> Int64 {
        try check()
        return lastEvent
    }

    package func deliveries(_ query: DeliveryQuery) throws(StoreError) -> [DeliveryRecord] {
        try check()
        let matching = records().filter { record in
            (query.endpoint.map { record.endpoint == $0 } ?? true)
                && (query.state.map { record.state == $0 } ?? true)
                && (query.chat.map { record.chat == $0 } ?? true)
                && (query.type?.matches(record.type) ?? true)
                && (query.event.map { record.id.event == $0 } ?? true)
                && happened(record.id.event, since: query.since, until: query.until)
                && (query.after.map { Self.isBehind(record.id, $0) } ?? true)
        }
        return Array(matching.sorted { Self.isBehind($1.id, $0.id) }.prefix(max(query.limit, 0)))
    }

    package func delivery(_ id: DeliveryID) throws(StoreError) -> (record: DeliveryRecord, attempts: [Attempt])? {
        try check()
        return records().first { $0.id == id }.map { ($0, attempts[id] ?? []) }
    }

    package func chats(_ query: ChatQuery) throws(StoreError) -> [ChatSummary] {
        try check()
        let matching = chats.values.map { summary(of: $0.state, query) }.filter { summary in
            (query.state.map { summary.state == $0 } ?? true) && (query.ids?.contains(summary.id) ?? true)
                && (query.after.map { Self.isBehind(summary.id, $0) } ?? true)
        }
        return Array(matching.sorted { Self.isBehind($1.id, $0.id) }.prefix(max(query.limit, 0)))
    }

    private func summary(of state: ChatState, _ query: ChatQuery) -> ChatSummary {
        ChatSummary(
            id: state.id, label: state.label, name: state.snapshot?[.name], members: state.snapshot?[.members]?.count,
            state: ChatSummary.State(of: state), sequence: state.sequence, seenAt: state.seenAt,
            snapshot: query.includesSnapshots ? state.snapshot : nil)
    }

    package func chatStates() throws(StoreError) -> [String: ChatSummary.State] {
        try check()
        return chats.mapValues { ChatSummary.State(of: $0.state) }
    }

    package func oldestDue() throws(StoreError) -> [Int64: Timestamp] {
        try check()
        return endpoints.compactMapValues { $0.due.values.min() }
    }

    private static func isBehind(_ one: String, _ other: String) -> Bool {
        other.utf8.lexicographicallyPrecedes(one.utf8)
    }

    /// Newest event first; of one event, in the order of the endpoints.
    private static func isBehind(_ one: DeliveryID, _ other: DeliveryID) -> Bool {
        (other.event, one.endpoint) > (one.event, other.endpoint)
    }

    private func records() -> [DeliveryRecord] {
        endpoints.values.flatMap { rows -> [DeliveryRecord] in
            let pending = rows.pending.flatMap { lane, deliveries in
                deliveries.compactMap { event, row in
                    record(
                        event, rows.state, .pending, queuedAt: row.queuedAt, attempts: row.attempts,
                        at: rows.due[lane] ?? row.queuedAt, reason: nil)
                }
            }
            let finished = rows.finished.compactMap { event, row in
                record(
                    event, rows.state, row.state, queuedAt: row.queuedAt, attempts: row.attempts, at: row.finishedAt,
                    reason: row.reason)
            }
            return pending + finished
        }
    }

    private func record(
        _ number: Int64, _ endpoint: EndpointState, _ state: DeliveryState, queuedAt: Timestamp, attempts: Int,
        at time: Timestamp, reason: String?
    ) -> DeliveryRecord? {
        guard let event = events[number]?.event else { return nil }
        return DeliveryRecord(
            id: DeliveryID(event: number, endpoint: endpoint.number), endpoint: endpoint.name, eventID: event.id,
            chat: event.chat?.id, type: event.type, state: state, queuedAt: queuedAt, attempts: attempts,
            dueOrFinishedAt: time, reason: reason)
    }
}
