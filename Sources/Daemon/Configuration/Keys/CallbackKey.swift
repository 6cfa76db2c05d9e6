/// The keys of `dingtalk.callback`.
enum CallbackKey: String, ConfigurationKey {
    case token, aesKey

    var entry: KeyEntry {
        switch self {
        case .token:
            .required(.orNull(.secret), "The token of the event subscription. Empty, with an empty `aesKey`, is none.")
        case .aesKey: .required(.orNull(.secret), "The subscription's EncodingAESKey, 43 characters.")
        }
    }
}
