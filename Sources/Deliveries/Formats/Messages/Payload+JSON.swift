import JSON

extension Payload {
    init(id: String, json: JSONObject) {
        self.init(id: id, contentType: "application/json", body: JSONValue.object(json).serialized())
    }
}
