import Chats
import Deliveries
import TestKit
import Testing
import Time

@testable import Store

/// A seeded history of calls on a store, and the same on a model.
struct RandomHistory {
    private let path: String
    private var generator: SeededGenerator
    private var model = StoreModel()
    private var scene: StoreScene
    private var now = StoreScene.start
    /// Tries in flight, with the model's names for them.
    private var flying: [(endpoint: String, event: Int, claimed: ClaimedDelivery)] = []
    /// Outcomes that were recorded, to be repeated.
    private var recorded: [LedgerEntry] = []

    private static let chats = ["c1", "c2", "c3", "c4", "c5"]
    private static let endpoints: [Endpoint] = [.named("a"), .named("b", ordering: .none), .named("c")]

    init(seed: UInt64, path: String) async throws {
        self.path = path
        generator = SeededGenerator(seed: seed)
        scene = try await StoreScene(SQLiteStore.open(path: path), Self.endpoints)
        for endpoint in Self.endpoints {
            model.endpoints[endpoint.name] = StoreModel.Endpoint(ordering: endpoint.ordering)
        }
    }

    mutating func run(steps: Int) async throws {
        for step in 0..<steps {
            now = now + .milliseconds(Int64.random(in: 0...3_000, using: &generator))
            try await act()
            if step % 10 == 9 { try await compare() }
        }
        try await compare()
        await scene.store.close()
    }

