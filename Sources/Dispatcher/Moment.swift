import Time

/// Both readings of the clock, taken together: what is due is decided by one, what people read is told by the other.
struct Moment: Sendable, Equatable {
    /// For due times, ages and pauses.
    var steady: Timestamp
    /// For what is recorded as having happened.
    var wall: Timestamp

    init(steady: Timestamp, wall: Timestamp) {
        self.steady = steady
        self.wall = wall
    }

    init(_ time: any TimeSource) {
        self.init(steady: time.steady, wall: time.now)
    }
}
