package import Time

/// One try that came to an end, as it is kept for the operator.
package struct Attempt: Sendable, Equatable {
    /// How much of an answer is kept.
    package static let responseLimit = 4096

    /// A closed set: the `result` label of the metrics and the word in listings.
    package enum Result: String, Sendable, CaseIterable {
        case delivered, retry, throttled, rejected, gone
        /// The process ended between the record and the answer.
        case unknown
    }

    /// Counts the tries of one delivery from 1.
    package var number: Int
    package var startedAt: Timestamp
    package var duration: Duration
    package var result: Result
    /// Nil when no answer came.
    package var status: Int?
    /// Which rule judged it.
    package var rule: String
    /// The front of the answer's body, at most `responseLimit` bytes.
    package var response: [UInt8]

    package init(
        number: Int, startedAt: Timestamp, duration: Duration, result: Result, status: Int?, rule: String,
        response: [UInt8]
    ) {
        self.number = number
        self.startedAt = startedAt
        self.duration = duration
        self.result = result
        self.status = status
        self.rule = rule
        self.response = response
    }
}

extension Verdict {
    package var result: Attempt.Result {
        switch outcome {
        case .delivered: .delivered
        case .retry: .retry
        case .throttled: .throttled
        case .rejected: .rejected
        case .gone: .gone
        }
    }
}
