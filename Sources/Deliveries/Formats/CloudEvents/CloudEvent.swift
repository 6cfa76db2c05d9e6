import JSON

/// An event's context attributes and data by CloudEvents 1.0.
struct CloudEvent: Sendable {
    /// In their order, `specversion` first; extensions last.
    var attributes: [(name: String, value: String)]
    var data: JSONValue

    init(_ event: StoredEvent) {
        // Only a damaged record is no object; what is required is there all the same.
        let object = (try? JSONParser.parse(event.body))?.objectValue ?? [:]
        data = object["data"] ?? .null
        let chat = data["chat"]?["id"]?.stringValue
        attributes = [
            ("specversion", "1.0"), ("id", event.id), ("source", Self.source(chat: chat)),
            ("type", object["type"]?.stringValue ?? "unknown"),
        ]
        if let subject = chat ?? data["change"]?["endpoint"]?.stringValue { attributes.append(("subject", subject)) }
        if let time = object["timestamp"]?.stringValue { attributes.append(("time", time)) }
        attributes.append(("datacontenttype", "application/json"))
        // The sequence extension's Integer: from 1, one more each time, which is what ours is.
        if let sequence = data["sequence"]?.integerValue {
            attributes += [("sequence", String(sequence)), ("sequencetype", "Integer")]
        }
        attributes.append(("partitionkey", chat ?? "belfry"))
    }

    /// Structured mode: attributes and data in one object.
    var json: JSONObject {
        var object = JSONObject(attributes.map { (key: $0.name, value: .string($0.value)) })
        object["data"] = data
        return object
    }

    /// Binary mode: an attribute a header.
    var headers: [Payload.Header] {
        attributes.filter { $0.name != "datacontenttype" }.map {
            Payload.Header(name: "ce-\($0.name)", value: PercentEncoding.header($0.value))
        }
    }

    /// A URI reference; sequences count within it.
    private static func source(chat: String?) -> String {
        chat.map { "/belfry/chats/\(PercentEncoding.component($0))" } ?? "/belfry"
    }
}
