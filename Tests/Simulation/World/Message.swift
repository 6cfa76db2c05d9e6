import Deliveries
import HTTPEngine
import Time

/// A request as a receiver reads it.
struct Message: Sendable {
    var endpoint: String
    /// Of the message: an event's, or a digest's.
    var id: String
    /// The ids of all events that it tells of, in their order.
    var events: [String]
    var body: [UInt8]
    private var headers: [String: String]

    init(_ request: HTTPRequest, to endpoint: String) {
        self.endpoint = endpoint
        headers = Dictionary(request.headers.map { ($0.name.lowercased(), $0.value) }) { $1 }
        id = headers["webhook-id"] ?? ""
        body = request.body
        events = id.hasPrefix("evt_") ? [id] : Self.events(in: request.body)
    }

    /// Every `evt_` with 26 characters behind it.
    private static func events(in body: [UInt8]) -> [String] {
        var events: [String] = []
        var index = 0
        let mark = Array("evt_".utf8)
        while index + 30 <= body.count {
            if body[index] == mark[0], body[index..<(index + 4)].elementsEqual(mark) {
                let event = String(decoding: body[index..<(index + 30)], as: UTF8.self)
                if !events.contains(event) { events.append(event) }
                index += 30
            } else {
                index += 1
            }
        }
        return events
    }

    /// Whether it is signed as the scheme has it, at the time that it names.
    func isGenuine(by verifier: StandardVerifier) -> Bool {
        guard let seconds = headers["webhook-timestamp"].flatMap(Int64.init) else { return false }
        do {
            try verifier.verify(headers: headers, body: body, now: Timestamp(seconds: seconds))
            return true
        } catch {
            return false
        }
    }
}
