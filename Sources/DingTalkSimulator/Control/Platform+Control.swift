import JSON
import Time

/// The control interface under `/_control/`, for scripts and tests. Errors are `{"error":"…"}` with status 400, 404 or 405.
///
/// - `GET chats`: `{"data":[{…chat_info…}]}`
/// - `GET chats/{id}`, `PATCH chats/{id}` with any `chat_info` field (`null` removes one), `add_useridlist`,
///   `del_useridlist`: `{"chat_info":{…}}`, after a change with `"changes":[…]` too
/// - `GET faults`, `POST faults`, `DELETE faults`: see `Fault.init(control:)`
/// - `GET stats`: calls by path, last call by chat, refusals by code, quota used
/// - `GET changes?after=N`: `{"data":[…],"last":M}`, the true history: every change with a number above N, each
///   `{"number","chat","time","field","from","to"}`, lists with `"added"` and `"removed"` for `from` and `to`. A field
///   that was removed has `"to":null`: it is no longer sent, which is no change of the group
/// - `POST mutate {"count":10}`: makes random changes now and answers them as `changes` does
extension Platform {
    mutating func control(_ call: Call, at now: Timestamp) -> Answer {
        do throws(ControlProblem) {
            let parts = call.path.dropFirst("/_control/".count).split(separator: "/", omittingEmptySubsequences: false)
            let name = parts.first.map(String.init) ?? ""
            let id = parts.count == 2 ? percentDecoded(parts[1]) : nil
            switch (name, id, parts.count) {
            case ("chats", nil, 1):
                try allow(["GET"], call)
                return .json(["data": .array(world.chatIDs.compactMap { world.chat($0).map { .object($0.info) } })])
            case ("chats", .some(let id), _):
                try allow(["GET", "PATCH"], call)
                return try chat(id, call, at: now)
            case ("faults", nil, 1):
                try allow(["GET", "POST", "DELETE"], call)
                return try faults(call)
            case ("stats", nil, 1):
                try allow(["GET"], call)
                return .json(.object(stats))
            case ("changes", nil, 1):
                try allow(["GET"], call)
                return try changes(call)
            case ("mutate", nil, 1):
                try allow(["POST"], call)
                return try mutate(call, at: now)
            default:
                throw ControlProblem("no such path: \(call.path)", status: 404)
            }
        } catch {
            return .json(["error": .string(error.message)], status: error.status)
        }
    }

    private mutating func chat(_ id: String, _ call: Call, at now: Timestamp) throws(ControlProblem) -> Answer {
        guard world.chat(id) != nil else { throw ControlProblem("no such chat: \(id)", status: 404) }
        var reply = JSONObject()
        if call.method == "PATCH" {
            let changes = world.edit(id, try ChatEdits(control: Self.object(call)), at: now)
            reply["changes"] = .array(changes.map(\.json))
        }
        reply["chat_info"] = .object(world.chat(id)?.info ?? [:])
        return .json(.object(reply))
    }

    private mutating func faults(_ call: Call) throws(ControlProblem) -> Answer {
        switch call.method {
        case "POST":
            let fault = faults.add(try Fault(control: Self.object(call)))
            return .json(.object(fault.json), status: 201)
        case "DELETE":
            let count = faults.faults.count
            faults.removeAll()
            return .json(["deleted": .integer(Int64(count))])
        default:
            return .json(["data": .array(faults.faults.map { .object($0.json) })])
        }
    }

    private var stats: JSONObject {
        var object = statistics.json
        object["changes"] = .integer(Int64(world.log.count))
        object["quota"] = [
            "used": .integer(Int64(limits.usedThisMonth)),
            "limit": limits.perMonth.map { .integer(Int64($0)) } ?? .null,
        ]
        return object
    }

    private func changes(_ call: Call) throws(ControlProblem) -> Answer {
        let text = Parameters(of: call).text("after") ?? "0"
        guard let after = Int(text), after >= 0 else {
            throw ControlProblem("after: expected a number from 0, found \"\(text)\"")
        }
        return Self.answer(world.log.changes(after: after), last: world.log.count)
    }

    private mutating func mutate(_ call: Call, at now: Timestamp) throws(ControlProblem) -> Answer {
        let object = try Self.object(call)
        for (key, _) in object where key != "count" { throw ControlProblem("unknown key \"\(key)\"; known: count") }
        guard let count = object["count"]?.integerValue, (1...10_000).contains(count) else {
            throw ControlProblem("count: expected a number from 1 to 10000")
        }
        return Self.answer(mutate(count: Int(count), at: now)[...], last: world.log.count)
    }

    private static func answer(_ changes: ArraySlice<RecordedChange>, last: Int) -> Answer {
        .json(["data": .array(changes.map(\.json)), "last": .integer(Int64(last))])
    }

    private static func object(_ call: Call) throws(ControlProblem) -> JSONObject {
        do throws(JSONError) {
            if let object = try JSONParser.parse(call.body).objectValue { return object }
        } catch {
            throw ControlProblem("the body is not JSON: \(error)")
        }
        throw ControlProblem("the body must be a JSON object")
    }

    private func allow(_ methods: [String], _ call: Call) throws(ControlProblem) {
        if methods.contains(call.method) { return }
        throw ControlProblem("\(call.path) allows \(methods.joined(separator: ", "))", status: 405)
    }
}
