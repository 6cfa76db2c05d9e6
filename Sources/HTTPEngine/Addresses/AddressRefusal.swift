/// An address that the policy does not let a request reach.
package struct AddressRefusal: Hashable, Sendable, CustomStringConvertible {
    package let address: IPAddress
    package let port: UInt16
    package let block: AddressBlock
    /// What lies in the block: the address, or the IPv4 address within it.
    package let cause: IPAddress

    /// What was found and what to change; goes after the name of the endpoint.
    package var description: String {
        let remedy = "add \"\(CIDR(cause))\" to network.allow"
        return switch block {
        case .plainHTTP:
            "plain http to \(address) is refused: use https, \(remedy), or set network.insecureHTTP"
        case .ownListener:
            "resolves to \(SocketAddress(address: address, port: port)) (\(block.rawValue)), which no request may reach"
        default:
            "resolves to \(address) (\(block.rawValue)): \(remedy)"
        }
    }
}
