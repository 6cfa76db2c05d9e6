import Glibc

/// An address and a port.
package struct SocketAddress: Hashable, Sendable, CustomStringConvertible {
    package let address: IPAddress
    package let port: UInt16

    package init(address: IPAddress, port: UInt16) {
        self.address = address
        self.port = port
    }

    /// Reads a `sockaddr_in` or `sockaddr_in6`; any other family gives nil. The bytes must be as many as the family
    /// says.
    init?(_ bytes: UnsafeRawPointer) {
        // The offsets are those of <netinet/in.h>: family, port, and for IPv6 the flow label before the address.
        port = UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
        switch Int32(bytes.loadUnaligned(as: sa_family_t.self)) {
        case AF_INET:
            address = .v4(UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self)))
        case AF_INET6:
            address = IPAddress(sixteen: UnsafeRawBufferPointer(start: bytes + 8, count: 16))
        default:
            return nil
        }
    }

    package var description: String {
        switch address {
        case .v4: "\(address):\(port)"
        case .v6: "[\(address)]:\(port)"
        }
    }
}
