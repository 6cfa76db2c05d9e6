import Chats
import Deliveries
import Synchronization
import TestKit
import Testing
import Time

@testable import Store

@Suite("Listings of many")
struct SearchTests {
    @Test("find what looking at everything finds", arguments: 1...3 as ClosedRange<UInt64>)
    func equivalence(seed: UInt64) async throws {
        let directory = try TemporaryDirectory()
        do { _ = try BulkFile(at: directory.database, events: 3_000) }
        #expect(try StoreAudit(directory.database).findings() == [])
        let store = try await SQLiteStore.open(path: directory.database)
        let listing = try await Listing(of: store)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<150 {
            let query = listing.randomEventQuery(&generator)
            #expect(try await store.events(query) == listing.events(query), "\(query)")
            let other = listing.randomDeliveryQuery(&generator)
            #expect(try await store.deliveries(other) == listing.deliveries(other), "\(other)")
        }
        await store.close()
    }

    enum Question: CaseIterable, Sendable {
        case newest, middle, ofRareType, ofNoType, lately, longAgo, behind, behindInChat, ofChatAndType, byID
        case dead, deadLately, deliveredOfRareType, deliveredOfTypeNotHeard, deliveredInMiddle, ofChat, ofEvent
        case chats, chatsOfState, lanes

        /// `events`: how many there are.
        func ask(_ database: Connection, events: Int) throws {
            let last = Int64(events)
            switch self {
            case .newest: _ = try database.events(EventQuery())
            case .middle: _ = try database.events(EventQuery(before: last / 2))
            case .ofRareType: _ = try database.events(EventQuery(type: Filter.Pattern("chat.muted"), limit: 10))
            case .ofNoType: _ = try database.events(EventQuery(type: Filter.Pattern("watch.*")))
            case .lately: _ = try database.events(EventQuery(since: BulkFile.time(events - 50)))
            case .longAgo: _ = try database.events(EventQuery(until: BulkFile.time(200)))
            case .behind: _ = try database.events(EventQuery(after: last / 2))
            case .behindInChat: _ = try database.events(EventQuery(chat: "c5", after: last - 900, limit: 10))
            case .ofChatAndType: _ = try database.events(EventQuery(chat: "c5", type: Filter.Pattern("*"), limit: 10))
            case .byID: _ = try database.event("evt_nobody")
            case .dead: _ = try database.deliveries(DeliveryQuery(state: .dead, limit: 20))
            case .deadLately:
                _ = try database.deliveries(DeliveryQuery(state: .dead, since: BulkFile.time(events - 100)))
            case .deliveredOfRareType:
                let query = DeliveryQuery(
                    endpoint: "a", state: .delivered, type: Filter.Pattern("chat.muted"), limit: 10)
                _ = try database.deliveries(query)
            case .deliveredOfTypeNotHeard:
                let query = DeliveryQuery(endpoint: "quiet", state: .delivered, type: Filter.Pattern("chat.watched"))
                _ = try database.deliveries(query)
            case .deliveredInMiddle:
                let query = DeliveryQuery(
                    endpoint: "a", state: .delivered, after: DeliveryID(event: last / 2, endpoint: 1))
                _ = try database.deliveries(query)
            case .ofChat: _ = try database.deliveries(DeliveryQuery(state: .delivered, chat: "c5", limit: 10))
            case .ofEvent: _ = try database.deliveries(DeliveryQuery(state: .delivered, event: last / 2))
            case .chats: _ = try database.chats(ChatQuery(after: "c2", limit: 10))
            case .chatsOfState: _ = try database.chats(ChatQuery(state: .unreachable))
            case .lanes: _ = try database.oldestDue()
            }
        }
    }

    @Test("cost no more when there are many more")
    func cost() throws {
        // Whole blocks more: times are searched by blocks.
        let (few, many) = (2_500, 2_500 + 8 * Int(Schema.eventBlock))
        let directory = try TemporaryDirectory()
        let costs = try [few, many].map { events in
            let database = try BulkFile(at: directory.path + "/\(events).db", events: events).session.database
            return try Question.allCases.map { question in
                let before = database.steps
                try question.ask(database, events: events)
                return database.steps - before
            }
        }
        for (index, question) in Question.allCases.enumerated() {
            let (cost, largeCost) = (costs[0][index], costs[1][index])
            #expect(largeCost < cost + cost / 2 + 500, "\(question): \(cost) steps, with more \(largeCost)")
        }
    }

    @Test("do not wait for a transaction that is being written")
    func independence() async throws {
        let directory = try TemporaryDirectory()
        let gate = try Gate()
        let store = try await SQLiteStore.open(path: directory.database) { _ in gate.pass() }
        gate.open(2)
        let scene = try await StoreScene(store)
        try await scene.tell("c1")
        // The writing thread stands still behind this one's commit.
        let isStuck = Mutex(true)
        async let stuck: Void = {
            try await store.save(scene.endpoints[0])
            isStuck.withLock { $0 = false }
        }()
        while gate.arrivals < 3 { await Task.yield() }
        #expect(try await store.events(EventQuery()).count == 1)
        #expect(try await store.deliveries(DeliveryQuery()).count == 1)
        #expect(try await store.endpointStates().map(\.counts.pending) == [1])
        #expect(try await store.chats(ChatQuery()).count == 1)
        #expect(try await store.chatStates().count == 1)
        #expect(try await store.oldestDue().count == 1)
        #expect(try await store.newestEventNumber() == 1)
        #expect(isStuck.withLock { $0 })
        gate.open(1)
        try await stuck
        await store.close()
    }
}
