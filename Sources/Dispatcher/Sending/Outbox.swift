import Deliveries
import Synchronization
import Time

/// Requests that are recorded and wait for their turn: no more than an endpoint bears are on the wire at once. Who records
/// puts them in and goes on recording, so that the wire need not wait for the disk.
final class Outbox: Sendable {
    private struct State {
        var waiting = Fifo<OpenRequest>()
        /// How many more may be on the wire.
        var room: Int
    }

    private let state: Mutex<State>
    private let alarm = Alarm()

    init(concurrency: Int) {
        state = Mutex(State(room: concurrency))
    }

    func put(_ requests: [OpenRequest]) {
        state.withLock { state in
            for request in requests { state.waiting.append(request) }
        }
        alarm.ring()
    }

    /// Takes out all that are not on the wire.
    func recall() -> [OpenRequest] {
        state.withLock { state in
            defer { state.waiting.removeAll() }
            return Array(state.waiting.all)
        }
    }

    /// Sends what is put in, until cancelled. `onEnd` is told of those that end together, from any thread.
    func send(by courier: Courier, onEnd: @escaping @Sendable ([CarriedRequest]) -> Void) async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                let requests = take()
                if requests.isEmpty {
                    await alarm.wait()
                    continue
                }
                group.addTask {
                    await courier.carry(requests) { ended in
                        self.makeRoom(for: ended.count)
                        onEnd(ended)
                    }
                }
            }
        }
    }

    /// Those whose turn it is; they count as on the wire.
    private func take() -> [OpenRequest] {
        state.withLock { state in
            var taken: [OpenRequest] = []
            while state.room > 0, let next = state.waiting.popFirst() {
                taken.append(next)
                state.room -= 1
            }
            return taken
        }
    }

    private func makeRoom(for count: Int) {
        let isAwaited = state.withLock { state in
            state.room += count
            return !state.waiting.isEmpty
        }
        if isAwaited { alarm.ring() }
    }
}
