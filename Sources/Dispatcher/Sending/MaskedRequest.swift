import Deliveries
package import HTTPEngine
import Telemetry

/// A request that may be shown: of the address only the host, of the operator's headers and of signatures in the address only
/// fingerprints. Signatures in headers and body are shown; they hold for this message and a few minutes.
package struct MaskedRequest: Sendable, Equatable, CustomStringConvertible {
    package var url: String
    package var headers: [HTTPField]
    package var body: [UInt8]

    init(_ letter: Letter, to endpoint: Endpoint) {
        let heading = RequestHeading(endpoint.headers, userAgent: "")
        url = ([endpoint.url.description] + letter.query.map { "\($0.name)=\(Secret($0.value))" }).joined(
            separator: "&")
        headers = letter.request.headers.map { field in
            heading.isOwn(field.name) ? HTTPField(field.name, Secret(field.value).description) : field
        }
        body = letter.request.body
    }

    /// As it stands on the wire, more or less.
    package var description: String {
        let head = ["POST \(url)"] + headers.map { "\($0.name): \($0.value)" }
        return head.joined(separator: "\n") + "\n\n" + String(decoding: body, as: UTF8.self)
    }
}
