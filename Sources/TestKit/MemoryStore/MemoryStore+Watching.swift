package import Chats
package import Deliveries
package import Store
package import Time

extension MemoryStore {
    /// The number of the row that stands for what is about no chat.
    private static let noChat: Int64 = 1

    package func chatState(_ id: String) throws(StoreError) -> ChatState? {
        try check()
        return chats[id]?.state
    }

    package func commit(_ advance: Advance, to subscriptions: Subscriptions) throws(StoreError) {
        try check()
        let id = advance.state.id
        let stored = chats[id]
        let sequence = stored?.state.sequence ?? 0
        guard (stored?.state.revision ?? 0) + 1 == advance.state.revision,
            advance.events.map(\.sequence) == Array((sequence + 1)..<(sequence + 1 + advance.events.count))
        else { throw .stale(chat: id) }
        let number = stored?.number ?? Int64(chats.count) + Self.noChat + 1
        chats[id] = (number, advance.state)
        for event in advance.events { append(event, chat: number, at: event.timestamp, to: subscriptions) }
    }

    package func announce(
        _ change: Change, at time: Timestamp, to subscriptions: Subscriptions
    ) throws(StoreError) -> Event {
        try check()
        announced += 1
        let event = Event(
            change, chat: nil, sequence: announced, observed: Event.Observed(after: nil, by: time))
        append(event, chat: Self.noChat, at: time, to: subscriptions)
        return event
    }

    private func append(_ event: Event, chat: Int64, at time: Timestamp, to subscriptions: Subscriptions) {
        note(time)
        lastEvent += 1
        let record = EventRecord(number: lastEvent, event: StoredEvent(event))
        events[lastEvent] = StoredEventRow(record: record, event: event)
        for recipient in subscriptions.recipients(of: event) {
            let lane = Lane(ordering: recipient.ordering, chat: chat, event: lastEvent)
            let row = PendingRow(queuedAt: time, attempts: 0, failures: 0)
            // Events carry the wall clock, which may be ahead of the claimers': what is new is due now.
            let due = min(time, newestClaim ?? time)
            enqueue(row, event: lastEvent, lane: lane, endpoint: number(of: recipient.endpoint), due: due)
        }
    }

    /// A lane that waits already keeps its due time.
    func enqueue(_ row: PendingRow, event: Int64, lane: Lane, endpoint: Int64, due: Timestamp) {
        endpoints[endpoint]?.pending[lane, default: [:]][event] = row
        if filed(lane, of: endpoint) == nil { endpoints[endpoint]?.due[lane] = due }
        endpoints[endpoint]?.state.counts.pending += 1
    }

    func filed(_ lane: Lane, of endpoint: Int64) -> Timestamp? {
        endpoints[endpoint]?.due[lane]
    }

    // MARK: - Endpoints

    package func register(endpoints names: [String]) throws(StoreError) -> [EndpointState] {
        try check()
        return names.compactMap { endpoints[number(of: $0)]?.state }
    }

    package func save(_ state: EndpointState) throws(StoreError) {
        try check()
        guard let counts = endpoints[state.number]?.state.counts else { return }
        endpoints[state.number]?.state = state
        endpoints[state.number]?.state.counts = counts
    }

    package func endpointStates() throws(StoreError) -> [EndpointState] {
        try check()
        return endpoints.values.map(\.state).sorted { $0.number < $1.number }
    }

    package func drop(endpoint name: String) throws(StoreError) -> Int {
        try check()
        guard let number = numbers.removeValue(forKey: name), let rows = endpoints.removeValue(forKey: number) else {
            return 0
        }
        attempts = attempts.filter { $0.key.endpoint != number }
        openAttempts = openAttempts.filter { $0.key.endpoint != number }
        return rows.state.counts.pending
    }

    private func number(of name: String) -> Int64 {
        if let number = numbers[name] { return number }
        lastEndpoint += 1
        let number = lastEndpoint
        numbers[name] = number
        endpoints[number] = EndpointRows(state: EndpointState(number: number, name: name))
        return number
    }
}
