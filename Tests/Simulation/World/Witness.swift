import Chats
import Deliveries
import Store
import Synchronization
import Time

/// The world's own record of what happened, which knows nothing of what a process believes. What can be judged at once is
/// judged at once.
final class Witness: Sendable {
    struct Record: Sendable {
        /// By chat, in their order.
        var answers: [String: [SeenAnswer]] = [:]
        /// In the order of their commits.
        var owed: [DeliveryName] = []
        var fates: [DeliveryName: DeliveryFate] = [:]
        var receipts: [Receipt] = []
        /// When requests arrived, by endpoint.
        var arrivals: [String: [Timestamp]] = [:]
        /// By endpoint and message.
        var bodies: [DeliveryName: [UInt8]] = [:]
        /// The event ids by their numbers, and the endpoints' names by theirs.
        var events: [Int64: String] = [:]
        var endpoints: [Int64: String] = [:]
        /// What was kept once, and is removed for its age.
        var pruned = Ledgers()
        var breaches: [Breach] = []
    }

    private let record = Mutex(Record())
    private let trace: Trace

    init(_ trace: Trace) {
        self.trace = trace
    }

    var whole: Record { record.withLock { $0 } }

    func report(_ invariant: Invariant, _ text: String) {
        trace.note("BREACH \(invariant.rawValue): \(text)")
        record.withLock { $0.breaches.append(Breach(invariant: invariant, text: text)) }
    }

    // MARK: - What polls see

    /// A process asks for a chat: its poll before, if that saw something, is behind it.
    func asked(_ chat: String, by life: Int) {
        record.withLock { record in
            guard let last = record.answers[chat]?.indices.last, record.answers[chat]?[last].life == life else {
                return
            }
            record.answers[chat]?[last].isCompleted = true
        }
    }

    func saw(_ answer: SeenAnswer, of chat: String) {
        record.withLock { $0.answers[chat, default: []].append(answer) }
    }

    /// Whether a poll that was answered after a time has been brought to its end.
    func hasSeen(_ chat: String, since time: Timestamp) -> Bool {
        record.withLock { $0.answers[chat]?.contains { $0.isCompleted && $0.at > time } ?? false }
    }

    // MARK: - What the store keeps

    func owes(_ event: Event, to recipients: [String]) {
        record.withLock { $0.owed += recipients.map { DeliveryName(endpoint: $0, event: event.id) } }
    }

    func registered(_ states: [EndpointState]) {
        record.withLock { record in
            for state in states { record.endpoints[state.number] = state.name }
        }
    }

    func claimed(_ claim: Claim) {
        record.withLock { record in
            for delivery in claim.lanes.lazy.flatMap(\.deliveries) {
                record.events[delivery.key.event] = delivery.event.id
            }
        }
    }

    func kept(_ entry: LedgerEntry) {
        var notes: [(Invariant, String)] = []
        record.withLock { record in
            for outcome in entry.outcomes {
                guard let name = record.name(of: outcome.delivery) else { continue }
                notes += record.fates[name, default: DeliveryFate()].keep(outcome).map {
                    ($0.0, "\(name.event) for \(name.endpoint) \($0.1)")
                }
            }
            for start in entry.starts {
                guard let name = record.name(of: start.delivery) else { continue }
                let tries = record.fates[name]?.tries ?? 0
                record.fates[name, default: DeliveryFate()].tries = max(tries, start.number)
            }
        }
        for (invariant, text) in notes { report(invariant, text) }
    }

    /// `ledgers`: as read just before; what waited then may have been settled until the removal.
    func pruned(_ ledgers: Ledgers) {
        let lost = record.withLock { record in
            var ledgers = ledgers
            var lost: [DeliveryName] = []
            for (name, delivery) in ledgers.deliveries where delivery.state == .pending {
                let fate = record.fates[name] ?? DeliveryFate()
                if fate.end == nil { lost.append(name) }
                ledgers.deliveries[name]?.state = fate.end == .delivered ? .delivered : .dead
                ledgers.deliveries[name]?.reason = fate.end?.rawValue
                ledgers.deliveries[name]?.attempts = max(delivery.attempts, fate.tries)
            }
            record.pruned = record.pruned.joined(with: ledgers)
            return lost.sorted()
        }
        for name in lost { report(.nothingLost, "\(name.event) for \(name.endpoint) was removed while it waited") }
    }

