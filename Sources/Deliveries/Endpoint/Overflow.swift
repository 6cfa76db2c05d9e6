/// What becomes of deliveries that an endpoint's rate holds back.
package enum Overflow: String, Sendable, CaseIterable {
    /// They wait for their turn.
    case queue
    /// What waits is merged into one message, where the format knows digests.
    case digest
}
