import Deliveries
import HTTPEngine
import Telemetry
import Time

/// The headers of an endpoint's requests; what is the same for all of them is made once.
struct RequestHeading: Sendable {
    private let constant: [HTTPField]
    private let ownNames: Set<String>

    /// The operator's own headers take the place of `user-agent`, of `content-type`, and of what the format and the signatures
    /// set.
    init(_ own: [Endpoint.Header], userAgent: String) {
        ownNames = Set(own.map { $0.name.lowercased() })
        let fields = own.map { HTTPField($0.name, $0.value.reveal()) }
        constant = ownNames.contains("user-agent") ? fields : [HTTPField("user-agent", userAgent)] + fields
    }

    func fields(for payload: Payload, _ signed: SignedPayload, at time: Timestamp) -> [HTTPField] {
        var fields = constant
        fields.reserveCapacity(constant.count + signed.headers.count + 3)
        if !isOwn("content-type") { fields.append(HTTPField("content-type", payload.contentType)) }
        fields.append(HTTPField("webhook-id", payload.id))
        fields.append(HTTPField("webhook-timestamp", "\(time.seconds)"))
        for header in signed.headers where !isOwn(header.name) {
            fields.append(HTTPField(header.name, header.value))
        }
        return fields
    }

    /// Whether the operator set the header, so that its value is a secret.
    func isOwn(_ name: String) -> Bool {
        !ownNames.isEmpty && ownNames.contains(name.lowercased())
    }
}
