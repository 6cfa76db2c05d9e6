import Glibc

/// The connected sockets, so that a connection can be looked at before it is used again.
///
/// libcurl 7.88.1 reuses an idle connection on which bytes wait and takes them for the answer to the next request. They are
/// nobody's answer: a receiver said more than it was asked, or a gateway sent its `408` and hung up.
///
/// libcurl's callbacks get an unretained pointer to this object, which outlives all connections.
final class OpenSockets {
    /// Both ends of a connection, as far as libcurl tells them: many connections may share a port of ours.
    struct Ends: Hashable {
        var ownPort: UInt16
        var peer: SocketAddress
    }

    private var descriptors: [Ends: Int32] = [:]
    private var ends: [Int32: Ends] = [:]
    /// Told of every descriptor that libcurl has closed.
    var onClose: (Int32) -> Void = { _ in }

    /// Takes note of a socket that is connected by now; passes over one that is not.
    func note(_ descriptor: Int32) {
        guard let own = Self.address(of: descriptor, getsockname),
            let peer = Self.address(of: descriptor, getpeername)
        else { return }
        let ends = Ends(ownPort: own.port, peer: peer)
        descriptors[ends] = descriptor
        self.ends[descriptor] = ends
    }

    /// Whether there is anything to be read on a connection, its end included.
    func hasInput(_ ends: Ends) -> Bool {
        guard let descriptor = descriptors[ends] else { return false }
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT)) >= 0
    }

    func isConnected(_ descriptor: Int32) -> Bool {
        ends[descriptor] != nil
    }

    func close(_ descriptor: Int32) -> Int32 {
        onClose(descriptor)
        if let ends = ends.removeValue(forKey: descriptor), descriptors[ends] == descriptor {
            descriptors[ends] = nil
        }
        return Glibc.close(descriptor)
    }

    private static func address(
        of descriptor: Int32, _ ask: (Int32, UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32
    ) -> SocketAddress? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &storage) { storage in
            let isKnown = storage.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                ask(descriptor, $0, &length) == 0
            }
            return isKnown ? SocketAddress(UnsafeRawPointer(storage)) : nil
        }
    }
}
