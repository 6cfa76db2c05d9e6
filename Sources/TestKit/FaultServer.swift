package import EventLoop
import Glibc
import Synchronization

/// An HTTP/1.1 server that does exactly what a script says, on threads and raw sockets: it can break every rule.
///
/// Each connection has a thread. The server reads a request, records it, asks the script what to do, and goes on with
/// the next request unless the steps ended the connection.
package final class FaultServer: Sendable {
    /// Chooses the steps for a request.
    package typealias Script = @Sendable (FaultRequest) -> [FaultStep]

    package let port: UInt16
    private let host: String
    private let listener: Int32
    private let stopSignal: StopSignal
    private let state = Mutex(State())
    private let script: Script
    private let onAccept: @Sendable (Int) -> [FaultStep]

    private struct State {
        var requests: [FaultRequest] = []
        var connections = 0
        var threads: [SystemThread] = []
    }

    /// Listens on a free port of a loopback address. `onAccept` gets the number of the connection, from 0, and gives
    /// steps that come before any request is read.
    package init(
        host: String = "127.0.0.1", onAccept: @escaping @Sendable (Int) -> [FaultStep] = { _ in [] },
        script: @escaping Script
    ) throws(SystemError) {
        (listener, port) = try Self.listen(on: host)
        stopSignal = try StopSignal()
        self.host = host
        self.script = script
        self.onAccept = onAccept
        let thread = try SystemThread(name: "fault-accept") { self.acceptConnections() }
        state.withLock { $0.threads.append(thread) }
    }

    /// Such as `http://127.0.0.1:40123/path`.
    package func url(_ path: String = "/") -> String {
        "http://\(host):\(port)\(path)"
    }

    /// Every request that arrived whole, in order of arrival.
    package var requests: [FaultRequest] {
        state.withLock { $0.requests }
    }

    package var connectionCount: Int {
        state.withLock { $0.connections }
    }

    /// Ends every step and every connection, and joins the threads.
    package func stop() {
        stopSignal.raise()
        // The accepting thread adds threads: it ends first, then the list is complete.
        while let thread = state.withLock({ $0.threads.isEmpty ? nil : $0.threads.removeFirst() }) {
            thread.join()
        }
    }

    private func acceptConnections() {
        defer { close(listener) }
        while stopSignal.wait(until: listener, isReadyFor: Int16(POLLIN), timeout: nil) {
            let descriptor = accept(listener, nil, nil)
            guard descriptor >= 0 else { continue }
            // A copy in a child process of the test would keep the connection open after its close.
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            let number = state.withLock { state in
                defer { state.connections += 1 }
                return state.connections
            }
            let connection = FaultConnection(descriptor: descriptor, number: number, stopSignal: stopSignal)
            let thread = try? SystemThread(name: "fault-\(number)") { self.serve(connection) }
            guard let thread else {
                connection.close()
                continue
            }
            state.withLock { $0.threads.append(thread) }
        }
    }

    private func serve(_ connection: FaultConnection) {
        defer { connection.close() }
        guard connection.perform(onAccept(connection.number)) else { return }
        var numberOnConnection = 0
        while let message = connection.readRequest() {
            let request = state.withLock { state in
                let request = FaultRequest(
                    head: message.head, body: message.body, number: state.requests.count,
                    connection: connection.number, numberOnConnection: numberOnConnection)
                state.requests.append(request)
                return request
            }
            numberOnConnection += 1
            guard connection.perform(script(request)) else { return }
        }
    }

    private static func listen(on host: String) throws(SystemError) -> (descriptor: Int32, port: UInt16) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw SystemError("socket") }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        inet_pton(AF_INET, host, &address.sin_addr)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) == 0 && Glibc.listen(descriptor, 1024) == 0
                    && getsockname(descriptor, generic, &length) == 0
            }
        }
        guard isListening else {
            let error = SystemError("bind")
            close(descriptor)
            throw error
        }
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }
}
