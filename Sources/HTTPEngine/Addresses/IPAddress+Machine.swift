import Glibc

extension IPAddress {
    /// The addresses of this machine's interfaces as they are now; empty if the system does not tell.
    package static var ofThisMachine: [IPAddress] {
        var first: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&first) == 0 else { return [] }
        defer { freeifaddrs(first) }
        return sequence(first: first) { $0?.pointee.ifa_next }.compactMap { entry in
            guard let bytes = entry?.pointee.ifa_addr else { return nil }
            return SocketAddress(UnsafeRawPointer(bytes))?.address
        }
    }
}
