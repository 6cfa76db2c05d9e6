import Synchronization
import TestKit

/// All that is left to chance in a world, from one seed.
final class Chance: Sendable {
    private let generator: Mutex<SeededGenerator>

    init(seed: UInt64) {
        generator = Mutex(SeededGenerator(seed: seed))
    }

    /// Says yes in so many of a thousand cases.
    func says(_ perMille: Int) -> Bool {
        perMille > 0 && number(in: 0...999) < perMille
    }

    func number(in range: ClosedRange<Int>) -> Int {
        generator.withLock { Int.random(in: range, using: &$0) }
    }

    func milliseconds(_ range: ClosedRange<Int>) -> Duration {
        .milliseconds(number(in: range))
    }

    func pick<Element>(_ choices: [Element]) -> Element {
        choices[number(in: 0...choices.count - 1)]
    }

    /// In 0..<1.
    func fraction() -> Double {
        generator.withLock { Double.random(in: 0..<1, using: &$0) }
    }
}
