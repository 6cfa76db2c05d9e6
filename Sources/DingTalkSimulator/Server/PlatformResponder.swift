import Hummingbird
import ServiceLifecycle
import Time

/// Hands requests to the platform and carries out what it decides: waiting, closing, answering.
struct PlatformResponder: HTTPResponder {
    typealias Context = ConnectionContext

    private static let bodyLimit = 8 * 1024 * 1024

    let platform: SharedPlatform

    func respond(to request: Request, context: ConnectionContext) async throws -> Response {
        guard let body = try? await request.body.collect(upTo: Self.bodyLimit) else {
            return Response(status: .contentTooLarge)
        }
        let call = Call(
            request.method.rawValue, request.head.path ?? "", contentType: request.headers[.contentType] ?? "",
            body: Array(body.readableBytesView))
        let answer = platform.use { $0.answer(call, at: SystemTime.wall) }
        if answer.delay > .zero {
            // A server that is being stopped does not wait its faults out.
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: answer.delay) }
        }
        switch answer.outcome {
        case .reply(let status, let contentType, let body):
            return Response(
                status: .init(code: status), headers: [.contentType: contentType],
                body: .init(byteBuffer: ByteBuffer(bytes: body)))
        case .close:
            try await context.close()
            return Response(status: .serviceUnavailable)
        }
    }
}
