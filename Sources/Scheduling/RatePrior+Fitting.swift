import Glibc

extension RatePrior {
    /// How sure `initial` is of itself: the deviations of its two figures.
    private static let medianDoubt = 2.0
    private static let deviationDoubt = 0.7

    /// Deviations tried by a fit.
    private static let deviations: [Double] = (0..<11).map { 0.1 * pow(1.4, Double($0)) }

    /// The prior under which the evidence is most likely, averaged over the deviations that explain it about as well.
    func fitted(to evidence: [RateEvidence]) -> RatePrior {
        guard !evidence.isEmpty else { return self }
        var candidate = self
        var candidates: [(prior: RatePrior, logLikelihood: Double)] = []
        candidates.reserveCapacity(Self.deviations.count)
        for deviation in Self.deviations {
            candidate.deviation = deviation
            var likelihood = 0.0
            for _ in 0..<3 { likelihood = candidate.moveMedian(by: evidence) }
            candidates.append((candidate, likelihood))
        }
        let best = candidates.reduce(-Double.infinity) { max($0, $1.logLikelihood) }
        var total = 0.0
        var logDeviation = 0.0
        var logMedian = 0.0
        for (prior, logLikelihood) in candidates {
            let weight = exp(logLikelihood - best)
            total += weight
            logDeviation += weight * log(prior.deviation)
            logMedian += weight * prior.logMedian
        }
        return RatePrior(logMedian: logMedian / total, deviation: exp(logDeviation / total))
    }

    /// One step of expectation maximization for the median; returns the likelihood before it.
    private mutating func moveMedian(by evidence: [RateEvidence]) -> Double {
        let initial = RatePrior.initial
        let pull = deviation * deviation / (Self.medianDoubt * Self.medianDoubt)
        let offset = (logMedian - initial.logMedian) / Self.medianDoubt
        let doubt = log(deviation / initial.deviation) / Self.deviationDoubt
        var likelihood = -(offset * offset + doubt * doubt) / 2
        var sum = initial.logMedian * pull
        for chat in evidence {
            let belief = RateBelief(self, chat)
            likelihood += belief.logLikelihood
            sum += belief.logMean
        }
        logMedian = sum / (Double(evidence.count) + pull)
        return likelihood
    }
}
