import Glibc

/// What is believed of one chat's rate, per second: its mean and variance, from the prior and the chat's own evidence.
///
/// The evidence has the likelihood of a Poisson count, the prior is log-normal. There is no closed form; but over u =
/// ln λ the logarithm of the product is concave, so seven Gauss–Hermite nodes around its peak, as wide as its
/// curvature says, are enough.
struct RateBelief: Sendable, Equatable {
    let mean: Double
    let variance: Double
    /// Mean of u = ln λ.
    let logMean: Double
    /// How likely the evidence is under the prior, as a logarithm, up to what depends on the evidence alone.
    let logLikelihood: Double

    /// Nodes and weights of the rule for ∫f(x)e^{−x²}dx, the weights times e^{x²}.
    private static let rule: [(node: Double, weight: Double)] = [
        (-2.651961356835233, 1.101330729610322), (-1.673551628767471, 0.897184600225182),
        (-0.816287882858965, 0.828687303283640), (0, 0.810264617556807), (0.816287882858965, 0.828687303283640),
        (1.673551628767471, 0.897184600225182), (2.651961356835233, 1.101330729610322),
    ]

    init(_ prior: RatePrior, _ evidence: RateEvidence) {
        let precision = 1 / (prior.deviation * prior.deviation)
        let peak = Self.peak(prior, evidence, precision: precision)
        let expectedAtPeak = evidence.exposure * exp(peak)
        let width = (2 / (expectedAtPeak + precision)).squareRoot()
        let height = Self.logDensity(peak, exp(peak), prior, evidence, precision: precision)
        var mass = 0.0
        var first = 0.0
        var second = 0.0
        var logFirst = 0.0
        for (node, weight) in Self.rule {
            let u = peak + width * node
            let rate = exp(u)
            let share = weight * exp(Self.logDensity(u, rate, prior, evidence, precision: precision) - height)
            mass += share
            first += share * rate
            second += share * rate * rate
            logFirst += share * u
        }
        mean = first / mass
        variance = max(second / mass - mean * mean, mean * mean * 1e-9)
        logMean = logFirst / mass
        logLikelihood = height + log(mass * width / prior.deviation)
    }

    private static func logDensity(
        _ u: Double, _ rate: Double, _ prior: RatePrior, _ evidence: RateEvidence, precision: Double
    ) -> Double {
        let offset = u - prior.logMedian
        return evidence.changes * u - evidence.exposure * rate - offset * offset * precision / 2
    }

    /// Newton's method from the right of the peak, where the curve is steepest: it comes down and never overshoots.
    private static func peak(_ prior: RatePrior, _ evidence: RateEvidence, precision: Double) -> Double {
        var u = prior.logMedian + evidence.changes / precision
        if evidence.exposure > 0, evidence.changes > 0 {
            u = min(u, max(prior.logMedian, log(evidence.changes / evidence.exposure)))
        }
        for _ in 0..<12 {
            let expected = evidence.exposure * exp(u)
            let slope = evidence.changes - expected - (u - prior.logMedian) * precision
            let step = slope / (expected + precision)
            u += step
            if abs(step) < 1e-3 { break }
        }
        return u
    }

    /// The Gamma distribution of the same mean and variance.
    var shape: Double { mean * mean / variance }
    var exposure: Double { mean / variance }

    /// The probability of no change over the next `elapsed` seconds, the rate's uncertainty included.
    func silence(over elapsed: Double) -> Double {
        exp(-shape * log1p(elapsed / exposure))
    }
}
