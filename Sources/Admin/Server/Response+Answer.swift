import HTTPTypes
import Hummingbird

extension Response {
    /// - Parameter closing: closes the connection, when it cannot be used again.
    init(_ answer: Answer, to head: RequestHead, closing: (@Sendable () async throws -> Void)?) {
        var fields = HTTPFields()
        for (name, value) in SecurityHeaders.all.merging(answer.headers, uniquingKeysWith: { _, own in own }) {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        if closing != nil { fields[.connection] = "close" }
        let status = HTTPResponse.Status(code: answer.status)
        guard case .bytes(let bytes) = answer.body else {
            self.init(status: status, headers: fields)
            return
        }
        fields[.contentLength] = String(bytes.count)
        let isHead = head.method == "HEAD"
        guard let closing else {
            self.init(
                status: status, headers: fields, body: isHead ? .init() : .init(byteBuffer: ByteBuffer(bytes: bytes)))
            return
        }
        self.init(
            status: status, headers: fields,
            body: .init(contentLength: bytes.count) { writer in
                try await writer.write(ByteBuffer(bytes: bytes))
                try await writer.finish(nil)
                try await closing()
            })
    }
}
