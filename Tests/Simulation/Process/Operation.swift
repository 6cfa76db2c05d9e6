import Deliveries
import Dispatcher
import Scheduling
import Store
import Synchronization
import Time
import Watcher

/// What people do to a running daemon: pauses, replays, reloads, polls, stops. Once all is well they resume what stands still.
struct Operation: Sendable {
    let world: World
    let watcher: Watcher
    let dispatcher: Dispatcher
    let store: FaultyStore
    let time: ProcessTime
    let stopWish: Alarm

    func run() async throws {
        while !Task.isCancelled {
            do { try await time.sleep(until: time.steady + world.chance.milliseconds(1_000...30_000)) } catch { return }
            if world.isCalm {
                // Answers that receivers gave before may still be on their way.
                do { try await time.sleep(until: time.steady + .seconds(60)) } catch { return }
                for endpoint in world.endpoints { _ = await dispatcher.resume(endpoint.name) }
                return
            }
            if world.strikes(world.scenario.faults.operation) { try await act() }
        }
    }

    private func act() async throws {
        let endpoint = world.chance.pick(world.endpoints).name
        let chat = world.chance.pick(world.scenario.chats).id
        switch world.chance.number(in: 0...9) {
        case 0...1:
            world.trace.note("somebody pauses \(endpoint)")
            _ = await dispatcher.pause(endpoint)
        case 2...4:
            world.trace.note("somebody resumes \(endpoint)")
            _ = await dispatcher.resume(endpoint)
        case 5...6: try await replay(endpoint)
        case 7:
            world.trace.note("somebody wants \(chat) polled")
            _ = await watcher.pollNow(chat, within: .seconds(10))
            watcher.hint(chat)
        case 8: try await reload(endpoint)
        default:
            world.trace.note("somebody stops the process")
            stopWish.ring()
        }
    }

    private func replay(_ endpoint: String) async throws {
        let state = world.chance.pick([DeliveryState.dead, .dead, .delivered])
        let finished = try await store.deliveries(DeliveryQuery(endpoint: endpoint, state: state, limit: 20))
        world.trace.note("somebody replays \(finished.count) that are \(state.rawValue) at \(endpoint)")
        if try await store.replay(.deliveries(finished.map(\.id)), at: time.steady) > 0 { dispatcher.wake() }
    }

    /// An endpoint is treated otherwise from now on.
    private func reload(_ name: String) async throws {
        let (limit, timeout) = (world.chance.pick([1, 2, 16]), world.chance.milliseconds(2_000...15_000))
        world.trace.note("somebody reloads with \(limit) at once for \(name)")
        world.turn.withLock { turn in
            guard let index = turn.endpoints.firstIndex(where: { $0.name == name }) else { return }
            turn.endpoints[index].timeout = timeout
            turn.endpoints[index].concurrency = max(limit, turn.endpoints[index].concurrency)
        }
        let endpoints = world.configured
        try await watcher.adopt(world.scenario.plan(endpoints))
        dispatcher.adopt(endpoints, changed: [name])
    }
}
