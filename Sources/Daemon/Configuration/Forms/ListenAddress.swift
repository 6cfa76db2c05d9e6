import HTTPEngine

/// Where a server listens: `127.0.0.1:8780`, `[::1]:8780`, `localhost:8780`, or `:8780` for the loopback address.
package struct ListenAddress: Sendable, Equatable, CustomStringConvertible {
    package var host: String
    /// 0 takes any free port.
    package var port: Int

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    package init?(text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            return nil
        }
        let host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            let inner = String(host.dropFirst().dropLast())
            guard case .v6 = IPAddress(inner) else { return nil }
            self.init(host: inner, port: Int(port))
        } else {
            let isName = host.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-.".contains($0)) }
            guard isName else { return nil }
            self.init(host: host.isEmpty ? "127.0.0.1" : String(host), port: Int(port))
        }
    }

    /// Whether only programs of this machine can connect. Another name than `localhost` may resolve to anything.
    package var isLoopback: Bool {
        switch IPAddress(host) {
        case .v4(let bits): bits >> 24 == 127
        case .v6(let high, let low): high == 0 && low == 1
        case nil: host.lowercased() == "localhost"
        }
    }

    /// As connections to it are seen. A wildcard address, or a name that leads to who knows which, stands for every address
    /// that this machine has now. A port of 0 is not known before the server listens, and matches none.
    var socketAddresses: [SocketAddress] {
        let port = UInt16(clamping: port)
        let addresses: [IPAddress] =
            switch IPAddress(host) {
            case let wildcard? where wildcard == .v4(0) || wildcard == .v6(0, 0): [wildcard] + IPAddress.ofThisMachine
            case let address?: [address]
            case nil: [.v4(0x7F00_0001), .v6(0, 1)] + (isLoopback ? [] : IPAddress.ofThisMachine)
            }
        return addresses.map { SocketAddress(address: $0, port: port) }
    }

    package var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
