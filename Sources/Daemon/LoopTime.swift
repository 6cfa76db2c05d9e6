import EventLoop
import Time

/// The machine's clocks, with the loop's timer to sleep by.
struct LoopTime: TimeSource {
    let clock: SystemTime
    let timer: LoopTimer

    var now: Timestamp { clock.now }

    var steady: Timestamp { clock.steady }

    func sleep(until deadline: Timestamp) async throws {
        let rest = deadline - steady
        if rest > .zero {
            try await timer.sleep(for: rest)
        } else {
            try Task.checkCancellation()
        }
    }
}
