import Chats
import Deliveries
import JSON
import Store
import Time

/// What one client follows: events from its own position on, deliveries as they are judged, and the status when it changed.
struct EventStream: Sendable {
    static let statusInterval: Duration = .seconds(5)
    static let keepAliveInterval: Duration = .seconds(15)
    /// Between two looks at the store: many rings close together are one.
    static let pace: Duration = .milliseconds(100)
    /// Events can be large: few are held at once.
    private static let eventBatch = 50
    private static let deliveryBatch = 25

    let backing: Backing
    let listener: Feed.Listener
    let type: Filter.Pattern?
    let chat: String?
    /// Events behind this number are new.
    private var position: Int64
    private var place: Int
    private var lastStatus: JSONObject?
    private var statusAt: Timestamp
    private var quietSince: Timestamp

    init(backing: Backing, listener: Feed.Listener, type: Filter.Pattern?, chat: String?, position: Int64) {
        self.backing = backing
        self.listener = listener
        self.type = type
        self.chat = chat
        self.position = position
        place = listener.place
        statusAt = backing.time.steady
        quietSince = statusAt
    }

    /// Until the client is gone, the server stops, or the store fails.
    @concurrent mutating func run(_ writer: inout any StreamWriter) async throws {
        let time = backing.time
        while !listener.isClosed, !Task.isCancelled {
            let begun = time.steady
            // Whether there is more at once. Only the statuses in between keep a full stream from showing nothing else.
            let hasMore = try await sendEvents(&writer)
            let hasMoreDeliveries = try await sendDeliveries(&writer)
            if time.steady >= statusAt { try await sendStatus(&writer) }
            if time.steady >= quietSince + Self.keepAliveInterval {
                try await write(ServerSentEvent.comment("keep-alive"), to: &writer)
            }
            guard !hasMore else { continue }
            if !hasMoreDeliveries {
                await listener.wait(until: min(statusAt, quietSince + Self.keepAliveInterval), time)
            }
            try await time.sleep(until: begun + Self.pace)
        }
    }

    @concurrent private mutating func write(_ bytes: [UInt8], to writer: inout any StreamWriter) async throws {
        try await writer.write(bytes)
        quietSince = backing.time.steady
    }

    @concurrent private mutating func sendEvents(_ writer: inout any StreamWriter) async throws -> Bool {
        let query = EventQuery(chat: chat, type: type, after: position, limit: Self.eventBatch)
        let records = try await backing.store.events(query)
        for record in records {
            try await write(
                ServerSentEvent.message("event", id: record.number, data: record.event.body), to: &writer)
            position = record.number
        }
        return records.count == Self.eventBatch
    }

    @concurrent private mutating func sendDeliveries(_ writer: inout any StreamWriter) async throws -> Bool {
        let (ids, next) = listener.deliveries(from: place, limit: Self.deliveryBatch)
        place = next
        for id in ids {
            guard let record = try await backing.store.delivery(id)?.record, isWanted(record) else { continue }
            let json = DeliveryResource(record: record).json
            try await write(ServerSentEvent.message("delivery", data: json.serialized()), to: &writer)
        }
        return ids.count == Self.deliveryBatch
    }

    private func isWanted(_ record: DeliveryRecord) -> Bool {
        (type?.matches(record.type) ?? true) && (chat.map { record.chat == $0 } ?? true)
    }

    /// It carries the position too: so a client that has not seen an event yet goes on from here as well.
    @concurrent private mutating func sendStatus(_ writer: inout any StreamWriter) async throws {
        statusAt = backing.time.steady + Self.statusInterval
        let json = try await backing.status().json
        // The time of day is no news.
        var news = json.objectValue ?? JSONObject()
        news["now"] = nil
        guard news != lastStatus else { return }
        lastStatus = news
        try await write(ServerSentEvent.message("status", id: position, data: json.serialized()), to: &writer)
    }
}
