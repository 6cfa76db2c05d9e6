import Glibc

/// What is believed of a chat's rate before it is known: a log-normal distribution over all chats, learned from all
/// chats (empirical Bayes). A new chat starts from it; a chat seen little is drawn towards it.
package struct RatePrior: Sendable, Equatable {
    /// Logarithm of the median rate per second.
    package var logMedian: Double
    /// Standard deviation of the rates' logarithm: near 0 when all chats are alike.
    package var deviation: Double

    package init(logMedian: Double, deviation: Double) {
        self.logMedian = logMedian
        self.deviation = deviation
    }

    /// Before anything is known: a change every three days.
    package static let initial = RatePrior(logMedian: log(1.0 / (3 * 86_400)), deviation: 1)
}
