package import HTTPEngine
package import Telemetry

/// What outgoing requests may reach, and by which way.
package struct NetworkSettings: Sendable {
    /// Besides public addresses.
    package var allow: [CIDR]
    /// Whether plain http may leave the addresses in `allow`.
    package var insecureHTTP: Bool
    package var proxy: Secret?
    /// PEM certificates to trust instead of the system's.
    package var caFile: String?

    /// Whether a request by plain http can succeed anywhere.
    var opensPlainHTTP: Bool { insecureHTTP || !allow.isEmpty }

    var usesSOCKS: Bool { proxy?.reveal().lowercased().hasPrefix("socks") ?? false }
}

extension NetworkSettings {
    init(_ node: ConfigurationNode) {
        let object = ConfigurationObject(node, NetworkKey.self)
        let allow = object[.allow].elements?.compactMap { element in
            element.text("an address range such as \"10.0.0.0/8\", no bit set behind its prefix", CIDR.init(_:))
        }
        self.init(
            allow: allow ?? [], insecureHTTP: object[.insecureHTTP].bool() ?? false, proxy: object[.proxy].proxyURL(),
            caFile: Self.caFile(object[.caFile]))
    }

    private static func caFile(_ node: ConfigurationNode) -> String? {
        guard !node.isNull, let path = node.filePath() else { return nil }
        do {
            _ = try FileContents.read(path)
            return path
        } catch {
            node.report("\(path) cannot be read: \(error.reason)")
            return nil
        }
    }
}
