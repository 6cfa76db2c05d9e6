import Scheduling

/// The `organization` column of `schedule`: words of eight bytes, least significant first. The layout's version, the number
/// of hours, the prior's two figures, then two figures for every hour: changes of all hours, expectations of all hours.
/// Figures are IEEE 754, so they come back bit by bit, which their decimal text would not promise.
extension LearnedOrganization {
    private static let layout: UInt64 = 1
    private static let headWords = 4

    var bytes: [UInt8] {
        let figures = [prior.logMedian, prior.deviation] + hourChanges + hourExpected
        let words = [Self.layout, UInt64(hourChanges.count)] + figures.map(\.bitPattern)
        return words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
    }

    /// Nil for another layout, and for what no organization can be: it is learned anew.
    init?(bytes: [UInt8]) {
        guard bytes.count.isMultiple(of: 8) else { return nil }
        let words = stride(from: 0, to: bytes.count, by: 8).map { start in
            bytes[start..<(start + 8)].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        }
        guard words.count >= Self.headWords, words[0] == Self.layout else { return nil }
        let hours = (words.count - Self.headWords) / 2
        guard words[1] == UInt64(hours), words.count == Self.headWords + 2 * hours else { return nil }
        let figures = words.dropFirst(2).map(Double.init(bitPattern:))
        self.init(
            prior: RatePrior(logMedian: figures[0], deviation: figures[1]),
            hourChanges: Array(figures[2..<(2 + hours)]), hourExpected: Array(figures[(2 + hours)...]))
        guard isSound else { return nil }
    }
}
