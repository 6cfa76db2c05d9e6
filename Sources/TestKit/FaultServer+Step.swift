/// One thing that a `FaultServer` does on a connection.
package enum FaultStep: Sendable {
    case send([UInt8])
    /// One byte at a time.
    case trickle([UInt8], every: Duration)
    /// Repeats the bytes until the client leaves.
    case sendForever([UInt8])
    case pause(Duration)
    /// Says nothing more until the client leaves.
    case hang
    /// Closes in order: the client reads an end of file.
    case close
    /// Closes with a TCP reset.
    case reset

    package static func send(_ text: String) -> FaultStep {
        .send(Array(text.utf8))
    }

    /// A well-formed response that keeps the connection.
    package static func reply(
        _ status: Int = 200, headers: [(name: String, value: String)] = [], body: String = "ok"
    ) -> FaultStep {
        let lines = headers.map { "\($0.name): \($0.value)\r\n" }.joined()
        return .send("HTTP/1.1 \(status) Scripted\r\nContent-Length: \(body.utf8.count)\r\n\(lines)\r\n\(body)")
    }
}
