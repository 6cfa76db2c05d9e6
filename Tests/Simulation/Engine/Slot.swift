import Synchronization

/// What somebody leaves for whoever steps the simulation.
final class Slot<Value: Sendable>: Sendable {
    private let content = Mutex<Value?>(nil)

    var value: Value? { content.withLock { $0 } }

    func fill(_ value: Value) {
        content.withLock { $0 = value }
    }
}
