extension Histogram {
    /// The value that the given share of the observations does not exceed, 0...1; nil without observations.
    ///
    /// Estimated as Prometheus' `histogram_quantile` does it, so that both tell the same: values are taken as evenly spread
    /// over their bucket, the first bucket begins at 0, and what lies above all bounds counts as the last bound.
    package func quantile(_ share: Double) -> Double? {
        let count = count
        guard count > 0, let last = bounds.values.last else { return nil }
        let rank = min(max(share, 0), 1) * Double(count)
        var below = 0
        for (index, bound) in bounds.values.enumerated() {
            let inside = counts[index]
            if inside > 0, Double(below + inside) >= rank {
                let start = index == 0 ? min(0, bound) : bounds.values[index - 1]
                return start + (bound - start) * max(0, rank - Double(below)) / Double(inside)
            }
            below += inside
        }
        return last
    }
}
