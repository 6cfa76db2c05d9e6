import Glibc

extension RateEvidence {
    /// Takes in a poll `elapsed` seconds after the one before it. `belief`: of the rate, before this poll.
    ///
    /// A poll tells only whether there was a change at all. Under a Gamma belief, "unchanged" adds exposure; the
    /// posterior of "changed" is replaced by the Gamma of its mean and variance, in constant time, and what that adds
    /// is kept.
    mutating func observe(changed: Bool, after elapsed: Double, belief: RateBelief) {
        guard elapsed > 0 else { return }
        guard changed else {
            exposure += elapsed
            return
        }
        let (shape, time) = (belief.shape, belief.exposure)
        // ln(β/(β+τ)), by way of log1p: τ may be tiny beside β.
        let logRatio = -log1p(elapsed / time)
        let m0 = -expm1(shape * logRatio)
        let m1 = shape / time * -expm1((shape + 1) * logRatio) / m0
        let m2 = shape * (shape + 1) / (time * time) * -expm1((shape + 2) * logRatio) / m0
        let variance = m2 - m1 * m1
        guard variance > 0, variance.isFinite else { return }
        changes = max(0, changes + m1 * m1 / variance - shape)
        exposure = max(0, exposure + m1 / variance - time)
    }
}
