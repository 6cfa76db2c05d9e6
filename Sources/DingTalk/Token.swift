import Telemetry
import Time

/// An access token and how long it is good for.
struct Token: Sendable, Equatable {
    /// Tokens are renewed this long before they expire.
    static let margin: Duration = .seconds(600)

    var value: Secret
    var renewAt: Timestamp

    /// `lifetime` in seconds as the platform gives it. A short one is used for half of its time at least.
    init(value: Secret, lifetime: Int, issuedAt: Timestamp) {
        self.value = value
        let whole = Duration.seconds(max(lifetime, 0))
        renewAt = issuedAt + max(whole - Self.margin, whole / 2)
    }
}
