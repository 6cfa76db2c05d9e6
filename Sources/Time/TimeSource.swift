/// Where services get the time from, so that a test can hold the clock in its hand.
///
/// Two readings, because a wall clock may jump. What people and receivers read (event times, signatures) is `now`. What
/// decides when to act is `steady`: it starts at the wall clock's value and then only follows elapsed time, so a jump
/// makes nothing due early and nothing late.
package protocol TimeSource: Sendable {
    /// The wall clock.
    var now: Timestamp { get }

    /// Wall time as of the start, moved on by elapsed time only.
    var steady: Timestamp { get }

    /// Returns once `steady` has reached `deadline`; throws only `CancellationError`.
    func sleep(until deadline: Timestamp) async throws
}
