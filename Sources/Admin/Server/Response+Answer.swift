import HTTPTypes
import Hummingbird

extension Response {
    /// - Parameter mustClose: the connection cannot be used again after this answer.
    init(
        _ answer: Answer, to head: RequestHead, of request: Request, on connection: AdminContext, patience: Duration,
        mustClose: Bool
    ) {
        var fields = HTTPFields()
        for (name, value) in SecurityHeaders.all.merging(answer.headers, uniquingKeysWith: { _, own in own }) {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        if mustClose { fields[.connection] = "close" }
        let status = HTTPResponse.Status(code: answer.status)
        let body: ResponseBody
        switch answer.body {
        case .bytes(let bytes):
            // A HEAD and a 304 speak of a body that they do not have.
            fields[.contentLength] = String(bytes.count)
            let buffer = ByteBuffer(bytes: head.method == "HEAD" || answer.status == 304 ? [] : bytes)
            body = mustClose ? .last(buffer, on: connection) : ResponseBody(byteBuffer: buffer)
        case .stream where head.method == "HEAD":
            body = ResponseBody { writer in try await writer.finish(nil) }
        case .stream(let stream):
            body = .stream(stream, whileReading: request.body, on: connection, patience: patience)
        }
        self.init(status: status, headers: fields, body: body)
    }
}

extension ResponseBody {
    fileprivate static func last(_ buffer: ByteBuffer, on connection: AdminContext) -> ResponseBody {
        ResponseBody(contentLength: buffer.readableBytes) { writer in
            try await writer.write(buffer)
            try await writer.finish(nil)
            try await connection.close()
        }
    }

    /// Ends when the stream does, or when the client has not read for too long. The connection goes with it: whoever
    /// followed a stream has no other request for it.
    fileprivate static func stream(
        _ stream: @escaping @concurrent @Sendable (inout any StreamWriter) async throws -> Void,
        whileReading body: RequestBody, on connection: AdminContext, patience: Duration
    ) -> ResponseBody {
        ResponseBody { writer in
            let deadline = WriteDeadline(patience)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    await deadline.expire()
                    // Cancelled, the stream has ended by itself.
                    if !Task.isCancelled { try await connection.close() }
                }
                var timed: any StreamWriter = ConnectionWriter(writer, deadline: deadline)
                // Nothing more is expected from a client but that it leaves.
                try await body.consumeWithCancellationOnInboundClose { _ in try await stream(&timed) }
                group.cancelAll()
            }
            try await writer.finish(nil)
            try await connection.close()
        }
    }
}
