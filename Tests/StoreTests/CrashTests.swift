import Chats
import Deliveries
import Glibc
import TestKit
import Testing
import Time

@testable import Store

@Suite("What was acknowledged outlives the process")
struct CrashTests {
    @Test("a store that is closed and opened again is as it was")
    func reopening() async throws {
        let directory = try TemporaryDirectory()
        let store = try await SQLiteStore.open(path: directory.database)
        let scene = try await StoreScene(store, [.named("a"), .named("b", ordering: .none)])
        try await scene.tell("c1", count: 3)
        try await scene.tell("c2")
        try await scene.finishFront(nil, .retry(at: StoreScene.start + .seconds(60), failures: 1))
        try await scene.finishFront(scene.endpoints[1].number, .dead(reason: "no"))
        let before = try await Contents(of: store)
        await store.close()
        #expect(TemporaryDirectory.names(in: directory.path).sorted() == ["belfry.db", "belfry.db.lock"])

        let again = try await SQLiteStore.open(path: directory.database)
        #expect(try await Contents(of: again) == before)
        #expect(try await again.register(endpoints: ["b"]).map(\.number) == [scene.endpoints[1].number])
        await again.close()
    }

    @Test("a copy of file and log at any moment holds all that was acknowledged by then, and is sound")
    func copies() async throws {
        let directory = try TemporaryDirectory()
        let store = try await SQLiteStore.open(path: directory.database)
        let scene = try await StoreScene(store, [.named("a"), .named("b", ordering: .none)])
        for round in 0..<12 {
            try await scene.tell("c\(round % 3)", count: 2)
            if round % 2 == 0 { try await scene.finishFront() }
            try await scene.start(scene.front(scene.endpoints[1].number))
            let acknowledged = try await Contents(of: store)
            let copy = try TemporaryDirectory()
            for suffix in ["", "-wal"] {
                try copyFile(directory.database + suffix, copy.database + suffix)
            }
            let copied = try await SQLiteStore.open(path: copy.database)
            #expect(try await Contents(of: copied) == acknowledged)
            #expect(try await copied.recover(at: StoreScene.start).openAttempts > 0)
            #expect(try StoreAudit(copy.database).findings() == [])
            await copied.close()
        }
        await store.close()
    }

    @Test("a log that breaks off anywhere gives the state after some call, never one in between")
    func brokenLogs() async throws {
        let directory = try TemporaryDirectory()
        let store = try await SQLiteStore.open(path: directory.database)
        var states = [try await Contents(of: store)]
        let scene = try await StoreScene(store, [.named("a"), .named("b", ordering: .none)])
        states.append(try await Contents(of: store))
        for round in 0..<4 {
            try await scene.tell("c\(round % 2)")
            states.append(try await Contents(of: store))
            try await scene.start(scene.front())
            states.append(try await Contents(of: store))
            try await scene.end(
                scene.front().tried, round == 1 ? .retry(at: StoreScene.start, failures: 1) : .delivered)
            states.append(try await Contents(of: store))
        }
        let log = try readFile(directory.database + "-wal")
        var seen = Set<Int>()
        // Every frame's end, one byte before, and somewhere inside.
        let frame = 24 + 4096
        for end in stride(from: 32, through: log.count, by: frame).flatMap({ [$0 - 1, $0, $0 + 2000] })
        where end <= log.count {
            let copy = try TemporaryDirectory()
            try copyFile(directory.database, copy.database)
            try writeFile(copy.database + "-wal", Array(log.prefix(max(end, 0))))
            // Before the schema's own transaction is whole there is no store to compare.
            let opened = try await SQLiteStore.open(path: copy.database)
            let contents = try await Contents(of: opened)
            let index = try #require(states.firstIndex(of: contents), "the log cut at \(end) gives a state in between")
            seen.insert(index)
            #expect(try StoreAudit(copy.database).findings() == [])
            await opened.close()
        }
        #expect(seen.count == Set(states.map { states.firstIndex(of: $0) }).count)
        await store.close()
    }
}

extension ClaimedDelivery {
    /// As it was before its try was started: what an outcome is made of.
    fileprivate var tried: ClaimedDelivery {
        var tried = self
        tried.delivery.attempts -= 1
        return tried
    }
}

/// All that a store shows.
private struct Contents: Equatable {
    var chats: [ChatState?] = []
    var events: [EventRecord]
    var deliveries: [DeliveryRecord]
    var attempts: [[Attempt]] = []
    var endpoints: [EndpointState]
    var claims: [Claim] = []

    init(of store: SQLiteStore) async throws {
        events = try await store.events(EventQuery(limit: 1000))
        deliveries = try await store.deliveries(DeliveryQuery(limit: 1000))
        endpoints = try await store.endpointStates()
        for id in ["c0", "c1", "c2"] {
            chats.append(try await store.chatState(id))
        }
        for delivery in deliveries {
            attempts.append(try await store.delivery(delivery.id)?.attempts ?? [])
        }
        for endpoint in endpoints {
            claims.append(
                try await store.claim(
                    ClaimRequest(
                        endpoint: endpoint.number, now: StoreScene.start, lanes: 1000, perLane: 1000, held: [])))
        }
    }
}
