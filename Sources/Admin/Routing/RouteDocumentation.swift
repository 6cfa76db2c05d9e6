import JSON

/// What a description of the API says of a route.
struct RouteDocumentation: Sendable {
    /// By which generated clients call it.
    var id: String
    var summary: String
    var query: [QueryParameter] = []
    /// Of a JSON body.
    var body: Schema?
    var answers: [Answer]

    /// A way in which it can end well.
    struct Answer: Sendable {
        var status = 200
        var about: String
        var contentType = "application/json"
        var schema: Schema
    }

    init(
        _ id: String, _ summary: String, query: [QueryParameter] = [], body: Schema? = nil, answers: Answer...
    ) {
        self.id = id
        self.summary = summary
        self.query = query
        self.body = body
        self.answers = answers
    }
}

extension RouteDocumentation.Answer {
    static func json(_ about: String, _ schema: Schema) -> Self {
        Self(about: about, schema: schema)
    }

    static func json(_ status: Int, _ about: String, _ schema: Schema) -> Self {
        Self(status: status, about: about, schema: schema)
    }

    static func text(_ about: String, _ contentType: String) -> Self {
        Self(about: about, contentType: contentType, schema: .string)
    }
}
