import Deliveries
import HTTPEngine

/// A request that is ready to go, and which items of its address are signatures.
struct Letter: Sendable {
    var request: HTTPRequest
    var query: [Signature.Item]
}
