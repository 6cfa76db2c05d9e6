import JSON

/// The keys of `network`.
enum NetworkKey: String, ConfigurationKey {
    case allow, insecureHTTP, proxy, caFile

    var entry: KeyEntry {
        switch self {
        case .allow:
            KeyEntry(
                .list(.addressRange, isNeverEmpty: false), default: [],
                "Addresses that endpoints may be reached at besides public ones, and by plain `http`: `10.1.2.3/32`, `10.0.0.0/8`."
            )
        case .insecureHTTP: KeyEntry(.bool, default: false, "Lets plain `http` go to public addresses too.")
        case .proxy:
            KeyEntry(
                .orNull(.proxyURL), default: .null,
                "A proxy for every outgoing request (`http`, `https`, `socks4`, `socks4a`, `socks5`, `socks5h`). Variables such as `https_proxy` are not read."
            )
        case .caFile:
            KeyEntry(.orNull(.path), default: .null, "PEM certificates to trust in place of the system's.")
        }
    }
}
