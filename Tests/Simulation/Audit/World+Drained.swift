import Store
import TestKit
import Time
import Watcher

extension World {
    /// Whether nothing waits any more, and every group that is watched has been read since all is well.
    func isDrained(since: Timestamp) async -> Bool {
        do {
            guard try await disk.endpointStates().allSatisfy({ $0.counts.pending == 0 }) else { return false }
            let chats = try await disk.chats(ChatQuery(limit: .max))
            let resting = Set(chats.filter { $0.state == .dismissed }.map(\.id))
            return scenario.chats.allSatisfy { resting.contains($0.id) || witness.hasSeen($0.id, since: since) }
        } catch {
            return false
        }
    }
}
