import Scheduling
import Store
import Synchronization
import Time

/// What was learned and spent is written now and then, in batches: a poll that shows nothing new costs no transaction.
extension Watcher {
    /// What a kill may forget: this much of counting and learning, and never an event.
    private static let saveInterval: Duration = .seconds(30)
    private static let batch = 1000

    func keepBooks() async throws(StoreError) {
        while true {
            do {
                try await time.sleep(until: time.steady + Self.saveInterval)
            } catch {
                return
            }
            // Of many chats, some each time: it is their newest state that is written, however late.
            try await saveMemory(atMost: 1)
        }
    }

    /// `batches`: transactions at most.
    func saveMemory(atMost batches: Int) async throws(StoreError) {
        for _ in 0..<batches {
            guard let memory = state.withLock({ $0.schedule.takeMemory(atMost: Self.batch) }) else { return }
            try await store.save(memory)
        }
    }
}
