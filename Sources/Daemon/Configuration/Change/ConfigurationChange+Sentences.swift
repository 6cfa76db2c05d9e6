extension ConfigurationChange {
    /// How many chats are named one by one.
    private static let namedChats = 10

    /// One line a change, endpoints first: `endpoint "ops" changed: url, signing`.
    package var sentences: [String] {
        endpoints.added.map { "endpoint \"\($0)\" added" }
            + endpoints.changed.map { "endpoint \"\($0.name)\" changed: \($0.keys.joined(separator: ", "))" }
            + endpoints.removed.map { "endpoint \"\($0)\" removed; what waits for it is kept" }
            + Self.sentences(about: chats.added, "added") { "chat \($0) added" }
            + Self.sentences(about: chats.changed, "changed") {
                "chat \($0.name) changed: \($0.keys.joined(separator: ", "))"
            }
            + Self.sentences(about: chats.removed, "removed") { "chat \($0) removed" }
            + settings.map(\.sentence) + needingRestart.map { "\($0.sentence), which needs a restart" }
    }

    /// A list may be exchanged by another of thousands.
    private static func sentences<Name>(
        about chats: [Name], _ verb: String, _ sentence: (Name) -> String
    ) -> [String] {
        chats.count > namedChats ? ["\(chats.count.grouped) chats \(verb)"] : chats.map(sentence)
    }
}

extension ConfigurationChange.Setting {
    /// `log.level changed from info to debug`
    package var sentence: String {
        "\(key) changed" + (values.map { " from \($0.old) to \($0.new)" } ?? "")
    }
}
