package import Chats
import DingTalk
package import Telemetry

/// What the watcher has done since it started.
package struct WatchStatistics: Sendable, Equatable {
    /// Seconds; a time limit of a minute is the longest that is configured.
    package static let durationBounds: HistogramBounds = [
        0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
    ]

    package private(set) var polls = 0
    /// Polls whose answer was, byte for byte, the last one.
    package private(set) var unchanged = 0
    package private(set) var failed = 0
    /// Events that polls brought.
    package private(set) var events = 0
    package private(set) var results: [PollResult: Int] = [:]
    /// What polls brought, and what was told of the account.
    package private(set) var eventTypes: [EventType: Int] = [:]
    /// From a chat's turn to the end of its poll: a new token, the answer, and storing what it changed.
    package private(set) var durations = Histogram(durationBounds)

    mutating func note(_ reading: ChatReading, _ events: [Event], took duration: Duration) {
        polls += 1
        self.events += events.count
        if reading == .unchanged { unchanged += 1 }
        if !reading.isSuccess { failed += 1 }
        results[PollResult(reading, events: events.count), default: 0] += 1
        durations.observe(duration)
        for event in events { note(event.type) }
    }

    /// An event that no poll brought.
    mutating func noteAnnounced(_ type: EventType) {
        note(type)
    }

    private mutating func note(_ type: EventType) {
        eventTypes[type, default: 0] += 1
    }
}
