package import Deliveries
import JSON
import Telemetry

/// An endpoint as it is configured.
package struct EndpointSettings: Sendable {
    package var endpoint: Endpoint
    /// What the endpoint's format and signers were made of: two configurations can be compared by it.
    let format: FormatSettings
    let signing: [SigningSettings]
}

extension EndpointSettings {
    /// `chats` are those that may be chosen; nil when they could not be read.
    init?(_ node: ConfigurationNode, chats: KnownChats?, network: NetworkSettings) {
        let object = ConfigurationObject(node, EndpointKey.self)
        let name = object.required(.name).text(
            "a name of letters, digits, '.', '_' and '-' that begins with a letter or digit", Self.name)
        let address = object.required(.url).receiverURL()
        if address?.parts.scheme == "http", !network.opensPlainHTTP {
            object[.url].report(
                "plain http is refused: use https, name the address in network.allow, or set network.insecureHTTP")
        }
        let settings = FormatSettings(object)
        let format = settings.format
        let signing = object[.signing].signing(sendsObject: format.sendsObject)
        var endpoint = Endpoint(
            name: name ?? "", url: address?.url ?? Secret(""), format: format, filter: Self.filter(object, chats),
            signers: signing.map(\.signer), headers: object[.headers].headers())
        endpoint.ordering = object[.ordering].choice() ?? endpoint.ordering
        endpoint.concurrency = object.integer(.concurrency) ?? endpoint.concurrency
        endpoint.rate = object[.rate].rate()
        endpoint.timeout = object.duration(.timeout) ?? endpoint.timeout
        endpoint.retry = RetryPolicy(object[.retry])
        endpoint.overflow = object[.overflow].choice() ?? endpoint.overflow
        if endpoint.overflow == .digest, !format.supportsDigests {
            object[.overflow].report("the format \"\(format.name.rawValue)\" has no digests")
        }
        guard name != nil, address != nil else { return nil }
        self.init(endpoint: endpoint, format: settings, signing: signing)
    }

    private static func filter(_ object: ConfigurationObject<EndpointKey>, _ chats: KnownChats?) -> Filter {
        var filter = Filter()
        filter.events = object[.events].eventPatterns() ?? filter.events
        filter.chats = object[.chats].chatNames(among: chats)
        return filter
    }

    /// It stands in URLs, in metrics, and on command lines.
    private static func name(_ text: String) -> String? {
        guard let first = text.first, first.isLetter || first.isNumber, text.count <= 64 else { return nil }
        return text.allSatisfy { $0.isLetter || $0.isNumber || "._-".contains($0) } ? text : nil
    }
}
