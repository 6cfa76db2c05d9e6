import JSON

/// What may stand behind a key of the configuration.
///
/// Every string may hold references, `${NAME}`, besides.
indirect enum KeyForm: Sendable {
    case text
    case name
    case secret
    case path
    case url
    case proxyURL
    case listenAddress
    case host
    case addressRange
    case chatID
    case eventPattern
    case duration(ClosedRange<Duration>)
    case size(ClosedRange<ByteCount>)
    case rate
    case integer(ClosedRange<Int>)
    /// The lower bound itself is too little.
    case number(above: Double, upTo: Double)
    case bool
    case choice([String])
    case list(KeyForm, isNeverEmpty: Bool)
    case object(KeyTable)
    /// Header names and their values.
    case headers
    case anyObject
    case anything
    case either(KeyForm, KeyForm)
    case orNull(KeyForm)
}

// In the file of `KeyForm` because the three are one recursive type.
/// What is to be known of one key.
struct KeyEntry: Sendable {
    let form: KeyForm
    let isRequired: Bool
    /// What holds when the key is left out, as far as it is a value that could be written.
    let fallback: JSONValue?
    /// For operators, in Markdown, without a line break.
    let text: String

    init(_ form: KeyForm, default fallback: JSONValue? = nil, _ text: String) {
        self.form = form
        isRequired = false
        self.fallback = fallback
        self.text = text
    }

    private init(required form: KeyForm, _ text: String) {
        self.form = form
        isRequired = true
        fallback = nil
        self.text = text
    }

    static func required(_ form: KeyForm, _ text: String) -> KeyEntry {
        KeyEntry(required: form, text)
    }
}

/// The keys of one object.
struct KeyTable: Sendable {
    let keys: [(name: String, entry: KeyEntry)]
    /// What JSON Schema can say of the keys' company.
    let rules: [JSONValue]
}
