/// Whether the daemon does what it is there for.
package enum Readiness: Sendable, Equatable {
    case ready
    /// For people: why not.
    case notReady(String)
}
