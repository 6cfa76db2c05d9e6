import Glibc

extension RandomNumberGenerator {
    /// True once in `1 / probability` draws.
    mutating func chance(_ probability: Double) -> Bool {
        Double.random(in: 0..<1, using: &self) < probability
    }

    /// An index drawn in proportion to its weight; nil when no weight is above zero.
    mutating func index(weighted weights: [Double]) -> Int? {
        let total = weights.reduce(0, +)
        guard total > 0 else { return nil }
        var rest = Double.random(in: 0..<total, using: &self)
        for (index, weight) in weights.enumerated() {
            rest -= weight
            if rest < 0 { return index }
        }
        // Rounding may leave a crumb after the last weight.
        return weights.lastIndex { $0 > 0 }
    }

    /// A factor around 1 whose logarithm is normally distributed: how unequal groups are in liveliness.
    mutating func logNormal(sigma: Double) -> Double {
        let radius = sqrt(-2 * log(1 - Double.random(in: 0..<1, using: &self)))
        return exp(sigma * radius * cos(Double.random(in: 0..<(2 * .pi), using: &self)))
    }

    /// Seconds to the next event of a Poisson process. `rate` is in events per second, above zero.
    mutating func exponential(rate: Double) -> Double {
        -log(1 - Double.random(in: 0..<1, using: &self)) / rate
    }

    /// Characters drawn from an alphabet: identifiers, tokens, media ids.
    mutating func text(of alphabet: Alphabet, count: Int) -> String {
        let letters = Array(alphabet.rawValue.utf8)
        let drawn = (0..<count).map { _ in letters[Int.random(in: 0..<letters.count, using: &self)] }
        return String(decoding: drawn, as: UTF8.self)
    }
}

/// The characters that the platform's identifiers are made of.
enum Alphabet: String {
    case hexadecimal = "0123456789abcdef"
    case alphanumeric = "0123456789abcdefghijklmnopqrstuvwxyz"
    case mixed = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
}
