import Glibc
import Testing

@testable import Scheduling

@Suite("Learned rates")
struct RateTests {
    private let prior = RatePrior(logMedian: log(1.0), deviation: 1.5)

    /// Mean and variance of the rate by brute force: a fine sum over ln λ.
    private func integrate(_ prior: RatePrior, _ likelihood: (Double) -> Double) -> (mean: Double, variance: Double) {
        var sums = (0.0, 0.0, 0.0)
        for step in -6000...6000 {
            let z = Double(step) / 750
            let rate = exp(prior.logMedian + prior.deviation * z)
            let weight = exp(-z * z / 2) * likelihood(rate)
            sums = (sums.0 + weight, sums.1 + weight * rate, sums.2 + weight * rate * rate)
        }
        let mean = sums.1 / sums.0
        return (mean, sums.2 / sums.0 - mean * mean)
    }

    @Test(
        "the belief agrees with the integral it stands for",
        arguments: [
            (0.0, 0.0), (0, 0.5), (0, 20), (1, 1), (3, 0.2), (40, 10), (500, 3), (0.3, 100),
        ])
    func belief(changes: Double, exposure: Double) {
        let belief = RateBelief(prior, RateEvidence(changes: changes, exposure: exposure))
        let exact = integrate(prior) {
            exp(
                changes * log($0) - exposure * $0
                    - (changes > 0 ? changes * log(changes / max(exposure, 0.1)) - changes : 0))
        }
        #expect(abs(belief.mean / exact.mean - 1) < 0.02)
        // With no evidence the tail of a log-normal is beyond seven nodes; nothing depends on that variance.
        if exposure > 0 { #expect(abs(belief.variance / exact.variance - 1) < 0.2) }
    }

    @Test("many polls end near the rate of maximum likelihood", arguments: [0.05, 0.3, 1, 3])
    func maximumLikelihood(interval: Double) {
        var random = SplitMix64(seed: 11)
        var evidence = RateEvidence.none
        var changed: [Double] = []
        var unchanged = 0.0
        for _ in 0..<2000 {
            let elapsed = interval * (0.5 + random.unit())
            let hasChanged = random.unit() < 1 - exp(-0.9 * elapsed)
            evidence.observe(changed: hasChanged, after: elapsed, belief: RateBelief(prior, evidence))
            if hasChanged { changed.append(elapsed) } else { unchanged += elapsed }
        }
        // Σ over changed of τ/(e^{λτ}−1) = Σ over unchanged of τ, by bisection.
        var (low, high) = (1e-3, 100.0)
        for _ in 0..<80 {
            let middle = (low * high).squareRoot()
            if changed.reduce(0, { $0 + $1 / expm1(middle * $1) }) > unchanged { low = middle } else { high = middle }
        }
        #expect(abs(RateBelief(prior, evidence).mean / low - 1) < 0.03)
    }

    @Test("a poll right after the last one and one after ages teach what they can")
    func extremes() {
        for elapsed in [1e-9, 1e-3, 1e3, 1e9] {
            for changed in [true, false] {
                var evidence = RateEvidence(changes: 2, exposure: 3)
                evidence.observe(changed: changed, after: elapsed, belief: RateBelief(prior, evidence))
                #expect(evidence.changes.isFinite && evidence.changes >= 0)
                #expect(evidence.exposure.isFinite && evidence.exposure >= 0)
            }
        }
    }

    @Test("the prior finds how widely chats differ", arguments: [0.0, 0.5, 1.5, 2.2])
    func fittedPrior(deviation: Double) {
        var random = SplitMix64(seed: 5)
        let evidence = (0..<250).map { _ in
            let normal = (-2 * log(1 - random.unit())).squareRoot() * cos(2 * .pi * random.unit())
            let mean = 30 * exp(deviation * normal) / 86_400
            // A Poisson count over a day.
            var count = -1.0
            var sum = 0.0
            while sum < 86_400 {
                sum += -log(1 - random.unit()) / mean
                count += 1
            }
            return RateEvidence(changes: count, exposure: 86_400)
        }
        var prior = RatePrior.initial
        for _ in 0..<5 { prior = prior.fitted(to: evidence) }
        #expect(abs(prior.logMedian - log(30.0 / 86_400)) < 0.35)
        #expect(abs(prior.deviation - max(deviation, 0.1)) < 0.25)
    }

    @Test("no evidence leaves the prior as it is")
    func nothingToFit() {
        #expect(prior.fitted(to: []) == prior)
    }
}
