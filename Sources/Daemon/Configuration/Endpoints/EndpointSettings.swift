package import Deliveries
import JSON
import Telemetry

/// An endpoint as it is configured.
package struct EndpointSettings: Sendable {
    package var endpoint: Endpoint
}

extension EndpointSettings {
    private enum Key: String, CaseIterable {
        case name, format, url, events, chats, signing, headers, ordering, concurrency, rate, timeout, retry, template,
            overflow, language, success
    }

    /// `chats` are those that may be chosen; nil when they could not be read.
    init?(_ node: ConfigurationNode, chats: KnownChats?, network: NetworkSettings) {
        let object = ConfigurationObject(node, Key.self)
        let name = object.required(.name).text(
            "a name of letters, digits, '.', '_' and '-' that begins with a letter or digit", Self.name)
        let address = object.required(.url).receiverURL()
        if address?.parts.scheme == "http", !network.opensPlainHTTP {
            object[.url].report(
                "plain http is refused: use https, name the address in network.allow, or set network.insecureHTTP")
        }
        let format = Self.format(object)
        var endpoint = Endpoint(
            name: name ?? "", url: address?.url ?? Secret(""), format: format, filter: Self.filter(object, chats),
            signers: object[.signing].signers(sendsObject: format.sendsObject), headers: object[.headers].headers())
        endpoint.ordering = object[.ordering].choice() ?? endpoint.ordering
        endpoint.concurrency = object[.concurrency].integer(in: 1...1024) ?? endpoint.concurrency
        endpoint.rate = object[.rate].rate()
        endpoint.timeout = object[.timeout].duration(in: .milliseconds(10) ... .seconds(600)) ?? endpoint.timeout
        endpoint.retry = RetryPolicy(object[.retry])
        endpoint.overflow = object[.overflow].choice() ?? endpoint.overflow
        if endpoint.overflow == .digest, !format.supportsDigests {
            object[.overflow].report("the format \"\(format.name.rawValue)\" has no digests")
        }
        guard name != nil, address != nil else { return nil }
        self.init(endpoint: endpoint)
    }

    private static func filter(_ object: ConfigurationObject<Key>, _ chats: KnownChats?) -> Filter {
        var filter = Filter()
        filter.events = object[.events].eventPatterns() ?? filter.events
        filter.chats = object[.chats].chatNames(among: chats)
        return filter
    }

    /// The format with what concerns its wording and its judgement; what does not fit it is reported.
    private static func format(_ object: ConfigurationObject<Key>) -> any Format {
        let choice = object[.format].choice(FormatName.self)
        let language = object[.language].choice(Language.self)
        let success = object[.success].isAbsent ? nil : SuccessRule(object[.success])
        let template = object[.template].isAbsent ? nil : Template(object[.template])
        // Where the name itself is wrong, nothing can be said of what would fit it.
        guard choice != nil || object[.format].isAbsent else { return FormatName.standard.format }
        let name = choice ?? .standard
        if name == .template, object[.template].isAbsent {
            object[.template].report("required by the format \"template\", but missing")
        } else if name != .template, !object[.template].isAbsent {
            object[.template].reportKey("only the format \"template\" takes a template")
        }
        if language != nil, !name.isForPeople {
            object[.language].reportKey("the format \"\(name.rawValue)\" is read by programs and has no language")
        }
        if !object[.success].isAbsent, !name.takesSuccessRule {
            object[.success].reportKey("the format \"\(name.rawValue)\" knows its destination's own answers")
        }
        return name.format(language: language ?? .english, template: template, success: success)
    }

    /// It stands in URLs, in metrics, and on command lines.
    private static func name(_ text: String) -> String? {
        guard let first = text.first, first.isLetter || first.isNumber, text.count <= 64 else { return nil }
        return text.allSatisfy { $0.isLetter || $0.isNumber || "._-".contains($0) } ? text : nil
    }
}
