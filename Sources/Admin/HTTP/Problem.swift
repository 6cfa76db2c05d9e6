import JSON

/// An error as a client is told of it: RFC 9457, with `about:blank` for its type, so that the status says what it is.
struct Problem: Error, Sendable, Equatable {
    var status: Int
    /// For people: what was wrong, and what to do.
    var detail: String
    /// Headers that the status calls for, such as `allow`.
    var headers: [Header] = []
    /// Further members.
    var extensions = JSONObject()

    struct Header: Sendable, Equatable {
        var name: String
        var value: String
    }

    init(_ status: Int, _ detail: String, headers: [Header] = [], extensions: JSONObject = JSONObject()) {
        self.status = status
        self.detail = detail
        self.headers = headers
        self.extensions = extensions
    }

    var json: JSONValue {
        var object: JSONObject = [
            "type": "about:blank", "title": .string(StatusTitle.of(status)), "status": .integer(Int64(status)),
            "detail": .string(detail),
        ]
        for (key, value) in extensions { object[key] = value }
        return .object(object)
    }
}

extension Problem {
    static func badRequest(_ detail: String) -> Problem { Problem(400, detail) }

    static func notFound(_ detail: String) -> Problem { Problem(404, detail) }

    static func conflict(_ detail: String) -> Problem { Problem(409, detail) }

    static func unavailable(_ detail: String) -> Problem { Problem(503, detail) }
}

extension Problem {
    /// RFC 9457, and what some of ours say besides.
    static let schema = Schema([
        "type": "object",
        "properties": [
            "type": ["type": "string"], "title": ["type": "string"], "status": ["type": "integer"],
            "detail": ["type": "string"], "problems": ["type": "array", "items": ["type": "string"]],
        ],
        "required": ["type", "title", "status", "detail"],
    ]).named("Problem")
}
