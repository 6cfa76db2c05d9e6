import JSON

extension StoredEvent {
    /// The event's type, read off the stored bytes without decoding them; empty when they are damaged.
    var type: String {
        // What we store begins with the id and the type. Another order is valid all the same and costs a decoding.
        let start = "{\"id\":\"\(id)\",\"type\":\"".utf8
        if body.starts(with: start) {
            let rest = body.dropFirst(start.count)
            if let end = rest.firstIndex(of: UInt8(ascii: "\"")) {
                return String(decoding: rest[..<end], as: UTF8.self)
            }
        }
        return (try? JSONParser.parse(body))?["type"]?.stringValue ?? ""
    }
}
