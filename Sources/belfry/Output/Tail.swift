import AdminClient
import JSON
import Telemetry

/// Prints a stream of events and deliveries.
struct Tail {
    let isJSON: Bool
    /// Where the stream is to go on.
    private(set) var lastID: String?
    private var lastComplaint: String?
    /// A daemon that cannot be reached at all is said at once; one that was there will be back.
    private var wasThere = false

    init(isJSON: Bool) {
        self.isJSON = isJSON
    }

    /// Prints until the stream ends. Throws when the daemon was never there, and what it refuses.
    mutating func follow(_ path: String, of client: AdminClient) async throws {
        do {
            for try await event in client.stream(path, after: lastID) { print(event) }
            wasThere = true
        } catch let error as AdminError {
            guard wasThere, case .unreachable(let reason) = error else { throw error }
            complain(reason)
        }
    }

    private mutating func print(_ event: ServerSentEvent) {
        lastID = event.lastID ?? lastID
        if lastComplaint != nil { StandardError.write("the daemon is there again") }
        lastComplaint = nil
        wasThere = true
        guard let value = try? JSONParser.parse(Array(event.data.utf8)) else { return }
        switch event.type {
        case "event": StandardOutput.write(isJSON ? value.text : "event     " + EventLine(value).cells.text)
        case "delivery": StandardOutput.write(isJSON ? value.text : "delivery  " + Self.cells(of: value).text)
        default: break
        }
    }

    /// Once for each reason, however often it is met.
    private mutating func complain(_ reason: String) {
        if reason != lastComplaint { StandardError.write("\(reason); waiting for it") }
        lastComplaint = reason
    }

    private static func cells(of delivery: JSONValue) -> [String] {
        [
            delivery.timeCell("finishedAt"), delivery.cell("state"), delivery.cell("endpoint"), delivery.cell("event"),
            delivery.cell("id"), "try \(delivery.cell("attempts"))", delivery.cell("reason"),
        ]
    }
}

extension [String] {
    fileprivate var text: String { map(\.withoutControls).joined(separator: "  ") }
}
