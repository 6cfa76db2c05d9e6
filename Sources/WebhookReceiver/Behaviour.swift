/// How the receiver answers what it has verified.
package struct Behaviour: Sendable {
    /// The answer when nothing is to go wrong.
    package var status = 200
    /// How long every answer is held back.
    package var delay: Duration = .zero
    /// So many requests fail before the first may succeed, whichever they are.
    package var failFirst = 0
    /// Of the later requests, how many in a hundred fail. The seed decides which.
    package var failurePercentage = 0.0
    /// The answer when something is to go wrong.
    package var failureStatus = 503
    package var seed: UInt64 = 1

    package init() {}

    /// Whether the request of that number, counted from 1, is to fail.
    func fails(_ number: Int) -> Bool {
        if number <= failFirst { return true }
        // The finaliser of SplitMix64 over seed and number: no state, so a request's fate depends on its number alone.
        var mixed = seed &+ UInt64(truncatingIfNeeded: number) &* 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        mixed ^= mixed >> 31
        return Double(mixed >> 11) / Double(1 << 53) * 100 < failurePercentage
    }
}
