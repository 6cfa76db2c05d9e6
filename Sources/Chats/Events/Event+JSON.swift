package import JSON
import Time

extension Event {
    /// The event as every format's starting point, and as the `standard` format sends it byte for byte.
    package var json: JSONObject {
        [
            "id": .string(id), "type": .string(type.rawValue), "timestamp": .string(timestamp.description),
            "data": .object(data),
        ]
    }

    /// The `data` member: chat, sequence, observed, change.
    package var data: JSONObject {
        [
            "chat": chat.map { .object($0.json) } ?? .null,
            "sequence": .integer(Int64(sequence)),
            "observed": [
                "after": observed.after.map { .string($0.description) } ?? .null,
                "by": .string(observed.by.description),
            ],
            "change": .object(change.json),
        ]
    }

    /// Reads what `json` wrote; nil when a part is missing or of another shape.
    package init?(json: JSONObject) {
        guard let id = json["id"]?.stringValue,
            let type = json["type"]?.stringValue.flatMap(EventType.init),
            let timestamp = json["timestamp"]?.stringValue.flatMap(Timestamp.init(text:)),
            let data = json["data"]?.objectValue,
            let sequence = data["sequence"]?.integerValue,
            let by = data["observed"]?["by"]?.stringValue.flatMap(Timestamp.init(text:)),
            let change = data["change"]?.objectValue.flatMap({ Change(type: type, json: $0) })
        else { return nil }
        let observed = Observed(
            after: data["observed"]?["after"]?.stringValue.flatMap(Timestamp.init(text:)), by: by)
        self.init(
            id: id, timestamp: timestamp, chat: data["chat"]?.objectValue.flatMap(Chat.init(json:)),
            sequence: Int(sequence), observed: observed, change: change)
    }
}

extension Event.Chat {
    /// `id`, and `name` and `label` as far as they are known.
    package var json: JSONObject {
        var object: JSONObject = ["id": .string(id)]
        object["name"] = name.map { .string($0) }
        object["label"] = label.map { .string($0) }
        return object
    }

    init?(json: JSONObject) {
        guard let id = json["id"]?.stringValue else { return nil }
        self.init(id: id, name: json["name"]?.stringValue, label: json["label"]?.stringValue)
    }
}
