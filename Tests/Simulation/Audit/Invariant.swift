/// What must hold of every run.
package enum Invariant: String, Sendable, CaseIterable {
    /// Changes that polls saw are events; events are accepted, or dead with a reason.
    case nothingLost = "I1"
    /// First receipts of a chat's events reach an endpoint in rising sequence.
    case inOrder = "I2"
    /// No receipt without a try that was recorded before.
    case recordedBeforeSent = "I3"
    /// All copies of a message have one body and a valid signature.
    case sameCopies = "I4"
    /// A stored snapshot is the fold of its chat's events.
    case snapshotIsFold = "I5"
    /// The backlog drains once faults stop.
    case drains = "I7"
    /// An event goes out again only when the outcome of a try could not be known.
    case noNeedlessCopy = "duplicates"
    /// No more at once, and no more in any period, than an endpoint is configured for.
    case withinLimits = "limits"
}

package struct Breach: Sendable, Equatable, CustomStringConvertible {
    package var invariant: Invariant
    package var text: String

    package var description: String { "\(invariant.rawValue): \(text)" }
}
