import Chats
import Deliveries
import Store
import TestKit
import Time

extension FaultyStore {
    func events(_ query: EventQuery) async throws(StoreError) -> [EventRecord] {
        try await read { disk throws(StoreError) in try await disk.events(query) }
    }

    func event(_ id: String) async throws(StoreError) -> EventRecord? {
        try await read { disk throws(StoreError) in try await disk.event(id) }
    }

    func newestEventNumber() async throws(StoreError) -> Int64 {
        try await read { disk throws(StoreError) in try await disk.newestEventNumber() }
    }

    func deliveries(_ query: DeliveryQuery) async throws(StoreError) -> [DeliveryRecord] {
        try await read { disk throws(StoreError) in try await disk.deliveries(query) }
    }

    func delivery(_ id: DeliveryID) async throws(StoreError) -> (record: DeliveryRecord, attempts: [Attempt])? {
        try await read { disk throws(StoreError) in try await disk.delivery(id) }
    }

    func chats(_ query: ChatQuery) async throws(StoreError) -> [ChatSummary] {
        try await read { disk throws(StoreError) in try await disk.chats(query) }
    }

    func chatStates() async throws(StoreError) -> [String: ChatSummary.State] {
        try await read { disk throws(StoreError) in try await disk.chatStates() }
    }

    func oldestDue() async throws(StoreError) -> [Int64: Timestamp] {
        try await read { disk throws(StoreError) in try await disk.oldestDue() }
    }
}
