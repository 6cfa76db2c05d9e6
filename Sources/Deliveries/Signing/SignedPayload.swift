import JSON
package import Time

/// A message as it goes out: what of the request depends on it.
package struct SignedPayload: Sendable, Equatable {
    /// The payload's own and those of the signatures; content type, `webhook-id` and `webhook-timestamp` are not among them.
    package var headers: [Payload.Header]
    package var query: [Signature.Item]
    package var body: [UInt8]

    package init(headers: [Payload.Header], query: [Signature.Item], body: [UInt8]) {
        self.headers = headers
        self.query = query
        self.body = body
    }

    /// The endpoint's address with the query items behind it, percent-encoded once.
    package func address(_ url: String) -> String {
        if query.isEmpty { return url }
        let items = query.map { "\(PercentEncoding.component($0.name))=\(PercentEncoding.component($0.value))" }
        let base = url.prefix { $0 != "#" }
        let separator = !base.contains("?") ? "?" : (base.hasSuffix("?") || base.hasSuffix("&") ? "" : "&")
        return base + separator + items.joined(separator: "&")
    }
}

/// Signs a message by all signers, as of the time at which it is sent.
///
/// Members that a signature puts into the body are put there first, so that every other signature is over the bytes that are
/// sent. A body that is no JSON object takes none.
package func signed(_ payload: Payload, by signers: [any Signer], at time: Timestamp) -> SignedPayload {
    var payload = payload
    var signature = Signature()
    for signer in signers where signer.changesBody {
        signature = signature.merged(with: signer.signature(of: payload, at: time))
    }
    if !signature.members.isEmpty { payload.add(signature.members) }
    for signer in signers where !signer.changesBody {
        signature = signature.merged(with: signer.signature(of: payload, at: time))
    }
    let headers = payload.headers + signature.headers.map { Payload.Header(name: $0.name, value: $0.value) }
    return SignedPayload(headers: headers, query: signature.query, body: payload.body)
}

extension Payload {
    fileprivate mutating func add(_ members: [Signature.Item]) {
        guard var object = (try? JSONParser.parse(body))?.objectValue else { return }
        for member in members {
            object[member.name] = .string(member.value)
        }
        body = JSONValue.object(object).serialized()
    }
}
