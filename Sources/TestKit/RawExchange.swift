import Glibc

/// One HTTP exchange over a socket of its own, byte for byte: a client that corrects and hides nothing.
package struct RawExchange: Sendable {
    /// Everything the server sent until it closed the connection; empty when it closed without an answer.
    package let bytes: [UInt8]

    /// Sends `head` (its lines joined by CR LF, `host` and `connection: close` added) and `body`, then reads until the
    /// server closes. `head` begins with the request line.
    package init(port: Int, head: [String], body: String = "", within limit: Duration = .seconds(10)) async throws {
        let lines = head + ["host: 127.0.0.1:\(port)", "connection: close"]
        let length = body.isEmpty ? [] : ["content-length: \(body.utf8.count)"]
        let request = (lines + length).joined(separator: "\r\n") + "\r\n\r\n" + body
        let socket = try LoopbackSocket(port: port)
        try await socket.send(Array(request.utf8), within: limit)
        bytes = try await socket.receiveAll(within: limit)
    }

    /// Nil when there is no status line.
    package var status: Int? {
        let words = headText.split(separator: " ", maxSplits: 2)
        return words.count > 1 && words[0].hasPrefix("HTTP/1.") ? Int(words[1]) : nil
    }

    package var body: [UInt8] {
        bodyStart.map { Array(bytes[$0...]) } ?? []
    }

    package var text: String {
        String(decoding: body, as: UTF8.self)
    }

    /// The value of a header; `name` in lower case.
    package func header(_ name: String) -> String? {
        for line in headText.split(separator: "\r\n").dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2, parts[0].lowercased() == name { return String(parts[1].drop { $0 == " " }) }
        }
        return nil
    }

    private var headText: String {
        String(decoding: bytes[..<(bodyStart ?? bytes.count)], as: UTF8.self)
    }

    private var bodyStart: Int? {
        let end = Array("\r\n\r\n".utf8)
        return bytes.indices.first { bytes[$0...].starts(with: end) }.map { $0 + end.count }
    }
}

/// A connection to a port of this machine; closed when it is released.
struct LoopbackSocket: ~Copyable {
    struct Failure: Error {
        let step: String
        let code: Int32
    }

    private let descriptor: Int32

    init(port: Int) throws(Failure) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(step: "socket", code: errno) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, length) }
        }
        guard result == 0 else { throw Failure(step: "connect", code: errno) }
    }

    deinit {
        close(descriptor)
    }

    /// Polls rather than blocks, here as below: the server under test may need this very thread.
    borrowing func send(_ bytes: [UInt8], within limit: Duration) async throws {
        let deadline = ContinuousClock.now + limit
        let flags = Int32(MSG_NOSIGNAL | MSG_DONTWAIT)
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, flags) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else {
                try await waitAfterFailure(of: "send", until: deadline)
            }
        }
    }

    borrowing func receiveAll(within limit: Duration) async throws -> [UInt8] {
        let deadline = ContinuousClock.now + limit
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            if count > 0 {
                received.append(contentsOf: buffer[..<count])
            } else if count == 0 || errno == ECONNRESET {
                return received
            } else {
                try await waitAfterFailure(of: "receive", until: deadline)
            }
        }
    }

    /// Returns a moment later when the socket only was not ready.
    private borrowing func waitAfterFailure(of step: String, until deadline: ContinuousClock.Instant) async throws {
        guard errno == EAGAIN || errno == EINTR else { throw Failure(step: step, code: errno) }
        guard ContinuousClock.now < deadline else { throw Failure(step: step, code: ETIMEDOUT) }
        try await Task.sleep(for: .milliseconds(1))
    }
}
