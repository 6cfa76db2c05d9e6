import Chats
import Deliveries
import Store
import TestKit
import Time

/// All that a store lists, and what a query should find of it, said as plainly as can be.
struct Listing {
    private let events: [(record: EventRecord, event: Event)]
    private let deliveries: [DeliveryRecord]
    private let times: [Int64: Timestamp]

    init(of store: any Store) async throws {
        events = try await store.events(EventQuery(limit: .max)).compactMap { record in
            record.event.decoded().map { (record, $0) }
        }
        deliveries = try await store.deliveries(DeliveryQuery(limit: .max))
        times = Dictionary(uniqueKeysWithValues: events.map { ($0.record.number, $0.event.timestamp) })
    }

    func events(_ query: EventQuery) -> [EventRecord] {
        var found = events.filter { record, event in
            (query.chat == nil || event.chat?.id == query.chat) && (query.type?.matches(event.type) ?? true)
                && happened(event.timestamp, query.since, query.until)
                && record.number < query.before ?? .max && record.number > query.after ?? .min
        }
        if query.after != nil { found.reverse() }
        return found.prefix(query.limit).map(\.record)
    }

    func deliveries(_ query: DeliveryQuery) -> [DeliveryRecord] {
        let found = deliveries.filter { record in
            (query.endpoint == nil || record.endpoint == query.endpoint)
                && (query.state == nil || record.state == query.state)
                && (query.chat == nil || record.chat == query.chat) && (query.type?.matches(record.type) ?? true)
                && (query.event == nil || record.id.event == query.event)
                && times[record.id.event].map { happened($0, query.since, query.until) } ?? false
        }
        let start = query.after.flatMap { after in
            found.firstIndex {
                $0.id.event < after.event || $0.id.event == after.event && $0.id.endpoint > after.endpoint
            }
        }
        return Array(found.dropFirst(query.after == nil ? 0 : start ?? found.count).prefix(query.limit))
    }

    private func happened(_ time: Timestamp, _ since: Timestamp?, _ until: Timestamp?) -> Bool {
        (since.map { time >= $0 } ?? true) && (until.map { time < $0 } ?? true)
    }

    // MARK: - Queries

    private static let patterns = [
        "*", "chat.*", "chat.watched", "chat.renamed", "chat.muted", "chat.m*", "watch.*", "endpoint.test", "nonsense",
    ]

    func randomEventQuery(_ generator: inout SeededGenerator) -> EventQuery {
        var query = EventQuery(limit: limit(&generator))
        if chance(&generator) { query.chat = chat(&generator) }
        if chance(&generator) { query.type = pattern(&generator) }
        if chance(&generator) { query.since = time(&generator) }
        if chance(&generator) { query.until = time(&generator) }
        if chance(&generator) { query.before = number(&generator) }
        if chance(&generator) { query.after = number(&generator) }
        return query
    }

    func randomDeliveryQuery(_ generator: inout SeededGenerator) -> DeliveryQuery {
        var query = DeliveryQuery(limit: limit(&generator))
        if chance(&generator) { query.endpoint = deliveries.randomElement(using: &generator)?.endpoint }
        if chance(&generator) { query.state = DeliveryState.allCases.randomElement(using: &generator) }
        if chance(&generator) { query.chat = chat(&generator) }
        if chance(&generator) { query.type = pattern(&generator) }
        if chance(&generator), chance(&generator) { query.event = number(&generator) }
        if chance(&generator) { query.since = time(&generator) }
        if chance(&generator) { query.until = time(&generator) }
        if chance(&generator) { query.after = deliveries.randomElement(using: &generator)?.id }
        return query
    }

    private func chance(_ generator: inout SeededGenerator) -> Bool {
        Int.random(in: 0..<3, using: &generator) == 0
    }

    private func limit(_ generator: inout SeededGenerator) -> Int {
        [1, 2, 5, 100, .max].randomElement(using: &generator) ?? 1
    }

    private func chat(_ generator: inout SeededGenerator) -> String? {
        events.randomElement(using: &generator)?.event.chat?.id
    }

    private func pattern(_ generator: inout SeededGenerator) -> Filter.Pattern? {
        Self.patterns.randomElement(using: &generator).map(Filter.Pattern.init)
    }

    private func time(_ generator: inout SeededGenerator) -> Timestamp? {
        let early = Int64.random(in: -1...1, using: &generator)
        return events.randomElement(using: &generator).map { $0.event.timestamp + .milliseconds(early) }
    }

    private func number(_ generator: inout SeededGenerator) -> Int64? {
        events.randomElement(using: &generator)?.record.number
    }
}
