import ArgumentParser

/// `127.0.0.1:8780`, `[::1]:8780`, or `:8780` for the loopback address.
struct ListenAddress: ExpressibleByArgument, Equatable {
    var host: String
    var port: Int

    init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    init?(argument: String) {
        guard let colon = argument.lastIndex(of: ":"), let port = Int(argument[argument.index(after: colon)...]),
            (0...65_535).contains(port)
        else { return nil }
        let host = argument[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            self.init(host: String(host.dropFirst().dropLast()), port: port)
        } else if !host.contains(":") {
            self.init(host: host.isEmpty ? "127.0.0.1" : String(host), port: port)
        } else {
            return nil
        }
    }

    var defaultValueDescription: String { "\(host):\(port)" }
}
