import HTTPEngine
import Synchronization
import Telemetry

extension AdminClient {
    /// How long a stream may last before it has to be asked for anew.
    private static let longest: Duration = .seconds(86_400)

    /// The events of a stream as they come. It ends when the daemon ends it, and throws `AdminError`.
    ///
    /// `lastID`: goes on behind the event of that id.
    package func stream(_ path: String, after lastID: String?) -> AsyncThrowingStream<ServerSentEvent, any Error> {
        var request = request(.get, path, timeout: Self.longest)
        request.headers.append(HTTPField("accept", "text/event-stream"))
        if let lastID { request.headers.append(HTTPField("last-event-id", lastID)) }
        let (events, feed) = AsyncThrowingStream<ServerSentEvent, any Error>.makeStream()
        let parser = SharedParser(lastID: lastID)
        request.onBody = { bytes in
            for event in parser.take(bytes) { feed.yield(event) }
        }
        let exchange = Task { [request] in
            let result = await end(of: request)
            switch result {
            case .success: feed.finish()
            case .failure(let error): feed.finish(throwing: error)
            }
        }
        feed.onTermination = { _ in exchange.cancel() }
        return events
    }

    private func end(of request: HTTPRequest) async -> Result<Void, AdminError> {
        let response: HTTPResponse
        do {
            response = try await engine.execute(request)
        } catch {
            return .failure(unreachable(error))
        }
        if response.isSuccess { return .success(()) }
        do {
            _ = try value(of: response)
            return .success(())
        } catch {
            return .failure(error)
        }
    }
}

/// The parser on the engine's thread.
private final class SharedParser: Sendable {
    private let parser: Mutex<ServerSentEventParser>

    init(lastID: String?) {
        parser = Mutex(ServerSentEventParser(lastID: lastID))
    }

    func take(_ bytes: UnsafeRawBufferPointer) -> [ServerSentEvent] {
        let copy = Array(bytes)
        return parser.withLock { $0.take(copy) }
    }
}
