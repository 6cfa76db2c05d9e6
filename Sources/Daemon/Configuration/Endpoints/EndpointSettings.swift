package import Deliveries
import JSON
import Telemetry

/// An endpoint as it is configured: what deliveries go by, and what concerns the wording of its messages.
package struct EndpointSettings: Sendable {
    /// What becomes of events beyond the rate.
    package enum Overflow: String, Sendable, CaseIterable {
        case queue
        /// What waits is merged into one message.
        case digest
    }

    /// Of the formats that people read.
    package enum Language: String, Sendable, CaseIterable {
        case english = "en"
        case simplifiedChinese = "zh-Hans"
    }

    package var endpoint: Endpoint
    package var overflow: Overflow
    package var language: Language
    package var success: SuccessRule?
    package var template: TemplateSettings?
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
        let format = object[.format].format()
        var endpoint = Endpoint(
            name: name ?? "", url: address?.url ?? Secret(""), format: (format ?? .standard).format,
            filter: Self.filter(object, chats), signers: object[.signing].signers(), headers: object[.headers].headers()
        )
        endpoint.ordering = object[.ordering].choice() ?? endpoint.ordering
        endpoint.concurrency = object[.concurrency].integer(in: 1...1024) ?? endpoint.concurrency
        endpoint.rate = object[.rate].rate()
        endpoint.timeout = object[.timeout].duration(in: .milliseconds(10) ... .seconds(600)) ?? endpoint.timeout
        endpoint.retry = RetryPolicy(object[.retry])
        let template = Self.template(object)
        let overflow = object[.overflow].choice(Overflow.self) ?? .queue
        let language = object[.language].choice(Language.self) ?? .english
        let success = object[.success].isAbsent ? nil : SuccessRule(object[.success])
        guard name != nil, address != nil else { return nil }
        self.init(endpoint: endpoint, overflow: overflow, language: language, success: success, template: template)
    }

    private static func filter(_ object: ConfigurationObject<Key>, _ chats: KnownChats?) -> Filter {
        var filter = Filter()
        filter.events = object[.events].eventPatterns() ?? filter.events
        filter.chats = object[.chats].chatNames(among: chats)
        return filter
    }

    private static func template(_ object: ConfigurationObject<Key>) -> TemplateSettings? {
        let isTemplate = object[.format].value == "template"
        switch (isTemplate, object[.template].isAbsent) {
        case (true, true): object[.template].report("required by the format \"template\", but missing")
        case (false, false): object[.template].reportKey("only the format \"template\" takes a template")
        case (true, false), (false, true): break
        }
        return object[.template].isAbsent ? nil : TemplateSettings(object[.template])
    }

    /// It stands in URLs, in metrics, and on command lines.
    private static func name(_ text: String) -> String? {
        guard let first = text.first, first.isLetter || first.isNumber, text.count <= 64 else { return nil }
        return text.allSatisfy { $0.isLetter || $0.isNumber || "._-".contains($0) } ? text : nil
    }
}
