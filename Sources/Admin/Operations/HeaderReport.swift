/// A header of a request or of an answer.
package struct HeaderReport: Sendable, Equatable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

extension HeaderReport: Resource {
    // The members are fields of an HTTP header, not of a resource.
    static var name: String { "Header" }
    static let fields: [Field<Self>] = [
        Field("name") { $0.name },
        Field("value") { $0.value },
    ]
}
