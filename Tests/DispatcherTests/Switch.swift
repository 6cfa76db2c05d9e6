import Synchronization

/// Off until somebody turns it on.
final class Switch: Sendable {
    private struct State {
        var isOn = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    var isOn: Bool { state.withLock { $0.isOn } }

    func turnOn() {
        let waiting = state.withLock { state in
            state.isOn = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    func turnedOn() async {
        await withCheckedContinuation { continuation in
            let isOn = state.withLock { state in
                if !state.isOn { state.waiting.append(continuation) }
                return state.isOn
            }
            if isOn { continuation.resume() }
        }
    }
}
