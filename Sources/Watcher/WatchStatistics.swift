import DingTalk

/// What the watcher has done since it started.
package struct WatchStatistics: Sendable, Equatable {
    package private(set) var polls = 0
    /// Polls whose answer was, byte for byte, the last one.
    package private(set) var unchanged = 0
    package private(set) var failed = 0
    package private(set) var events = 0

    mutating func note(_ reading: ChatReading, events: Int) {
        polls += 1
        self.events += events
        if reading == .unchanged { unchanged += 1 }
        if !reading.isSuccess { failed += 1 }
    }
}
