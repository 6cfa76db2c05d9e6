import JSON

/// The keys of one object of the configuration. Its reader knows these and no other; the JSON Schema and the documentation
/// are made of their entries.
protocol ConfigurationKey: RawRepresentable<String>, CaseIterable, Sendable {
    var entry: KeyEntry { get }

    /// What JSON Schema can say of the keys' company.
    static var rules: [JSONValue] { get }
}

extension ConfigurationKey {
    static var rules: [JSONValue] { [] }
}

extension KeyTable {
    init<Key: ConfigurationKey>(_: Key.Type) {
        self.init(keys: Key.allCases.map { ($0.rawValue, $0.entry) }, rules: Key.rules)
    }
}

extension KeyForm {
    static func object<Key: ConfigurationKey>(of keys: Key.Type) -> KeyForm {
        .object(KeyTable(keys))
    }

    static func choice<Choice: RawRepresentable<String> & CaseIterable>(of _: Choice.Type) -> KeyForm {
        .choice(Choice.allCases.map(\.rawValue))
    }
}
