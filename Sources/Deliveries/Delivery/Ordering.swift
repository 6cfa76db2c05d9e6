/// Whether deliveries to an endpoint wait for each other.
package enum Ordering: String, Sendable, CaseIterable {
    /// One chat's events reach the endpoint in their order.
    case chat
    /// Each delivery goes when it can.
    case none
}
