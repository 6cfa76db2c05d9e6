import Time

/// An event that arrived at an endpoint, by itself or in a digest.
struct Receipt: Sendable {
    var name: DeliveryName
    var at: Timestamp
    /// Several events shared the message.
    var isShared: Bool
    /// It was sent again on somebody's wish before it had ever arrived: its place in the order is gone.
    var isOutOfTurn: Bool
}
