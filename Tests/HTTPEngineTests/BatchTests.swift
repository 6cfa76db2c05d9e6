import HTTPEngine
import Synchronization
import TestKit
import Testing

@Suite("Requests that are sent together") struct BatchTests {
    @Test("each ends with its own answer, and the call returns after the last")
    func answers() async throws {
        let server = try FaultServer { request in [.reply(body: String(decoding: request.body, as: UTF8.self))] }
        defer { server.stop() }
        let ended = Ended()
        try await withEngine { engine in
            var requests = (0..<100).map { server.post("/\($0)", "body \($0)") }
            requests[7].url = "not an address"
            await engine.execute(requests) { ended.add($0) }
            #expect(await engine.inFlight == 0)
        }
        #expect(ended.places == Array(0..<100))
        for (place, outcome) in ended.all {
            switch outcome {
            case .success(let response): #expect(response.body == Array("body \(place)".utf8) && place != 7)
            case .failure(let error): #expect(error.kind == "configuration" && place == 7)
            }
        }
    }

    @Test("cancelling the task ends all that are under way")
    func cancellation() async throws {
        let server = try FaultServer { request in request.target == "/hung" ? [.hang] : [.reply()] }
        defer { server.stop() }
        let ended = Ended()
        try await withEngine { engine in
            let requests = [server.post("/hung"), server.post("/well"), server.post("/hung")]
            let task = Task { await engine.execute(requests) { ended.add($0) } }
            while ended.places.isEmpty || server.requests.count < 3 { await Task.yield() }
            task.cancel()
            await task.value
            #expect(await engine.inFlight == 0)
        }
        #expect(ended.places == [0, 1, 2])
        #expect(ended.kinds == ["cancelled true", "answered", "cancelled true"])
    }

    @Test("a shutdown ends them, and none begins after it")
    func shutdown() async throws {
        let server = try FaultServer { _ in [.hang] }
        defer { server.stop() }
        let ended = Ended()
        try await withEngine { engine in
            let task = Task { await engine.execute([server.post()]) { ended.add($0) } }
            while server.requests.isEmpty { await Task.yield() }
            await engine.shutdown()
            await task.value
            await engine.execute([server.post()]) { ended.add($0) }
        }
        #expect(ended.kinds == ["cancelled true", "cancelled false"])
    }
}

private final class Ended: Sendable {
    private let exchanges = Mutex<[EndedExchange]>([])

    func add(_ ended: [EndedExchange]) {
        exchanges.withLock { $0 += ended }
    }

    var all: [(Int, Result<HTTPResponse, HTTPError>)] {
        exchanges.withLock { $0 }.map { ($0.place, $0.outcome) }
    }
    var places: [Int] { all.map(\.0).sorted() }
    /// In the order of the places, and of their ends.
    var kinds: [String] {
        exchanges.withLock { $0 }.enumerated().sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }
            .map {
                switch $0.element.outcome {
                case .success: "answered"
                case .failure(let error): error.kind
                }
            }
    }
}
