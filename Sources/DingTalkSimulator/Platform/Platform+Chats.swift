import JSON
import Time

extension Platform {
    /// `GET /chat/get?access_token=&chatid=`
    mutating func chat(_ parameters: Parameters, at now: Timestamp) throws(Refusal) -> Answer {
        try admit(.getChat, parameters, at: now)
        guard let id = parameters.text("chatid") else { throw Refusal(49000) }
        guard let body = world.reply(for: id) else { throw Refusal(40016) }
        return .json(body)
    }

    /// `POST /chat/create?access_token= {"name","owner","useridlist",…settings}`
    mutating func createChat(_ parameters: Parameters, at now: Timestamp) throws(Refusal) -> Answer {
        try admit(.createChat, parameters, at: now)
        var values = try fields(Self.creatable, of: parameters)
        for field in [ChatField.name, .owner, .useridlist] where values[field] == nil {
            throw Refusal(40035, message: "missing parameter \(field.rawValue)")
        }
        let members = values[.useridlist].flatMap(ChatField.list) ?? []
        guard (1...40).contains(members.count) else {
            throw Refusal(40035, message: "useridlist must hold 1 to 40 members")
        }
        values[.conversationTag] = 2
        let id = Organization.randomChatID(using: &identifiers)
        world.add(GroupChat(id: id, activity: 1, values: values))
        return .json([
            "errcode": 0, "errmsg": "ok", "chatid": .string(id), "conversationTag": 2,
            "openConversationId": .string("cid\(identifiers.text(of: .mixed, count: 22))=="),
        ])
    }

    /// `POST /chat/update?access_token= {"chatid",…fields,"add_useridlist","del_useridlist"}`
    mutating func updateChat(_ parameters: Parameters, at now: Timestamp) throws(Refusal) -> Answer {
        try admit(.updateChat, parameters, at: now)
        guard let id = parameters.text("chatid") else { throw Refusal(49000) }
        guard world.chat(id) != nil else { throw Refusal(40016) }
        var edits = ChatEdits()
        for (field, value) in try fields(Self.updatable, of: parameters) { edits[field] = .set(value) }
        let adding = try members("add_useridlist", of: parameters)
        let removing = try members("del_useridlist", of: parameters)
        if !adding.isEmpty || !removing.isEmpty {
            edits[.useridlist] = .membership(adding: adding, removing: removing)
        }
        world.edit(id, edits, at: now)
        return .json(["errcode": 0, "errmsg": "ok"])
    }

    private static let creatable: [ChatField] = [.name, .owner, .useridlist, .icon] + Organization.settings
    private static let updatable: [ChatField] = [.name, .owner, .icon] + Organization.settings

    /// What the gateway checks before any chat interface: the token, then the limits.
    private mutating func admit(_ route: Route, _ parameters: Parameters, at now: Timestamp) throws(Refusal) {
        guard let token = parameters.text("access_token") else {
            throw Refusal(40035, message: "missing parameter access_token")
        }
        try tokens.check(token, at: now)
        try limits.admit(route, at: now)
    }

    private func fields(_ known: [ChatField], of parameters: Parameters) throws(Refusal) -> [ChatField: JSONValue] {
        var values: [ChatField: JSONValue] = [:]
        for field in known {
            guard let value = parameters[field.rawValue] else { continue }
            guard field.accepts(value) else {
                throw Refusal(40035, message: "\(field.rawValue) must be \(field.kind.rawValue)")
            }
            // A form has only texts; what is stored is what a reply carries.
            values[field] = field.kind == .number ? ChatField.number(value).map(JSONValue.integer) : value
        }
        return values
    }

    private func members(_ name: String, of parameters: Parameters) throws(Refusal) -> [String] {
        guard let value = parameters[name] else { return [] }
        if let members = ChatField.list(value) { return members }
        throw Refusal(40035, message: "\(name) must be a list of strings")
    }
}
