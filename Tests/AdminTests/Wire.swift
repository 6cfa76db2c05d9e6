import Glibc

/// A connection to a port of this machine that sends what it is told and reads what comes.
final class Wire: Sendable {
    struct Failure: Error {
        let step: String
        let code: Int32
    }

    private let descriptor: Int32

    /// A small `receiveBuffer` makes a reader that does not read felt early.
    init(port: Int, receiveBuffer: Int32? = nil) throws(Failure) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(step: "socket", code: errno) }
        if var size = receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
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

    func send(_ text: String, within limit: Duration = .seconds(20)) async throws {
        let deadline = ContinuousClock.now + limit
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
            }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN, ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(1))
            } else {
                throw Failure(step: "send", code: errno)
            }
        }
    }

    /// What has come by now or comes next; empty when the server closed.
    func receive(within limit: Duration = .seconds(20)) async throws -> [UInt8] {
        let deadline = ContinuousClock.now + limit
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            if count > 0 { return Array(buffer[..<count]) }
            if count == 0 || errno == ECONNRESET { return [] }
            guard errno == EAGAIN else { throw Failure(step: "receive", code: errno) }
            guard ContinuousClock.now < deadline else { throw Failure(step: "receive", code: ETIMEDOUT) }
            try await Task.sleep(for: .milliseconds(1))
        }
    }

    /// Everything up to the end of the connection.
    func receiveAll(within limit: Duration = .seconds(20)) async throws -> String {
        var bytes: [UInt8] = []
        while true {
            let more = try await receive(within: limit)
            if more.isEmpty { return String(decoding: bytes, as: UTF8.self) }
            bytes += more
        }
    }
}
