import JSON
import Time

extension Fault {
    private static let keys = [
        "path", "chatid", "errcode", "wrapped", "status", "body", "close", "delay", "count",
    ]

    /// Reads an order for a fault. `path` and `chatid` limit whom it hits, `count` how often (without it: until deleted).
    /// What it does is one of `errcode` (with `wrapped`), `status` and/or `body`, `"close": true`; `delay` goes with each
    /// and alone.
    init(control object: JSONObject) throws(ControlProblem) {
        self.init()
        for (key, _) in object where !Self.keys.contains(key) {
            throw ControlProblem("unknown key \"\(key)\"; known: \(Self.keys.joined(separator: ", "))")
        }
        route = try Self.route(object["path"])
        chat = try Self.text("chatid", object["chatid"])
        delay = try Self.duration(object["delay"])
        remaining = try Self.number("count", object["count"], in: 1...1_000_000_000).map { Int($0) }
        effect = try Self.effect(object)
        if effect == .none, delay == .zero {
            throw ControlProblem("a fault needs one of errcode, status, body, close, delay")
        }
    }

    /// The fault as it was ordered, with its number.
    var json: JSONObject {
        var object: JSONObject = ["number": .integer(Int64(number))]
        object["path"] = route.map { .string($0.rawValue) }
        object["chatid"] = chat.map(JSONValue.string)
        switch effect {
        case .none: break
        case .errcode(let code, let wrapped):
            object["errcode"] = .integer(code)
            object["wrapped"] = wrapped.map(JSONValue.bool)
        case .raw(let status, let body):
            object["status"] = .integer(Int64(status))
            object["body"] = .string(body)
        case .close: object["close"] = true
        }
        if delay > .zero { object["delay"] = .string(delay.text) }
        object["count"] = remaining.map { .integer(Int64($0)) }
        return object
    }

    private static func effect(_ object: JSONObject) throws(ControlProblem) -> Effect {
        let code = try number("errcode", object["errcode"], in: -1...999_999)
        let wrapped = try flag("wrapped", object["wrapped"])
        let status = try number("status", object["status"], in: 200...599)
        let body = try text("body", object["body"])
        let close = try flag("close", object["close"]) ?? false
        let kinds = [code != nil, status != nil || body != nil, close].filter { $0 }.count
        if kinds > 1 { throw ControlProblem("give only one of errcode, status/body, close") }
        if wrapped != nil, code == nil { throw ControlProblem("wrapped goes with errcode only") }
        if let code { return .errcode(code, wrapped: wrapped) }
        if close { return .close }
        if status != nil || body != nil { return .raw(status: status.map { Int($0) } ?? 200, body: body ?? "") }
        return .none
    }

    private static func route(_ value: JSONValue?) throws(ControlProblem) -> Route? {
        guard let path = try text("path", value) else { return nil }
        if let route = Route(rawValue: path) { return route }
        let known = Route.allCases.map(\.rawValue).joined(separator: ", ")
        throw ControlProblem("path: no such path \"\(path)\"; known: \(known)")
    }

    private static func duration(_ value: JSONValue?) throws(ControlProblem) -> Duration {
        guard let text = try text("delay", value) else { return .zero }
        guard let duration = Duration(text: text) else {
            throw ControlProblem("delay: expected a duration such as \"2s\", found \"\(text)\"")
        }
        return duration
    }

    private static func text(_ key: String, _ value: JSONValue?) throws(ControlProblem) -> String? {
        guard let value, value != .null else { return nil }
        guard let text = value.stringValue else { throw ControlProblem("\(key): expected a string") }
        return text
    }

    private static func flag(_ key: String, _ value: JSONValue?) throws(ControlProblem) -> Bool? {
        guard let value, value != .null else { return nil }
        guard let flag = value.boolValue else { throw ControlProblem("\(key): expected true or false") }
        return flag
    }

    private static func number(
        _ key: String, _ value: JSONValue?, in range: ClosedRange<Int64>
    ) throws(ControlProblem) -> Int64? {
        guard let value, value != .null else { return nil }
        guard let number = value.integerValue, range.contains(number) else {
            throw ControlProblem("\(key): expected a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }
}
