import JSON

extension ChatEdits {
    /// Reads a PATCH: any `chat_info` field but `chatid`, `null` to remove one; `add_useridlist` and `del_useridlist`.
    init(control object: JSONObject) throws(ControlProblem) {
        self.init()
        var adding: [String] = []
        var removing: [String] = []
        for (key, value) in object {
            switch key {
            case "add_useridlist": adding = try Self.members(key, value)
            case "del_useridlist": removing = try Self.members(key, value)
            default:
                let field = try Self.field(key)
                guard value != .null else {
                    self[field] = .drop
                    continue
                }
                guard field.accepts(value) else {
                    throw ControlProblem("\(key): expected \(field.kind.rawValue) or null")
                }
                self[field] = .set(value)
            }
        }
        guard !adding.isEmpty || !removing.isEmpty else { return }
        if self[.useridlist] != nil {
            throw ControlProblem("useridlist cannot be given together with add_useridlist or del_useridlist")
        }
        self[.useridlist] = .membership(adding: adding, removing: removing)
    }

    private static func field(_ key: String) throws(ControlProblem) -> ChatField {
        guard let field = ChatField(rawValue: key) else {
            let fields = ChatField.allCases.filter { $0 != .chatid }.map(\.rawValue)
            let known = (fields + ["add_useridlist", "del_useridlist"]).joined(separator: ", ")
            throw ControlProblem("unknown field \"\(key)\"; known: \(known)")
        }
        if field == .chatid { throw ControlProblem("chatid cannot be changed") }
        return field
    }

    private static func members(_ key: String, _ value: JSONValue) throws(ControlProblem) -> [String] {
        guard let members = ChatField.list(value) else { throw ControlProblem("\(key): expected a list of strings") }
        return members
    }
}
