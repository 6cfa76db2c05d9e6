import Glibc

/// One accepted connection, used by its own thread.
struct FaultConnection: Sendable {
    let descriptor: Int32
    let number: Int
    let stopSignal: StopSignal

    func close() {
        Glibc.close(descriptor)
    }

    /// Performs the steps; false if they ended the connection, or the server stops.
    func perform(_ steps: [FaultStep]) -> Bool {
        for step in steps {
            switch step {
            case .send(let bytes):
                guard send(bytes) else { return false }
            case .trickle(let bytes, let interval):
                for byte in bytes {
                    guard send([byte]), pause(interval) else { return false }
                }
            case .sendForever(let bytes):
                while send(bytes) {}
                return false
            case .pause(let duration):
                guard pause(duration) else { return false }
            case .hang:
                // A hang-up of the client ends it too: reading gives 0 bytes then.
                while readMore() != nil {}
                return false
            case .close:
                return false
            case .reset:
                var option = linger(l_onoff: 1, l_linger: 0)
                setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
                return false
            }
        }
        return true
    }

    /// Reads up to the end of a request's body; nil if the connection ends before.
    func readRequest() -> (head: String, body: [UInt8])? {
        var bytes: [UInt8] = []
        var scanned = 0
        let end: Int
        while true {
            if let found = Self.endOfHead(in: bytes, from: max(0, scanned - 3)) {
                end = found
                break
            }
            scanned = bytes.count
            guard let more = readMore() else { return nil }
            bytes += more
        }
        let head = String(decoding: bytes[..<end], as: UTF8.self)
        let length = FaultRequest.value(of: "content-length", in: head).flatMap { Int($0) } ?? 0
        while bytes.count < end + length {
            guard let more = readMore() else { return nil }
            bytes += more
        }
        return (head, Array(bytes[end..<(end + length)]))
    }

    private static func endOfHead(in bytes: [UInt8], from start: Int) -> Int? {
        guard bytes.count >= 4 else { return nil }
        for index in start...(bytes.count - 4) where bytes[index] == 0x0d && bytes[index + 1] == 0x0a {
            if bytes[index + 2] == 0x0d, bytes[index + 3] == 0x0a { return index + 4 }
        }
        return nil
    }

    private func readMore() -> [UInt8]? {
        guard stopSignal.wait(until: descriptor, isReadyFor: Int16(POLLIN), timeout: nil) else { return nil }
        let bytes = [UInt8](unsafeUninitializedCapacity: 16 << 10) { buffer, count in
            count = max(0, recv(descriptor, buffer.baseAddress, buffer.count, 0))
        }
        return bytes.isEmpty ? nil : bytes
    }

    private func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            guard stopSignal.wait(until: descriptor, isReadyFor: Int16(POLLOUT), timeout: nil) else { return false }
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.send(
                    descriptor, buffer.baseAddress.map { $0 + sent }, buffer.count - sent,
                    Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            }
            if count < 0, errno == EAGAIN { continue }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    private func pause(_ duration: Duration) -> Bool {
        !stopSignal.isRaised(within: duration)
    }
}
