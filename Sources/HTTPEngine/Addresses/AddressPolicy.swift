/// Which addresses a request may reach. Judged when a connection is made or reused, never on the text of a URL: the
/// many spellings of one address, and what a name resolves to, are settled by then.
package struct AddressPolicy: Hashable, Sendable {
    package enum Verdict: Hashable, Sendable {
        case allowed
        case refused(AddressRefusal)
    }

    /// Every address, encrypted or not: for a server that the operator has named.
    package static let unrestricted = AddressPolicy(isUnrestricted: true, allow: [], insecureHTTP: true, listeners: [])

    private let isUnrestricted: Bool
    private let allow: [CIDR]
    private let insecureHTTP: Bool
    private let listeners: [SocketAddress]

    /// Public addresses by https, and what `allow` names by either scheme.
    ///
    /// `listeners` are where this program itself listens; nothing opens those. A wildcard address stands for the
    /// loopback ones: name the machine's other addresses one by one (`IPAddress.ofThisMachine`).
    package init(allow: [CIDR] = [], insecureHTTP: Bool = false, listeners: [SocketAddress] = []) {
        self.init(isUnrestricted: false, allow: allow, insecureHTTP: insecureHTTP, listeners: listeners)
    }

    private init(isUnrestricted: Bool, allow: [CIDR], insecureHTTP: Bool, listeners: [SocketAddress]) {
        self.isUnrestricted = isUnrestricted
        self.allow = allow
        self.insecureHTTP = insecureHTTP
        self.listeners = listeners
    }

    package func judge(_ address: IPAddress, port: UInt16, isEncrypted: Bool) -> Verdict {
        if isUnrestricted { return .allowed }
        func refused(_ block: AddressBlock, _ cause: IPAddress) -> Verdict {
            .refused(AddressRefusal(address: address, port: port, block: block, cause: cause))
        }
        let embedded = address.embedded
        if isOwnListener(address, port) { return refused(.ownListener, address) }
        if let embedded, isOwnListener(embedded, port) { return refused(.ownListener, embedded) }
        if let block = neverOpenedWide(address) { return refused(block, address) }
        if let embedded, let block = neverOpenedWide(embedded) { return refused(block, embedded) }

        let meant = address.unwrapped ?? address
        if isAllowed(address) || isAllowed(meant) { return .allowed }
        if let block = AddressBlock.of(meant) { return refused(block, meant) }
        // An entry for the embedded address does not stand for the network that carries it, nor the other way round.
        if let embedded, !isAllowed(embedded), let block = AddressBlock.of(embedded) { return refused(block, embedded) }
        return isEncrypted || insecureHTTP ? .allowed : refused(.plainHTTP, meant)
    }

    /// Whether plain http is fine wherever it leads. Through a proxy no address is ever seen, so this decides alone.
    var allowsPlainHTTPAnywhere: Bool {
        isUnrestricted || insecureHTTP
    }

    private func isAllowed(_ address: IPAddress) -> Bool {
        allow.contains { $0.contains(address) }
    }

    /// The block of an address that only an entry for that very address opens.
    private func neverOpenedWide(_ address: IPAddress) -> AddressBlock? {
        let block: AddressBlock? =
            AddressBlock.isMetadata(address)
            ? .cloudMetadata : AddressBlock.of(address) == .multicast ? .multicast : nil
        guard let block, !allow.contains(CIDR(address)) else { return nil }
        return block
    }

    private func isOwnListener(_ address: IPAddress, _ port: UInt16) -> Bool {
        listeners.contains { listener in
            guard listener.port == port else { return false }
            if listener.address == address { return true }
            // A connection to no address in particular ends at a loopback address.
            if Self.isUnspecified(address) { return Self.isLocal(listener.address) }
            return Self.isUnspecified(listener.address) && Self.isLocal(address)
        }
    }

    private static func isUnspecified(_ address: IPAddress) -> Bool {
        address == .v4(0) || address == .v6(0, 0)
    }

    private static func isLocal(_ address: IPAddress) -> Bool {
        switch AddressBlock.of(address) {
        case .loopback, .unspecified, .thisNetwork: true
        default: false
        }
    }
}
