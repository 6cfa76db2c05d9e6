import JSON

/// The keys of `template`.
enum TemplateKey: String, ConfigurationKey {
    case body, bodyFile, contentType

    var entry: KeyEntry {
        switch self {
        case .body:
            KeyEntry(
                .anything,
                "Any JSON whose strings may hold placeholders, `{{data.chat.name}}`. A string that is one placeholder takes its value with its type; a body that is itself a string is sent as plain text."
            )
        case .bodyFile: KeyEntry(.path, "A file that holds the body, in place of `body`.")
        case .contentType:
            KeyEntry(
                .text, "The request's media type. Left out, it is `application/json`, or `text/plain` for a plain text."
            )
        }
    }

    static let rules: [JSONValue] = [["oneOf": [.requires("body"), .requires("bodyFile")]]]
}
