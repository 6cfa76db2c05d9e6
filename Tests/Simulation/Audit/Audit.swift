import Chats
import Deliveries
import Store
import Time
import Watcher

/// Compares what the store keeps with what the world knows.
struct Audit {
    private let world: World
    private let ledgers: Ledgers
    private let record: Witness.Record

    init(_ world: World, _ ledgers: Ledgers) {
        self.world = world
        record = world.witness.whole
        self.ledgers = ledgers.joined(with: record.pruned)
    }

    func judge(_ outcome: inout Outcome) {
        outcome.breaches += chats() + account() + deliveries() + order() + rates()
        outcome.events = ledgers.events.count
        outcome.deliveries = ledgers.deliveries.count
        outcome.duplicates = record.fates.values.reduce(0) { $0 + $1.duplicates }
        outcome.bound = record.fates.values.reduce(0) { $0 + $1.unknownOutcomes }
        if outcome.duplicates > outcome.bound {
            outcome.breaches.append(
                Breach(
                    invariant: .noNeedlessCopy,
                    text: "\(outcome.duplicates) duplicates, and only \(outcome.bound) outcomes were unknown"))
        }
    }

    // MARK: - I1, I5

    private func chats() -> [Breach] {
        var breaches: [Breach] = []
        let byChat = Dictionary(grouping: ledgers.events) { $0.chat?.id ?? "" }
        for (chat, events) in byChat.sorted(by: { $0.key < $1.key })
        where events.map(\.sequence) != Array(1...events.count) {
            breaches.append(Breach(invariant: .nothingLost, text: "the events of \(chat) are not counted from 1"))
        }
        for chat in world.scenario.chats.map(\.id) {
            var story = ChatStory(
                chat, events: byChat[chat] ?? [], isClockSteady: world.scenario.faults.clock == 0)
            for answer in record.answers[chat] ?? [] { story.take(answer) }
            breaches += story.finish(stored: ledgers.snapshots[chat])
        }
        return breaches
    }

    /// The last that was told of the account is that it can be read. A process that starts learns of a trouble from the event,
    /// and of none whose event was removed for its age.
    private func account() -> [Breach] {
        let told = ledgers.events.last { $0.type == .watchFailing || $0.type == .watchRecovered }
        guard let told, told.type == .watchFailing, !record.pruned.events.contains(told) else { return [] }
        return [Breach(invariant: .nothingLost, text: "no event tells that the account can be read again")]
    }

    // MARK: - I1, I7

    private func deliveries() -> [Breach] {
        var breaches: [Breach] = []
        func note(_ invariant: Invariant, _ name: DeliveryName, _ text: String) {
            breaches.append(Breach(invariant: invariant, text: "\(name.event) for \(name.endpoint) \(text)"))
        }
        for name in record.owed {
            guard let kept = ledgers.deliveries[name] else {
                note(.nothingLost, name, "was never queued")
                continue
            }
            let fate = record.fates[name] ?? DeliveryFate()
            switch kept.state {
            case .pending: note(.drains, name, "still waits")
            case .dead: if kept.reason?.isEmpty ?? true { note(.nothingLost, name, "is dead without a reason") }
            case .delivered: if fate.acceptedReceipts == 0 { note(.nothingLost, name, "was accepted by nobody") }
            }
            if fate.receipts > kept.attempts {
                note(.recordedBeforeSent, name, "arrived \(fate.receipts) times in \(kept.attempts) tries")
            }
        }
        let owed = Set(record.owed)
        for name in ledgers.deliveries.keys.sorted() where !owed.contains(name) {
            note(.nothingLost, name, "belongs to no event that was stored")
        }
        return breaches
    }

    // MARK: - I2

    private func order() -> [Breach] {
        let places = Dictionary(
            ledgers.events.map { ($0.id, (chat: $0.chat?.id ?? "", sequence: $0.sequence)) }
        ) { first, _ in first }
        let ordered = Set(world.endpoints.filter { $0.ordering == .chat }.map(\.name))
        var seen: Set<DeliveryName> = []
        var newest: [DeliveryName: Int] = [:]
        var breaches: [Breach] = []
        for receipt in record.receipts where ordered.contains(receipt.name.endpoint) {
            guard !receipt.isOutOfTurn, seen.insert(receipt.name).inserted, let place = places[receipt.name.event]
            else { continue }
            let lane = DeliveryName(endpoint: receipt.name.endpoint, event: place.chat)
            if place.sequence < newest[lane] ?? 0 {
                breaches.append(
                    Breach(
                        invariant: .inOrder,
                        text: "\(receipt.name.endpoint) got \(place.chat) \(place.sequence) after \(newest[lane] ?? 0)")
                )
            }
            newest[lane] = max(newest[lane] ?? 0, place.sequence)
        }
        return breaches
    }

    // MARK: - Rates

    private func rates() -> [Breach] {
        // While nothing ran, a clock that was set ahead made a pause of what was none.
        guard world.scenario.faults.clock == 0 else { return [] }
        var breaches: [Breach] = []
        for endpoint in world.endpoints {
            let times = record.arrivals[endpoint.name] ?? []
            for rate in endpoint.rates {
                for (first, next) in zip(times, times.dropFirst(rate.count)) where next - first < rate.period {
                    breaches.append(
                        Breach(
                            invariant: .withinLimits,
                            text: "\(endpoint.name) got \(rate.count + 1) messages in \(next - first), "
                                + "\(rate.count) in \(rate.period) are allowed"))
                }
            }
        }
        return breaches
    }
}
