package import JSON

/// How one field of a chat differs from what it was.
package enum Difference: Sendable, Equatable {
    /// `null` stands for a field that is not on the wire.
    case value(from: JSONValue, to: JSONValue)
    /// A list, compared as a set. Both sides are sorted.
    case members(added: [String], removed: [String])

    /// Nil when nothing changed but the spelling: the order of a list, a number written as a string.
    init?(of field: ChatField, from old: JSONValue?, to new: JSONValue?) {
        if field.kind == .list, let new {
            let before = Set(old.flatMap(ChatField.list) ?? [])
            let after = Set(ChatField.list(new) ?? [])
            if before == after { return nil }
            self = .members(added: after.subtracting(before).sorted(), removed: before.subtracting(after).sorted())
            return
        }
        let isSameNumber = field.kind == .number && old.flatMap(ChatField.number) == new.flatMap(ChatField.number)
        if old == new || isSameNumber { return nil }
        self = .value(from: old ?? .null, to: new ?? .null)
    }
}
