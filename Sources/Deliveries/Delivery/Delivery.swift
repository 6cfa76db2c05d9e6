package import Time

/// One event for one endpoint, waiting to be sent.
package struct Delivery: Sendable, Equatable {
    package var key: DeliveryKey
    package var event: StoredEvent
    package var queuedAt: Timestamp
    /// Tries recorded so far, whatever came of them.
    package var attempts: Int
    /// Tries that failed and count against the retry schedule.
    package var failures: Int

    package init(key: DeliveryKey, event: StoredEvent, queuedAt: Timestamp, attempts: Int, failures: Int) {
        self.key = key
        self.event = event
        self.queuedAt = queuedAt
        self.attempts = attempts
        self.failures = failures
    }
}
