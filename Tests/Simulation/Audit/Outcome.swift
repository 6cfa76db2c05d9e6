/// What came of one run.
package struct Outcome: Sendable {
    package var seed: UInt64
    package var breaches: [Breach] = []
    package var events = 0
    package var deliveries = 0
    /// Copies that a receiver accepted beyond the first, and how many there may have been.
    package var duplicates = 0
    package var bound = 0
    package var processes = 0
    /// Jobs that the process ran.
    package var steps = 0
    /// How often the sabotage had its way.
    package var sabotaged = 0
    /// The last steps, if they were asked for.
    package var trace: [String] = []

    package func count(_ invariant: Invariant) -> Int {
        breaches.count { $0.invariant == invariant }
    }
}
