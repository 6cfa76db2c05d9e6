import Chats
import Deliveries
import TestKit
import Testing

@testable import Store

@Suite("Pruning")
struct PruningTests {
    // The search and the removal are two steps on two connections; a replay may come between them.
    @Test("keeps an event whose delivery became pending after it was found")
    func race() throws {
        let directory = try TemporaryDirectory()
        let session = try WritingSession(opening: directory.database)
        let subscriptions = Subscriptions([.named("a")])
        for chat in ["c1", "c2"] {
            let advance = try Advance.telling(after: ChatState(id: chat), at: StoreScene.start)
            let heard = chat == "c1" ? subscriptions : Subscriptions([])
            #expect(try session.commit(StoredAdvance(advance, to: heard)))
        }
        try session.begin()
        #expect(try session.prune([1, 2]) == 1)
        try session.commit()
        #expect(try StoreAudit(directory.database).findings() == [])
        #expect(try session.endpointStates().map(\.counts.pending) == [1])
    }
}
