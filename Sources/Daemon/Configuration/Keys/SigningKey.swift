import Deliveries
import JSON

/// The keys of an entry of `signing`.
enum SigningKey: String, ConfigurationKey {
    case scheme, secret, header

    var entry: KeyEntry {
        switch self {
        case .scheme: .required(.choice(of: SigningScheme.self), "Whose way of signing.")
        case .secret:
            .required(
                .secret,
                "The key, in the scheme's own form: `whsec_…` for `standard`, `whsk_…` for `standard-ed25519`, `SEC…` for `dingtalk`."
            )
        case .header:
            KeyEntry(.text, "What the names of the headers begin with, in place of the scheme's own prefix.")
        }
    }

    static let rules: [JSONValue] = [
        [
            "if": .has("scheme", SigningScheme.allCases.filter { !$0.takesHeader }.map(\.rawValue)),
            "then": .forbids("header"),
        ]
    ]
}
