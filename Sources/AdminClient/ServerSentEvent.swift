/// One event of a stream (WHATWG HTML, section 9.2).
package struct ServerSentEvent: Sendable, Equatable {
    /// `message` when the stream names none.
    package var type: String
    package var data: String
    /// The last id that the stream gave, this event's or an earlier one's.
    package var lastID: String?

    package init(type: String, data: String, lastID: String?) {
        self.type = type
        self.data = data
        self.lastID = lastID
    }
}

/// Takes a stream apart, in whatever pieces it comes.
package struct ServerSentEventParser: Sendable {
    private var line: [UInt8] = []
    private var wasCarriageReturn = false
    private var type = ""
    private var data: [String] = []
    private var lastID: String?

    /// `lastID`: what the stream was asked to go on from.
    package init(lastID: String? = nil) {
        self.lastID = lastID
    }

    /// The events that the bytes complete.
    package mutating func take(_ bytes: some Sequence<UInt8>) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        for byte in bytes {
            defer { wasCarriageReturn = byte == UInt8(ascii: "\r") }
            switch byte {
            case UInt8(ascii: "\n") where wasCarriageReturn: continue
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                if let event = endLine() { events.append(event) }
            default: line.append(byte)
            }
        }
        return events
    }

    /// An empty line ends an event.
    private mutating func endLine() -> ServerSentEvent? {
        let text = String(decoding: line, as: UTF8.self)
        line.removeAll(keepingCapacity: true)
        guard text.isEmpty else {
            note(text)
            return nil
        }
        defer { (type, data) = ("", []) }
        guard !data.isEmpty else { return nil }
        return ServerSentEvent(
            type: type.isEmpty ? "message" : type, data: data.joined(separator: "\n"), lastID: lastID)
    }

    private mutating func note(_ line: String) {
        let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        var value = parts.count > 1 ? parts[1] : ""
        if value.first == " " { value.removeFirst() }
        switch parts.first {
        case "event": type = String(value)
        case "data": data.append(String(value))
        case "id": lastID = String(value)
        // A comment, or a field that concerns nobody here.
        default: break
        }
    }
}
