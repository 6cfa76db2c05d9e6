import JSON

/// What one request wants changed in a chat: at most one edit a field.
package struct ChatEdits: Sendable {
    enum Edit: Sendable {
        case set(JSONValue)
        /// The field is no longer sent. That is no change of the group, only of what is known of it.
        case drop
        case membership(adding: [String], removing: [String])
    }

    private var edits: [ChatField: Edit] = [:]

    var isEmpty: Bool { edits.isEmpty }

    subscript(field: ChatField) -> Edit? {
        get { edits[field] }
        set { edits[field] = newValue }
    }
}

extension ChatEdits.Edit {
    /// The field's value after the edit. New members come to stand in the middle, since no order is promised.
    func result(on old: JSONValue?) -> JSONValue? {
        switch self {
        case .set(let value): return value
        case .drop: return nil
        case .membership(let adding, let removing):
            let leaving = Set(removing)
            var members = (old.flatMap(ChatField.list) ?? []).filter { !leaving.contains($0) }
            var known = Set(members)
            members.insert(contentsOf: adding.filter { known.insert($0).inserted }, at: members.count / 2)
            return .array(members.map(JSONValue.string))
        }
    }
}
