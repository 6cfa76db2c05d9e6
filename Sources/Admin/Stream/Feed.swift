package import Deliveries
import Synchronization
import Time

/// Tells event streams that there is something to look at. It carries no events: each stream reads the store on from its own
/// position, at its own pace. So whoever rings never waits, and a reader that is stuck costs nobody anything.
package final class Feed: Sendable {
    private struct State {
        var alarms: [Int: Alarm] = [:]
        var lastListener = 0
        var recent = RecentDeliveries()
        var isClosed = false
    }

    private let state = Mutex(State())

    package init() {}

    /// Events were stored.
    package func ring() {
        ringAll { _ in }
    }

    /// Tries of deliveries were judged, and the verdicts stored.
    package func judged(_ deliveries: some Sequence<DeliveryID>) {
        ringAll { recent in
            for delivery in deliveries { recent.append(delivery) }
        }
    }

    /// Ends all streams, and those that come.
    package func close() {
        let alarms = state.withLock { state in
            state.isClosed = true
            return Array(state.alarms.values)
        }
        for alarm in alarms { alarm.ring() }
    }

    func listen() -> Listener {
        let alarm = Alarm()
        let (number, place) = state.withLock { state in
            state.lastListener += 1
            state.alarms[state.lastListener] = alarm
            return (state.lastListener, state.recent.count)
        }
        return Listener(feed: self, number: number, alarm: alarm, place: place)
    }

    private func ringAll(_ change: (inout RecentDeliveries) -> Void) {
        let alarms = state.withLock { state -> [Alarm] in
            // Nobody listens: nobody needs to know later either.
            if state.alarms.isEmpty { return [] }
            change(&state.recent)
            return Array(state.alarms.values)
        }
        for alarm in alarms { alarm.ring() }
    }

    /// One stream's ear. It is forgotten when the stream lets go of it.
    final class Listener: Sendable {
        private let feed: Feed
        private let number: Int
        private let alarm: Alarm
        /// The place from which deliveries are new.
        let place: Int

        fileprivate init(feed: Feed, number: Int, alarm: Alarm, place: Int) {
            self.feed = feed
            self.number = number
            self.alarm = alarm
            self.place = place
        }

        deinit {
            feed.state.withLock { $0.alarms[number] = nil }
        }

        var isClosed: Bool { feed.state.withLock { $0.isClosed } }

        func deliveries(from place: Int, limit: Int) -> (ids: [DeliveryID], next: Int) {
            feed.state.withLock { $0.recent.from(place, limit: limit) }
        }

        /// Returns when something happened, at a time, or when the task is cancelled.
        func wait(until deadline: Timestamp, _ time: any TimeSource) async {
            await alarm.wait(until: deadline, time)
        }
    }
}
