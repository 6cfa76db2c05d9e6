import JSON

/// The keys of `admin`.
enum AdminKey: String, ConfigurationKey {
    case listen, token, basePath, hosts

    var entry: KeyEntry {
        switch self {
        case .listen:
            KeyEntry(
                .listenAddress, default: "127.0.0.1:8780",
                "Address and port. Any other than a loopback address requires a `token`.")
        case .token:
            KeyEntry(
                .orNull(.secret),
                "What callers send as `Authorization: Bearer …`, printable ASCII without spaces. Empty is none.")
        case .basePath:
            KeyEntry(.path, default: "/", "The path under which a reverse proxy serves it.")
        case .hosts:
            KeyEntry(
                .list(.host, isNeverEmpty: false), default: [],
                "Names by which a reverse proxy calls it, such as `belfry.example.com`; with a port only that one.")
        }
    }
}
