import Admin
import Synchronization
import Time

/// A daemon that answers as it is told and remembers what it was asked.
final class FakeOperations: Operations {
    struct State {
        var readiness = Readiness.ready
        var polls: [String: PollAnswer] = [:]
        var hints: [String] = []
    }

    private let state = Mutex(State())

    func set(_ change: (inout State) -> Void) {
        state.withLock { change(&$0) }
    }

    var hints: [String] { state.withLock { $0.hints } }

    func readiness() async -> Readiness {
        state.withLock { $0.readiness }
    }

    func poll(chat: String) async -> PollAnswer {
        state.withLock { $0.polls[chat] ?? .unknownChat }
    }

    func hint(chat: String) async -> Bool {
        state.withLock { state in
            state.hints.append(chat)
            return state.polls[chat] != nil
        }
    }
}
