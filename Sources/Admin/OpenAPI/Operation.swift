import JSON

/// One route in a description of the API.
struct Operation: Sendable {
    let json: JSONObject
    let definitions: [String: JSONObject]

    init(_ route: Route, _ documentation: RouteDocumentation, isGuarded: Bool) {
        var json: JSONObject = [
            "operationId": .string(documentation.id), "summary": .string(documentation.summary),
        ]
        var definitions: [String: JSONObject] = [:]
        let path = route.path.names.map(Self.parameter)
        let query = documentation.query.map(Self.parameter)
        if !(path + query).isEmpty { json["parameters"] = .array(path + query) }
        if let body = documentation.body {
            json["requestBody"] = [
                "required": true, "content": ["application/json": ["schema": .object(body.json)]],
            ]
            definitions.merge(body.definitions) { first, _ in first }
        }
        var responses = JSONObject()
        for answer in documentation.answers {
            responses[String(answer.status)] = Self.response(answer.about, answer.contentType, answer.schema)
            definitions.merge(answer.schema.definitions) { first, _ in first }
        }
        responses["default"] = Self.response("What was wrong.", "application/problem+json", Problem.schema)
        json["responses"] = .object(responses)
        if isGuarded { json["security"] = [["token": []]] }
        self.json = json
        self.definitions = definitions
    }

    private static func parameter(_ name: String) -> JSONValue {
        [
            "name": .string(name), "in": "path", "required": true, "schema": ["type": "string", "minLength": 1],
        ]
    }

    private static func parameter(_ parameter: QueryParameter) -> JSONValue {
        [
            "name": .string(parameter.name), "in": "query", "description": .string(parameter.about),
            "schema": .object(parameter.schema.json),
        ]
    }

    private static func response(_ about: String, _ contentType: String, _ schema: Schema) -> JSONValue {
        ["description": .string(about), "content": .object([contentType: ["schema": .object(schema.json)]])]
    }
}