    func replayed(_ names: [DeliveryName]) {
        record.withLock { record in
            for name in names { record.fates[name, default: DeliveryFate()].replay() }
        }
    }

    // MARK: - What receivers see

    func arrived(_ message: Message, accepted: Bool, at time: Timestamp, life: Int) {
        var notes: [(Invariant, String)] = []
        record.withLock { record in
            record.arrivals[message.endpoint, default: []].append(time)
            for event in message.events {
                let name = DeliveryName(endpoint: message.endpoint, event: event)
                let texts = record.fates[name, default: DeliveryFate()].receive(accepted: accepted, life: life)
                notes += texts.map { ($0.0, "\(event) \($0.1) at \(message.endpoint)") }
                record.receipts.append(
                    Receipt(
                        name: name, at: time, isShared: message.events.count > 1,
                        isOutOfTurn: record.fates[name]?.isOutOfTurn ?? false))
            }
            let copy = DeliveryName(endpoint: message.endpoint, event: message.id)
            if let first = record.bodies[copy], first != message.body {
                notes.append((.sameCopies, "two copies of \(message.id) for \(message.endpoint) differ"))
            }
            record.bodies[copy] = message.body
        }
        for (invariant, text) in notes { report(invariant, text) }
    }

    /// The whole answer to a message reached the process that had sent it.
    func answered(_ message: Message, life: Int) {
        record.withLock { record in
            for event in message.events {
                record.fates[DeliveryName(endpoint: message.endpoint, event: event)]?.answer(life: life)
            }
        }
    }
}

extension Witness.Record {
    fileprivate func name(of key: DeliveryKey) -> DeliveryName? {
        guard let endpoint = endpoints[key.endpoint], let event = events[key.event] else { return nil }
        return DeliveryName(endpoint: endpoint, event: event)
    }
}

extension DeliveryFate {
    /// Takes in what the store keeps of a try; returns what is wrong with it.
    fileprivate mutating func keep(_ outcome: LedgerEntry.Outcome) -> [(Invariant, String)] {
        switch outcome.resolution {
        case .retry: return []
        case .dead(let reason):
            end = .dead
            return reason.isEmpty ? [(.nothingLost, "is dead without a reason")] : []
        case .delivered:
            end = .delivered
            guard let number = outcome.attempt?.number else { return [(.nothingLost, "is delivered without a try")] }
            deliveredTries.insert(number)
            return acceptances[number] == nil
                ? [(.nothingLost, "is recorded as delivered, and nobody accepted it")] : []
        }
    }

    fileprivate mutating func receive(accepted: Bool, life: Int) -> [(Invariant, String)] {
        var notes: [(Invariant, String)] = []
        receipts += 1
        if receipts > tries {
            notes.append((.recordedBeforeSent, "arrived \(receipts) times after \(tries) recorded tries"))
        }
        if let end { notes.append((.noNeedlessCopy, "arrived although it was recorded as \(end.rawValue)")) }
        if acceptances.values.contains(where: { $0.isAnswered && $0.life == life }) {
            notes.append((.noNeedlessCopy, "arrived again although its acceptance was known"))
        }
        if accepted {
            acceptances[tries] = Acceptance(life: life)
            acceptedReceipts += 1
        }
        return notes
    }

    fileprivate mutating func answer(life: Int) {
        if acceptances[tries]?.life == life { acceptances[tries]?.isAnswered = true }
    }

    fileprivate mutating func replay() {
        end = nil
        replays += 1
        if receipts == 0 { isOutOfTurn = true }
        for number in acceptances.keys { acceptances[number]?.isAnswered = false }
    }
}
