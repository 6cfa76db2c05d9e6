import JSON

extension StoredEvent {
    /// The event's type, read off the stored bytes without decoding them; empty when they are damaged.
    var type: String {
        // What we store begins with the id and the type. Another order is valid all the same and costs a decoding.
        let (front, middle): (StaticString, StaticString) = ("{\"id\":\"", "\",\"type\":\"")
        let place = front.utf8CodeUnitCount + id.utf8.count
        if body.holds(front, at: 0), body.holds(middle, at: place) {
            let rest = body[(place + middle.utf8CodeUnitCount)...]
            if let end = rest.firstIndex(of: UInt8(ascii: "\"")) {
                return String(decoding: rest[..<end], as: UTF8.self)
            }
        }
        return (try? JSONParser.parse(body))?["type"]?.stringValue ?? ""
    }
}

extension [UInt8] {
    fileprivate func holds(_ text: StaticString, at place: Int) -> Bool {
        guard count - place >= text.utf8CodeUnitCount else { return false }
        return withUnsafeBufferPointer { bytes in
            bytes[place...].starts(with: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        }
    }
}
