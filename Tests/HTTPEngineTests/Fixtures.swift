import EventLoop
import HTTPEngine
import TestKit
import Testing

/// Runs a test with an engine on a loop of its own and takes both down afterwards.
func withEngine(
    _ configuration: HTTPEngine.Configuration = HTTPEngine.Configuration(), _ body: (HTTPEngine) async throws -> Void
) async throws {
    let loop = try EventLoop(name: "engine-test")
    let engine = try HTTPEngine(loop: loop, configuration: configuration)
    do {
        try await body(engine)
        await engine.shutdown()
        loop.shutdown()
    } catch {
        await engine.shutdown()
        loop.shutdown()
        throw error
    }
}

extension HTTPEngine {
    /// The outcome as a value, which is easier to compare than a throw.
    func outcome(_ request: HTTPRequest) async -> Result<HTTPResponse, HTTPError> {
        do throws(HTTPError) {
            return .success(try await execute(request))
        } catch {
            return .failure(error)
        }
    }

    /// `execute` with an untyped throw, which is what `#expect` takes.
    func response(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await execute(request)
    }

    func error(_ request: HTTPRequest) async -> HTTPError? {
        guard case .failure(let error) = await outcome(request) else { return nil }
        return error
    }
}

extension AddressPolicy {
    /// What the tests reach: the machine itself.
    static var loopback: AddressPolicy {
        AddressPolicy(allow: [CIDR("127.0.0.0/8"), CIDR("::1")].compactMap { $0 })
    }
}

extension FaultServer {
    func post(_ path: String = "/", _ body: String = "event", timeout: Duration = .seconds(10)) -> HTTPRequest {
        HTTPRequest(.post, url(path), body: Array(body.utf8), timeout: timeout, addressPolicy: .loopback)
    }

    func get(_ path: String = "/") -> HTTPRequest {
        HTTPRequest(.get, url(path), addressPolicy: .loopback)
    }
}

extension HTTPError {
    /// The case and its reason, without the words.
    var kind: String {
        switch self {
        case .notSent(let reason, _): "notSent \(reason.rawValue)"
        case .unknown(let reason, _): "unknown \(reason.rawValue)"
        case .refusedAddress(let refusal): "refused \(refusal.block.rawValue)"
        case .configuration: "configuration"
        case .cancelled(let mayHaveArrived): "cancelled \(mayHaveArrived)"
        }
    }
}
