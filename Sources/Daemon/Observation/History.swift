import Telemetry
import Time

/// What happened minute by minute, over the last day: a ring in memory, always of the same size.
struct History: Sendable {
    /// The counters at one moment.
    struct Reading: Sendable {
        var events = 0
        var delivered = 0
        var dead = 0
        var attempts = 0
        /// Of all endpoints together.
        var latency: Histogram
        /// Only where something waits: that is rare, and there are many minutes.
        var pending: [String: Int] = [:]
        var callsRemaining: Int?
    }

    struct Point: Sendable {
        /// The end of the minute.
        var at: Timestamp
        /// What was counted in this minute alone; what waits, at its end.
        var reading: Reading
    }

    static let step: Duration = .seconds(60)
    private static let capacity = 1440

    private var ring: [Point] = []
    private var next = 0
    private var last: Reading?

    /// Oldest first.
    var points: [Point] { Array(ring[next...] + ring[..<next]) }

    /// The first reading is only what the next one is compared with.
    mutating func note(_ reading: Reading, at now: Timestamp) {
        defer { last = reading }
        guard let last else { return }
        let point = Point(at: now, reading: reading.since(last))
        if ring.count < Self.capacity {
            ring.append(point)
        } else {
            ring[next] = point
            next = (next + 1) % Self.capacity
        }
    }
}

extension History.Reading {
    fileprivate func since(_ earlier: History.Reading) -> History.Reading {
        var difference = self
        difference.events = max(0, events - earlier.events)
        difference.delivered = max(0, delivered - earlier.delivered)
        difference.dead = max(0, dead - earlier.dead)
        difference.attempts = max(0, attempts - earlier.attempts)
        difference.latency = latency.since(earlier.latency)
        return difference
    }
}
