import JSON

/// An object of the configuration, whose keys are the cases of `Key`; any other key is reported.
///
/// Keys that begin with `//` are comments.
struct ConfigurationObject<Key: ConfigurationKey> {
    private let node: ConfigurationNode
    private let isObject: Bool

    /// An absent node gives an object without members.
    init(_ node: ConfigurationNode, _: Key.Type = Key.self) {
        self.node = node
        let members = node.value?.objectValue
        isObject = members != nil
        if members == nil, !node.isAbsent { node.reportMismatch("an object") }
        for key in members?.keys ?? [] where Key(rawValue: key) == nil && !key.hasPrefix("//") {
            reportUnknown(key)
        }
    }

    subscript(key: Key) -> ConfigurationNode {
        node.member(key.rawValue)
    }

    /// Reports the key if it is missing from an object that is there.
    func required(_ key: Key) -> ConfigurationNode {
        let member = self[key]
        if isObject, member.isAbsent { member.report("required, but missing") }
        return member
    }

    private func reportUnknown(_ key: String) {
        let names = Key.allCases.map(\.rawValue)
        let hint = Suggestion.hint(for: key, among: names)
        node.member(key).reportKey("unknown key" + (hint.isEmpty ? "; known: " + names.joined(separator: ", ") : hint))
    }
}
