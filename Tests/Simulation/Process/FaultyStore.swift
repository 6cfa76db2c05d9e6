import Chats
import Deliveries
import Scheduling
import Store
import Synchronization
import TestKit
import Time

/// A process's way to the disk. What is written is written as a whole; whether it was when a write failed, or the process died
/// meanwhile, nobody can tell.
struct FaultyStore: Store {
    private final class Condition: Sendable {
        let failure = Mutex<StoreError?>(nil)
    }

    let world: World
    let life: Life
    private let condition = Condition()

    init(_ world: World, _ life: Life) {
        self.world = world
        self.life = life
    }

    var disk: MemoryStore { world.disk }

    /// After a failure the store does nothing more.
    private func check() throws(StoreError) {
        if life.isOver { throw .closed }
        if let failure = condition.failure.withLock({ $0 }) { throw failure }
    }

    func read<Value: Sendable>(
        _ call: @Sendable (MemoryStore) async throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        try check()
        if world.strikes(world.scenario.faults.store / 4) { throw fail("a read failed") }
        return try await call(disk)
    }

    func write<Value: Sendable>(
        _ call: @Sendable (MemoryStore) async throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        try check()
        let latency = world.chance.milliseconds(world.scenario.storeLatency)
        if latency > .zero, !(await life.wait(until: world.agenda.now + latency)) {
            if world.chance.says(500) { _ = try await call(disk) }
            throw .closed
        }
        try check()
        if world.strikes(world.scenario.faults.store) {
            let error = fail("a write failed")
            if world.chance.says(500) { _ = try await call(disk) }
            throw error
        }
        return try await call(disk)
    }

    private func fail(_ text: String) -> StoreError {
        world.trace.note("store: \(text)")
        let error = StoreError.unavailable(text)
        condition.failure.withLock { $0 = error }
        return error
    }

    // MARK: - Watching

    func chatState(_ id: String) async throws(StoreError) -> ChatState? {
        try await read { disk throws(StoreError) in try await disk.chatState(id) }
    }

    func commit(_ advance: Advance, to subscriptions: Subscriptions) async throws(StoreError) {
        let (world, stored, subscribed) = (world, sabotaged(advance), sabotaged(subscriptions))
        try await write { disk throws(StoreError) in
            guard let stored else { return }
            try await disk.commit(stored, to: subscribed)
            for event in stored.events {
                world.witness.owes(event, to: subscriptions.recipients(of: event).map(\.endpoint))
            }
        }
    }

    func announce(
        _ change: Change, at time: Timestamp, to subscriptions: Subscriptions
    ) async throws(StoreError) -> Event {
        let world = world
        return try await write { disk throws(StoreError) in
            let event = try await disk.announce(change, at: time, to: subscriptions)
            world.witness.owes(event, to: subscriptions.recipients(of: event).map(\.endpoint))
            return event
        }
    }

    func scheduleMemory() async throws(StoreError) -> ScheduleMemory {
        try await read { disk throws(StoreError) in try await disk.scheduleMemory() }
    }

    func save(_ memory: ScheduleMemory) async throws(StoreError) {
        try await write { disk throws(StoreError) in try await disk.save(memory) }
    }

    // MARK: - Endpoints

    func register(endpoints: [String]) async throws(StoreError) -> [EndpointState] {
        let world = world
        return try await write { disk throws(StoreError) in
            let states = try await disk.register(endpoints: endpoints)
            world.witness.registered(states)
            return states
        }
    }

    func save(_ state: EndpointState) async throws(StoreError) {
        try await write { disk throws(StoreError) in try await disk.save(state) }
    }

    func endpointStates() async throws(StoreError) -> [EndpointState] {
        try await read { disk throws(StoreError) in try await disk.endpointStates() }
    }

    func drop(endpoint name: String) async throws(StoreError) -> Int {
        try await write { disk throws(StoreError) in try await disk.drop(endpoint: name) }
    }

    // MARK: - Delivering

    func claim(_ request: ClaimRequest) async throws(StoreError) -> Claim {
        let claim = try await read { disk throws(StoreError) in try await disk.claim(request) }
        world.witness.claimed(claim)
        return sabotaged(claim)
    }

    func record(_ entry: LedgerEntry) async throws(StoreError) {
        let (world, entry) = (world, sabotaged(entry))
        try await write { disk throws(StoreError) in
            try await disk.record(entry)
            world.witness.kept(entry)
        }
    }

    func expedite(endpoint: Int64, at time: Timestamp) async throws(StoreError) -> Int {
        try await write { disk throws(StoreError) in try await disk.expedite(endpoint: endpoint, at: time) }
    }

    func replay(_ selection: ReplaySelection, at time: Timestamp) async throws(StoreError) -> Int {
        let world = world
        return try await write { disk throws(StoreError) in
            let records = try await disk.deliveries(DeliveryQuery(limit: .max))
            let count = try await disk.replay(selection, at: time)
            guard case .deliveries(let ids) = selection else { return count }
            let chosen = records.filter { $0.state != .pending && ids.contains($0.id) }
            world.witness.replayed(chosen.map { DeliveryName(endpoint: $0.endpoint, event: $0.eventID) })
            return count
        }
    }

    // MARK: - Keeping

    func recover(at time: Timestamp) async throws(StoreError) -> Recovery {
        try await write { disk throws(StoreError) in try await disk.recover(at: time) }
    }

    func prune(before cutoff: Timestamp, limit: Int) async throws(StoreError) -> Int {
        let world = world
        return try await write { disk throws(StoreError) in
            let before = try await Ledgers(of: disk)
            let count = try await disk.prune(before: cutoff, limit: limit)
            if count > 0 { world.witness.pruned(before.without(try await Ledgers(of: disk))) }
            return count
        }
    }

    func size() async throws(StoreError) -> Int {
        try await read { disk throws(StoreError) in try await disk.size() }
    }

    func close() async {}
}
