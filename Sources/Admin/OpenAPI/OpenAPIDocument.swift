import JSON

/// The description of the API (OpenAPI 3.1), made from the very routes that answer.
struct OpenAPIDocument: Sendable {
    let json: JSONValue

    init(_ routes: [Route], configuration: AdminConfiguration, version: String) {
        var paths: [(path: String, operations: JSONObject)] = []
        var schemas = Problem.schema.definitions
        for route in routes {
            guard let documentation = route.documentation else { continue }
            let isGuarded = !route.isOpen && configuration.token != nil
            let operation = Operation(route, documentation, isGuarded: isGuarded)
            schemas.merge(operation.definitions) { first, _ in first }
            let path = route.path.description
            let index = paths.firstIndex { $0.path == path } ?? paths.count
            if index == paths.count { paths.append((path, JSONObject())) }
            paths[index].operations[route.method.rawValue.lowercased()] = .object(operation.json)
        }
        var components: JSONObject = [
            "schemas": .object(JSONObject(schemas.sorted { $0.key < $1.key }.map { ($0.key, .object($0.value)) }))
        ]
        if configuration.token != nil {
            components["securitySchemes"] = ["token": ["type": "http", "scheme": "bearer"]]
        }
        let base = configuration.basePath.dropLast()
        json = [
            "openapi": "3.1.0",
            "info": [
                "title": "Belfry", "version": .string(version),
                "description":
                    "Watches DingTalk groups and rings webhooks: what the daemon knows, and what it can be told.",
            ],
            "servers": [["url": base.isEmpty ? "/" : .string(String(base))]],
            "paths": .object(JSONObject(paths.map { ($0.path, .object($0.operations)) })),
            "components": .object(components),
        ]
    }
}
