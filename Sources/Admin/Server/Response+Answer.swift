import HTTPTypes
import Hummingbird

extension Response {
    /// - Parameter mustClose: the connection cannot be used again after this answer.
    init(
        _ answer: Answer, to request: Request, on connection: AdminContext, _ answering: ReaderWatch.Answering,
        mustClose: Bool
    ) {
        var fields = HTTPFields()
        for (name, value) in SecurityHeaders.all.merging(answer.headers, uniquingKeysWith: { _, own in own }) {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        if mustClose { fields[.connection] = "close" }
        // A HEAD and a 304 speak of a body that they do not have.
        let isSilent = request.method == .head || answer.status == 304
        let body: ResponseBody
        switch answer.body {
        case .bytes(let bytes):
            fields[.contentLength] = String(bytes.count)
            body = .whole(isSilent ? [] : bytes, on: mustClose ? connection : nil, answering)
        case .stream where isSilent:
            body = .whole([], on: nil, answering)
        case .stream(let stream):
            body = .stream(stream, to: request, on: connection, answering)
        }
        self.init(status: HTTPResponse.Status(code: answer.status), headers: fields, body: body)
    }
}

extension ResponseBody {
    /// Closes the connection behind it, if one is given.
    fileprivate static func whole(
        _ bytes: [UInt8], on connection: AdminContext?, _ answering: ReaderWatch.Answering
    ) -> ResponseBody {
        ResponseBody { writer in
            if !bytes.isEmpty { try await writer.write(ByteBuffer(bytes: bytes)) }
            try await writer.finish(nil)
            answering.end()
            try await connection?.close()
        }
    }

    /// Ends when the stream does, or when the client leaves. The connection goes with it: whoever followed a stream has no
    /// other request for it.
    fileprivate static func stream(
        _ stream: @escaping @concurrent @Sendable (inout any StreamWriter) async throws -> Void, to request: Request,
        on connection: AdminContext, _ answering: ReaderWatch.Answering
    ) -> ResponseBody {
        ResponseBody { writer in
            // The head is out.
            answering.end()
            var watched: any StreamWriter = ConnectionWriter(writer, answering)
            // Nothing more is expected from a client but that it leaves.
            try await request.body.consumeWithCancellationOnInboundClose { _ in try await stream(&watched) }
            answering.begin()
            try await writer.finish(nil)
            try await connection.close()
        }
    }
}
