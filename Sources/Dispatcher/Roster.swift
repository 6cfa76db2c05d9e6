import Deliveries
import Store
import Synchronization
import Time

/// Which endpoints are to be delivered to, by which sender, and where their workers are told things. Changes while they
/// work.
final class Roster: Sendable {
    /// What a worker is hired with.
    struct Post: Sendable {
        let endpoint: Endpoint
        let sender: any Sender
        let mailbox: Mailbox
        /// A worker of this process sent to it before.
        let isTakenOver: Bool
    }

    private struct State {
        var endpoints: [Endpoint]
        var sender: any Sender
        var subscriptions: Subscriptions
        /// Of workers that are at work, and of those that are to be.
        var mailboxes: [String: Mailbox]
        var atWork: Set<String> = []
        var served: Set<String> = []
        /// By when all work must have ended; nil as long as it goes on.
        var stopBy: Timestamp?
    }

    private let state: Mutex<State>
    /// Rung when there may be workers to hire.
    let alarm = Alarm()

    init(_ endpoints: [Endpoint], sender: any Sender) {
        let mailboxes = Dictionary(endpoints.map { ($0.name, Mailbox()) }) { first, _ in first }
        state = Mutex(
            State(
                endpoints: endpoints, sender: sender, subscriptions: Subscriptions(endpoints), mailboxes: mailboxes))
    }

    var subscriptions: Subscriptions { state.withLock { $0.subscriptions } }

    func mailbox(of endpoint: String) -> Mailbox? {
        state.withLock { $0.mailboxes[endpoint] }
    }

    func endpoint(_ name: String) -> Endpoint? {
        state.withLock { state in state.endpoints.first { $0.name == name } }
    }

    var sender: any Sender { state.withLock { $0.sender } }

    func wake() {
        for mailbox in state.withLock({ $0.mailboxes.values }) { mailbox.wake() }
    }

    /// Replaces the endpoints. Workers of those that are gone, or named as changed, end once nothing of theirs is in
    /// flight; the changed ones are then hired anew.
    func adopt(_ endpoints: [Endpoint], changed: Set<String>, sender: any Sender) {
        let ending = state.withLock { state in
            state.endpoints = endpoints
            state.sender = sender
            state.subscriptions = Subscriptions(endpoints)
            let kept = Set(endpoints.map(\.name)).subtracting(changed)
            return state.mailboxes.filter { !kept.contains($0.key) }.map(\.value)
        }
        // Every request has its own time limit: nothing need be cut off.
        for mailbox in ending { mailbox.stop(by: Timestamp(milliseconds: .max)) }
        alarm.ring()
    }

    func stop(by deadline: Timestamp) {
        let mailboxes = state.withLock { state in
            state.stopBy = deadline
            return Array(state.mailboxes.values)
        }
        for mailbox in mailboxes { mailbox.stop(by: deadline) }
        alarm.ring()
    }

    // MARK: - The dispatcher's side

    /// Endpoints without a worker, each with a mailbox of its own; from now on their workers count as at work.
    func takeVacancies() -> [Post] {
        state.withLock { state in
            guard state.stopBy == nil else { return [] }
            return state.endpoints.compactMap { endpoint in
                guard state.atWork.insert(endpoint.name).inserted else { return nil }
                let mailbox = state.mailboxes[endpoint.name] ?? Mailbox()
                state.mailboxes[endpoint.name] = mailbox
                let isTakenOver = !state.served.insert(endpoint.name).inserted
                return Post(
                    endpoint: endpoint, sender: state.sender, mailbox: mailbox, isTakenOver: isTakenOver)
            }
        }
    }

    /// A worker has ended.
    func vacate(_ endpoint: String) {
        state.withLock { state in
            state.atWork.remove(endpoint)
            state.mailboxes[endpoint] = nil
        }
    }

    /// Whether all work has come to its end.
    var isDone: Bool {
        state.withLock { $0.stopBy != nil && $0.atWork.isEmpty }
    }
}
