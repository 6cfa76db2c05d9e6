import Deliveries
import Store
import Telemetry

/// Writes files with the real store, for the benchmarks that begin with a backlog, and measures how fast it writes.
///
///     store-benchmark fill FILE EVENTS CHATS chat|none ENDPOINT…
///     store-benchmark commit FILE EVENTS CHATS AT_ONCE
@main
struct StoreBenchmark {
    private struct Usage: Error, CustomStringConvertible {
        let description = """
            usage: store-benchmark fill FILE EVENTS CHATS chat|none ENDPOINT…
                   store-benchmark commit FILE EVENTS CHATS AT_ONCE
            """
    }

    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        var numbers = arguments.compactMap { Int($0) }[...]
        guard arguments.count >= 5, let events = numbers.popFirst(), let chats = numbers.popFirst() else {
            throw Usage()
        }
        let file = Array(arguments)[1]
        switch arguments.first {
        case "fill":
            let rest = arguments.dropFirst(4)
            guard let ordering = rest.first.flatMap(Ordering.init(rawValue:)) else { throw Usage() }
            try await Backlog(events: events, chats: chats, ordering: ordering, endpoints: Array(rest.dropFirst()))
                .write(to: file)
        case "commit":
            guard let atOnce = numbers.popFirst() else { throw Usage() }
            try await CommitMeasurement(events: events, chats: chats, atOnce: atOnce).run(on: file)
        default: throw Usage()
        }
    }
}

extension Endpoint {
    static func named(_ name: String, _ ordering: Ordering) -> Endpoint {
        Endpoint(
            name: name, url: Secret("https://\(name).example/"), format: StandardFormat(), ordering: ordering)
    }
}
