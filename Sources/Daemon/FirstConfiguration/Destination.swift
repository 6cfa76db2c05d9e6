package import Deliveries
import HTTPEngine

/// Where events are to go, as somebody typed it, and what follows from that.
package struct Destination: Sendable, Equatable {
    package struct Flaw: Error, Sendable, Equatable, CustomStringConvertible {
        package let description: String
    }

    /// As it was typed, references in it.
    package let url: String
    package let format: FormatName
    /// What `network.allow` must hold for it to be reached.
    package let allow: [String]

    /// Throws what would keep the daemon from ever reaching it.
    package init(url: String, source: ConfigurationSource) throws(Flaw) {
        let address = try Self.address(url, source)
        guard !address.hasUser else { throw Flaw(description: "expected a URL without user name and password") }
        self.url = url
        format = FormatName(takenBy: address.host)
        allow = try Self.exceptions(for: address)
    }

    private static func address(_ url: String, _ source: ConfigurationSource) throws(Flaw) -> WebAddress {
        let text: String
        do {
            text = try Interpolation(source: source).expand(url)
        } catch {
            throw Flaw(description: error.message)
        }
        do {
            return try WebAddress(text)
        } catch {
            throw Flaw(description: "expected \(error.expectation)")
        }
    }

    /// An address in this machine or its network is named by whoever wants to reach it; no other is opened unasked.
    private static func exceptions(for address: WebAddress) throws(Flaw) -> [String] {
        if address.host == "localhost" { return ["127.0.0.1/32", "::1/128"] }
        let isEncrypted = address.scheme == "https"
        guard let number = IPAddress(address.host.filter { !"[]".contains($0) }) else {
            if isEncrypted { return [] }
            throw Flaw(
                description: "plain http is refused: use https, or an address in numbers that is in your own network")
        }
        switch AddressPolicy().judge(number, port: 443, isEncrypted: isEncrypted) {
        case .allowed: return []
        case .refused(let refusal) where [.loopback, .private].contains(refusal.block): return ["\(CIDR(number))"]
        case .refused(let refusal):
            let reason = refusal.block == .plainHTTP ? "plain http is refused: use https" : refusal.block.rawValue
            throw Flaw(description: "\(number) cannot be reached (\(reason))")
        }
    }
}
