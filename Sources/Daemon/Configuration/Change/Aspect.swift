/// One thing by which two values are compared, under the key that it is written by.
struct Aspect<Value>: Sendable {
    let key: String
    let differs: @Sendable (Value, Value) -> Bool
    /// For people; nil where it must not be shown.
    let text: (@Sendable (Value) -> String)?

    init<Part: Equatable & SendableMetatype>(
        _ key: String, _ part: @escaping @Sendable (Value) -> Part, shown text: (@Sendable (Part) -> String)? = nil
    ) {
        self.key = key
        differs = { part($0) != part($1) }
        if let text {
            self.text = { value in text(part(value)) }
        } else {
            self.text = nil
        }
    }
}
