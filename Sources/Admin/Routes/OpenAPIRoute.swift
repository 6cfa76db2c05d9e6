import JSON

/// `GET /openapi.json`
enum OpenAPIRoute {
    /// Describes the routes that it is given.
    static func all(describing routes: [Route], _ configuration: AdminConfiguration, version: String) -> [Route] {
        let document = OpenAPIDocument(routes, configuration: configuration, version: version).json.serialized()
        return [
            Route(.get, "/openapi.json") { _ throws(Problem) in
                Answer(headers: ["content-type": "application/json"], body: .bytes(document))
            }
        ]
    }
}
