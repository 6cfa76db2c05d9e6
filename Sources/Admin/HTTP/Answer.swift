import JSON

/// What is sent back.
struct Answer: Sendable {
    enum Body: Sendable {
        case bytes([UInt8])
        /// Written piece by piece until the client leaves or the server stops.
        case stream(@concurrent @Sendable (inout any StreamWriter) async throws -> Void)
    }

    var status = 200
    /// By lower-case name.
    var headers: [String: String]
    var body: Body

    static func json(_ value: JSONValue, status: Int = 200) -> Answer {
        Answer(status: status, headers: ["content-type": "application/json"], body: .bytes(value.serialized()))
    }

    static func json(_ value: some Representable, status: Int = 200) -> Answer {
        json(value.json, status: status)
    }

    static func problem(_ problem: Problem) -> Answer {
        var headers = ["content-type": "application/problem+json"]
        for header in problem.headers { headers[header.name] = header.value }
        return Answer(status: problem.status, headers: headers, body: .bytes(problem.json.serialized()))
    }
}

/// Where a stream's pieces go. What writes is concurrent, as is Hummingbird: its writers stay within one isolation.
protocol StreamWriter {
    /// Returns when the connection can take more; throws when it is gone or took too long.
    @concurrent mutating func write(_ bytes: [UInt8]) async throws
}
