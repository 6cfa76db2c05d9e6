import Deliveries

/// Every format that a configuration may name. What this version can send is a `FormatName`.
enum FormatChoice: String, CaseIterable {
    case standard, cloudevents
    case cloudeventsBinary = "cloudevents-binary"
    case cloudeventsBatch = "cloudevents-batch"
    case slack, discord, teams, dingtalk, feishu, wecom, ntfy, template
}

/// Every signature scheme that a configuration may name. What this version can sign with is a `SigningScheme`.
enum SchemeChoice: String, CaseIterable {
    case standard
    case standardEd25519 = "standard-ed25519"
    case github, slack, stripe, shopify, dingtalk, feishu
}

extension ConfigurationNode {
    func format() -> FormatName? {
        available(choice(FormatChoice.self))
    }

    func scheme() -> SigningScheme? {
        available(choice(SchemeChoice.self))
    }

    /// Refuses a name that is known but not built yet: sending in another form instead would be worse.
    private func available<Name: RawRepresentable<String> & CaseIterable>(
        _ choice: (some RawRepresentable<String>)?
    ) -> Name? {
        guard let choice else { return nil }
        if let name = Name(rawValue: choice.rawValue) { return name }
        let names = Name.allCases.map(\.rawValue).joined(separator: ", ")
        report("\"\(choice.rawValue)\" is not available in this version; available: \(names)")
        return nil
    }
}
