import Time

/// The clocks as a process sees them: a wall clock that may jump, and a steady one that starts where the wall clock or the
/// newest record stood, whichever is later.
struct ProcessTime: TimeSource {
    private let life: Life
    private let wall: WallClock
    private let offset: Duration

    init(_ life: Life, _ wall: WallClock, notBefore: Timestamp? = nil) {
        self.life = life
        self.wall = wall
        let start = wall.now
        offset = max(start, notBefore ?? start) - life.agenda.now
    }

    var now: Timestamp { wall.now }
    var steady: Timestamp { life.agenda.now + offset }

    func sleep(until deadline: Timestamp) async throws {
        guard await life.waitUnlessCancelled(until: deadline - offset) else { throw CancellationError() }
    }
}
