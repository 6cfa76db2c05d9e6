import Deliveries
import DingTalk
import Dispatcher
import HTTPEngine
import Store
import Synchronization
import TestKit
import Time
import Watcher

/// One life of the daemon: its real parts, put together as the daemon does, on a simulated machine.
final class SimulatedProcess: Sendable {
    private enum Part { case dispatcher, watcher, pruner, operation }

    let life: Life
    private let world: World
    private let store: FaultyStore
    private let task = Mutex<Task<Void, Never>?>(nil)
    private let end = Mutex(false)
    private let stopWish = Alarm()

    init(_ world: World, number: Int) {
        self.world = world
        life = Life(number: number, agenda: world.agenda)
        store = FaultyStore(world, life)
    }

    /// Whether it has come to its end, by itself or because it was killed.
    var hasEnded: Bool { end.withLock { $0 } }

    func start() {
        world.trace.note("process \(life.number) starts")
        let task = Task(executorPreference: world.executor) {
            do {
                try await self.run()
                self.world.trace.note("process \(self.life.number) ends")
            } catch {
                self.world.trace.note("process \(self.life.number) ends: \(error)")
            }
            self.end.withLock { $0 = true }
        }
        self.task.withLock { $0 = task }
    }

    /// All memory is lost, wherever it stands.
    func kill() {
        world.trace.note("process \(life.number) is killed")
        life.end()
        task.withLock { $0 }?.cancel()
    }

    private func run() async throws {
        let (world, store) = (world, store)
        let recovery = try await store.recover(at: world.wall.now)
        let time = ProcessTime(life, world.wall, notBefore: recovery.newestTimestamp)
        let network = SimulatedNetwork(world: world, life: life)
        let endpoints = world.configured
        let logger = world.trace.logger
        let dispatcher = Dispatcher(
            endpoints: endpoints, store: store,
            sender: EngineSender(engine: network, policy: .unrestricted, time: time), time: time, logger: logger,
            userAgent: "belfry/simulation", newestRecord: recovery.newestTimestamp,
            jitter: { world.chance.fraction() })
        let watcher = try await Watcher(
            client: DingTalkClient(account: Platform.account, engine: network, time: time), store: store, time: time,
            plan: world.scenario.plan(endpoints), logger: logger,
            seed: UInt64(world.chance.number(in: 0...1_000_000)), wakeDispatcher: { dispatcher.wake() })
        let pruner = Pruner(
            store: store, time: time, retention: world.scenario.retention, maxSize: nil, logger: logger)
        let operation = Operation(
            world: world, watcher: watcher, dispatcher: dispatcher, store: store, time: time, stopWish: stopWish)
        try await withThrowingTaskGroup(of: Part.self) { group in
            group.addTask {
                try await dispatcher.run()
                return .dispatcher
            }
            group.addTask {
                try await self.watch(watcher, time)
                // No new polls first, then what is in flight is brought to its end.
                dispatcher.stop(within: .seconds(20))
                return .watcher
            }
            group.addTask {
                try await pruner.run()
                return .pruner
            }
            group.addTask {
                try await operation.run()
                return .operation
            }
            while let part = try await group.next(), part != .dispatcher {}
            group.cancelAll()
        }
    }

    /// Until it fails, or a stop is wished for.
    private func watch(_ watcher: Watcher, _ time: ProcessTime) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { try await watcher.run() }
            group.addTask { await self.stopWish.wait(until: nil, time) }
            try await group.next()
            group.cancelAll()
            try await group.waitForAll()
        }
    }
}
