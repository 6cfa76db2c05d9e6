package import Deliveries
package import Time

// All of it on the reader's connection and thread: the writer never waits for a listing.
extension SQLiteStore {
    package nonisolated func events(_ query: EventQuery) async throws(StoreError) -> [EventRecord] {
        try await reader.read { connection throws(SQLiteError) in try connection.events(query) }
    }

    package nonisolated func event(_ id: String) async throws(StoreError) -> EventRecord? {
        try await reader.read { connection throws(SQLiteError) in try connection.event(id) }
    }

    package nonisolated func newestEventNumber() async throws(StoreError) -> Int64 {
        try await reader.read { connection throws(SQLiteError) in try connection.newestEventNumber() }
    }

    package nonisolated func deliveries(_ query: DeliveryQuery) async throws(StoreError) -> [DeliveryRecord] {
        try await reader.read { connection throws(SQLiteError) in try connection.deliveries(query) }
    }

    package nonisolated func delivery(
        _ id: DeliveryID
    ) async throws(StoreError) -> (record: DeliveryRecord, attempts: [Attempt])? {
        try await reader.read { connection throws(SQLiteError) in try connection.delivery(id) }
    }

    package nonisolated func chats(_ query: ChatQuery) async throws(StoreError) -> [ChatSummary] {
        try await reader.read { connection throws(SQLiteError) in try connection.chats(query) }
    }

    package nonisolated func chatStates() async throws(StoreError) -> [String: ChatSummary.State] {
        try await reader.read { connection throws(SQLiteError) in try connection.chatStates() }
    }

    package nonisolated func endpointStates() async throws(StoreError) -> [EndpointState] {
        try await reader.read { connection throws(SQLiteError) in try connection.endpointStates() }
    }

    package nonisolated func oldestDue() async throws(StoreError) -> [Int64: Timestamp] {
        try await reader.read { connection throws(SQLiteError) in try connection.oldestDue() }
    }
}
