import Deliveries
import HTTPEngine
import Telemetry
import Time

/// The headers of an endpoint's requests; what is the same for all of them is made once.
struct RequestHeading: Sendable {
    private let constant: [HTTPField]
    private let setsContentType: Bool

    /// The operator's own headers take the place of `user-agent` and `content-type`.
    init(_ own: [Endpoint.Header], userAgent: String) {
        let names = Set(own.map { $0.name.lowercased() })
        let fields = own.map { HTTPField($0.name, $0.value.reveal()) }
        constant = names.contains("user-agent") ? fields : [HTTPField("user-agent", userAgent)] + fields
        setsContentType = !names.contains("content-type")
    }

    func fields(for payload: Payload, _ signature: Signature?, at time: Timestamp) -> [HTTPField] {
        var fields = constant
        fields.reserveCapacity(constant.count + 4)
        if setsContentType { fields.append(HTTPField("content-type", payload.contentType)) }
        fields.append(HTTPField("webhook-id", payload.id))
        fields.append(HTTPField("webhook-timestamp", "\(time.seconds)"))
        for header in signature?.headers ?? [] {
            fields.append(HTTPField(header.name, header.value))
        }
        return fields
    }
}