    private mutating func act() async throws {
        let endpoint = Self.endpoints[Int.random(in: 0..<Self.endpoints.count, using: &generator)].name
        switch Int.random(in: 0..<100, using: &generator) {
        case ..<25: try await tell()
        case ..<50: try await start(endpoint)
        case ..<78: try await end()
        case ..<82: try await repeatRecord()
        case ..<85:
            #expect(
                try await scene.store.expedite(endpoint: number(endpoint), at: now) == model.expedite(endpoint, at: now)
            )
        case ..<90: try await replayOne(endpoint)
        case ..<92: try await replayAll(endpoint)
        case ..<95: try await prune()
        case ..<96: try await drop(endpoint)
        default: try await restart()
        }
    }

    // MARK: - Calls

    private mutating func tell() async throws {
        let chat = Self.chats[Int.random(in: 0..<Self.chats.count, using: &generator)]
        for id in try await scene.tell(chat, at: now) {
            model.add(id, chat: chat, at: now)
        }
    }

    /// Starts what a dispatcher would: the front of some lanes that it does not hold.
    private mutating func start(_ endpoint: String) async throws {
        let held = Set(flying.filter { $0.endpoint == endpoint }.map(\.claimed.delivery.key.lane))
        let limit = Int.random(in: 1...3, using: &generator)
        let claim = try await scene.claim(number(endpoint), at: now, lanes: limit, perLane: 2, held: held)
        var starts: [LedgerEntry.Start] = []
        for lane in claim.lanes {
            let claimed = ClaimedDelivery(delivery: lane.deliveries[0], laneDue: lane.due)
            let event = try #require(model.events.firstIndex { $0.id == claimed.delivery.event.id })
            flying.append((endpoint, event, claimed))
            starts.append(claimed.start(at: now))
            model.start(event, at: endpoint)
        }
        let entry = LedgerEntry(starts: starts)
        try await scene.store.record(entry)
        recorded.append(entry)
    }

    private mutating func end() async throws {
        guard !flying.isEmpty else { return }
        var (endpoint, event, claimed) = flying.remove(at: Int.random(in: 0..<flying.count, using: &generator))
        let resolution: LedgerEntry.Resolution =
            switch Int.random(in: 0..<10, using: &generator) {
            case ..<4: .delivered
            case ..<5: .dead(reason: "no")
            default:
                .retry(
                    at: now + .milliseconds(Int64.random(in: 0...20_000, using: &generator)),
                    failures: Int.random(in: 0...5, using: &generator))
            }
        // Now and then the lane is not where its holder saw it.
        if Bool.random(using: &generator), Bool.random(using: &generator) {
            claimed.laneDue = now + .seconds(1_000_000)
        }
        let outcome = claimed.outcome(resolution, at: now)
        let entry = LedgerEntry(outcomes: [outcome])
        try await scene.store.record(entry)
        recorded.append(entry)
        model.end(event, at: endpoint, try: outcome.attempt?.number, outcome.attempt?.result ?? .unknown, resolution)
    }

    private mutating func repeatRecord() async throws {
        guard let entry = recorded.suffix(20).randomElement(using: &generator) else { return }
        try await scene.store.record(entry)
    }

    private mutating func replayOne(_ endpoint: String) async throws {
        guard let event = model.endpoints[endpoint]?.finished.keys.sorted().randomElement(using: &generator) else {
            return
        }
        let id = DeliveryID(event: Int64(event + 1), endpoint: number(endpoint))
        #expect(try await scene.store.replay(.deliveries([id]), at: now) == 1)
        model.replay([event], at: endpoint)
    }

    private mutating func replayAll(_ endpoint: String) async throws {
        let since = now - .seconds(30)
        let selected =
            model.endpoints[endpoint]?.finished.filter { event, row in
                row.state == .dead && model.events[event].time >= since && model.events[event].time < now
            }.keys.sorted() ?? []
        let selection = ReplaySelection.endpoint(endpoint, state: .dead, since: since, until: now)
        #expect(try await scene.store.replay(selection, at: now) == selected.count)
        model.replay(selected, at: endpoint)
    }

    /// Which of the prunable events go first is the store's business.
    private mutating func prune() async throws {
        let before = now - .seconds(60)
        let prunable = model.prunable(before: before)
        let limit = Int.random(in: 1...8, using: &generator)
        #expect(try await scene.store.prune(before: before, limit: limit) == min(limit, prunable.count))
        let kept = Set(try await scene.store.events(EventQuery(limit: .max)).map(\.event.id))
        for event in model.events.indices where !model.events[event].isPruned && !kept.contains(model.events[event].id)
        {
            #expect(prunable.contains(event))
            model.prune(event)
        }
    }

    /// It is registered again at once, and hears of what comes.
    private mutating func drop(_ endpoint: String) async throws {
        let pending = model.endpoints[endpoint]?.pending.count
        #expect(try await scene.store.drop(endpoint: endpoint) == pending)
        let ordering = model.endpoints[endpoint]?.ordering ?? .chat
        model.endpoints[endpoint] = StoreModel.Endpoint(ordering: ordering)
        scene = try await StoreScene(scene.store, Self.endpoints)
    }

    private mutating func restart() async throws {
        await scene.store.close()
        #expect(try StoreAudit(path).findings() == [])
        scene = try await StoreScene(SQLiteStore.open(path: path), Self.endpoints)
        flying = []
        // A try that the dead process began ends as unknown, so what it would have told is told no more.
        recorded = []
        #expect(try await scene.store.recover(at: now).openAttempts == model.recover())
    }

    // MARK: - Comparing

    private mutating func compare() async throws {
        for endpoint in Self.endpoints.map(\.name) {
            let claim = try await scene.claim(number(endpoint), at: now, lanes: .max - 1, perLane: .max)
            #expect(Set(claim.lanes.map { $0.deliveries.map(\.event.id) }) == model.due(endpoint, at: now))
            #expect(claim.lanes.map(\.due) == claim.lanes.map(\.due).sorted())
            #expect(claim.nextDue == model.nextDue(endpoint, after: now))
            #expect(try await scene.counts(number(endpoint)) == model.counts(endpoint))
            try await compareDeliveries(endpoint)
        }
        try await compareListings()
        let ids = model.events.filter { !$0.isPruned }.map(\.id)
        #expect(try await scene.store.events(EventQuery(limit: .max)).map(\.event.id) == ids.reversed())
        #expect(try StoreAudit(path).findings() == [])
    }

    private mutating func compareListings() async throws {
        let listing = try await Listing(of: scene.store)
        for _ in 0..<8 {
            let query = listing.randomEventQuery(&generator)
            #expect(try await scene.store.events(query) == listing.events(query), "\(query)")
            let other = listing.randomDeliveryQuery(&generator)
            #expect(try await scene.store.deliveries(other) == listing.deliveries(other), "\(other)")
        }
    }

    private func compareDeliveries(_ endpoint: String) async throws {
        let records = try await scene.store.deliveries(DeliveryQuery(endpoint: endpoint, limit: .max))
        let rows = model.endpoints[endpoint]
        #expect(records.count == (rows?.pending.count ?? 0) + (rows?.finished.count ?? 0))
        for record in records {
            let event = Int(record.id.event) - 1
            #expect(record.eventID == model.events[event].id && record.chat == model.events[event].chat)
            let results = try await scene.store.delivery(record.id)?.attempts.map(\.result)
            if let row = rows?.pending[event] {
                #expect(record.state == .pending && record.attempts == row.attempts && results == row.ended)
            } else {
                let row = rows?.finished[event]
                #expect(record.state == row?.state && record.attempts == row?.attempts && results == row?.ended)
            }
        }
    }

    private func number(_ endpoint: String) -> Int64 {
        scene.endpoints.first { $0.name == endpoint }?.number ?? 0
    }
}

@Suite("Random histories")
struct RandomHistoryTests {
    @Test("leave the store as they leave a model", arguments: 1...12 as ClosedRange<UInt64>)
    func history(seed: UInt64) async throws {
        let directory = try TemporaryDirectory()
        var history = try await RandomHistory(seed: seed, path: directory.database)
        try await history.run(steps: 250)
    }
}
