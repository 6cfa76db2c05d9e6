import JSON

/// The keys of `success`.
enum SuccessKey: String, ConfigurationKey {
    case status, json

    var entry: KeyEntry {
        switch self {
        case .status: KeyEntry(.list(.integer(200...599), isNeverEmpty: true), "These statuses. Left out, every 2xx.")
        case .json:
            KeyEntry(
                .anyObject,
                "Members that the answer's JSON must have, with these values; what else it has does not matter.")
        }
    }

    static let rules: [JSONValue] = [.anyOf(.requires("status"), .requires("json"))]
}
