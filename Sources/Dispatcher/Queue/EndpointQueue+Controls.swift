import Deliveries
import Store
import Time

extension EndpointQueue {
    /// Holds everything back. What is in flight may finish.
    mutating func pause() {
        state.isPaused = true
    }

    /// Lifts a pause and a disabling, and ends all waiting: between tries, and for as long as the receiver asked, be that an hour
    /// or a thousand years. An endpoint that failed gets one probe at once, and its patience starts anew.
    mutating func resume(at now: Moment) {
        state.isPaused = false
        if state.disabledReason != nil {
            state.disabledReason = nil
            state.breaker = Breaker(
                failures: Breaker.tolerance, failingSince: now.steady, probeAt: now.steady)
        }
        if state.breaker.isOpen { state.breaker.probeNow(now.steady) }
        throttle.clear()
        // What failed, or was refused for now, is filed under a time to come.
        work.expedited = state.number
        wake()
    }
}
