import DingTalkSimulator
import JSON
import Time

/// A Monday morning in Shanghai.
let someTime = Timestamp(seconds: 1_795_400_000)

extension SimulatorConfiguration {
    static func small(chats: Int = 3, members: ClosedRange<Int> = 3...6, seed: UInt64 = 7) -> SimulatorConfiguration {
        var configuration = SimulatorConfiguration()
        configuration.chats = chats
        configuration.members = members
        configuration.seed = seed
        return configuration
    }
}

extension Answer {
    /// The answer's body as JSON; null for one that is not JSON.
    var json: JSONValue {
        guard case .reply(_, _, let body) = outcome else { return .null }
        return (try? JSONParser.parse(body)) ?? .null
    }

    var status: Int? {
        guard case .reply(let status, _, _) = outcome else { return nil }
        return status
    }

    /// The code that counts: `sub_code` of a wrapped error, else `errcode`.
    var effectiveCode: Int64? {
        json["sub_code"]?.stringValue.flatMap { Int64($0) } ?? json["errcode"]?.integerValue
    }
}

extension Platform {
    mutating func get(_ target: String, at now: Timestamp = someTime) -> Answer {
        answer(Call("GET", target), at: now)
    }

    mutating func send(_ method: String, _ target: String, _ body: String, at now: Timestamp = someTime) -> Answer {
        answer(Call(method, target, contentType: "application/json", body: Array(body.utf8)), at: now)
    }

    mutating func token(at now: Timestamp = someTime) -> String {
        get("/gettoken?appkey=demo-key&appsecret=demo-secret", at: now).json["access_token"]?.stringValue ?? ""
    }
}
