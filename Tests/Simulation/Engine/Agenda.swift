import Synchronization
import Time

/// What will happen, and when. Time stands still while something happens and jumps from one thing to the next.
final class Agenda: Sendable {
    typealias Action = @Sendable () -> Void

    fileprivate struct Entry {
        var at: Int64
        /// Of two things at one time, what was planned first happens first.
        var number: Int

        static func < (left: Entry, right: Entry) -> Bool {
            (left.at, left.number) < (right.at, right.number)
        }
    }

    fileprivate struct State {
        var now: Timestamp
        var heap: [Entry] = []
        var actions: [Int: Action] = [:]
        var last = 0
    }

    private let state: Mutex<State>

    init(at start: Timestamp) {
        state = Mutex(State(now: start))
    }

    /// Elapsed time, whatever any wall clock says.
    var now: Timestamp { state.withLock { $0.now } }

    /// Returns what `cancel` wants to know.
    @discardableResult
    func plan(at time: Timestamp, _ action: @escaping Action) -> Int {
        state.withLock { state in
            state.last += 1
            state.actions[state.last] = action
            state.insert(Entry(at: max(time, state.now).milliseconds, number: state.last))
            return state.last
        }
    }

    @discardableResult
    func plan(in delay: Duration, _ action: @escaping Action) -> Int {
        plan(at: now + delay, action)
    }

    func cancel(_ number: Int) {
        state.withLock { $0.actions[number] = nil }
    }

    /// Nothing of what is planned will happen. What was to act is let go of: it may hold this agenda in turn.
    func clear() {
        state.withLock { state in
            state.heap = []
            state.actions = [:]
        }
    }

    /// Lets the next thing happen; false when nothing is planned.
    func step() -> Bool {
        let action: Action? = state.withLock { state in
            while let entry = state.removeFirst() {
                guard let action = state.actions.removeValue(forKey: entry.number) else { continue }
                state.now = Timestamp(milliseconds: entry.at)
                return action
            }
            return nil
        }
        action?()
        return action != nil
    }
}

extension Agenda.State {
    fileprivate mutating func insert(_ entry: Agenda.Entry) {
        heap.append(entry)
        var child = heap.count - 1
        while child > 0, heap[child] < heap[(child - 1) / 2] {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    fileprivate mutating func removeFirst() -> Agenda.Entry? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        guard !heap.isEmpty else { return first }
        heap[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child] < heap[least] {
                least = child
            }
            if least == parent { return first }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
