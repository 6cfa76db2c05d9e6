package import Scheduling
package import Store

/// What the store knows of the chats and of how they were polled.
package struct WatchMemory: Sendable, Equatable {
    package var schedule = ScheduleMemory()
    /// Of chats that answered at least once, by their ids.
    package var states: [String: ChatSummary.State] = [:]

    package init() {}

    init(of store: any Store) async throws(StoreError) {
        schedule = try await store.scheduleMemory()
        states = try await store.chatStates()
    }
}
