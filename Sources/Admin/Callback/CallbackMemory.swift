import Synchronization
import Time

/// The signatures of pushes that were taken in, for as long as their timestamps would let them in again.
///
/// A hint costs a metered call. Who recorded one push on its way could otherwise send it again and again for an hour, and have
/// the month's calls spent. What was pushed before is answered as before, and hints nothing.
final class CallbackMemory: Sendable {
    /// More genuine pushes than this within the tolerance, and the oldest may be repeated: a month's worth is 3,000.
    private static let capacity = 4096

    private struct State {
        var known: Set<String> = []
        var order: [String] = []
        var next = 0
    }

    private let state = Mutex(State())

    /// Whether it is the first time.
    func isNew(_ signature: String) -> Bool {
        state.withLock { state in
            guard state.known.insert(signature).inserted else { return false }
            if state.order.count < Self.capacity {
                state.order.append(signature)
            } else {
                state.known.remove(state.order[state.next])
                state.order[state.next] = signature
                state.next = (state.next + 1) % Self.capacity
            }
            return true
        }
    }
}
