import Deliveries
import JSON
import Telemetry

extension ConfigurationNode {
    /// Those that make a request what it is, or that its reader trusts to be ours.
    private static let reservedHeaders: Set<String> = [
        "connection", "content-length", "expect", "host", "te", "trailer", "transfer-encoding",
        "upgrade", "webhook-id", "webhook-signature", "webhook-timestamp",
    ]

    /// The members of `headers`: names as RFC 9110 §5.1 has them, values that cannot begin another header.
    func headers() -> [Endpoint.Header] {
        guard let value else { return [] }
        guard let object = value.objectValue else {
            reportMismatch("an object of names and values")
            return []
        }
        var places: [String: JSONPosition] = [:]
        return object.keys.filter { !$0.hasPrefix("//") }.compactMap { name in
            let node = member(name)
            if let first = places[name.lowercased()] {
                node.reportKey("the header is given twice, first at \(first)")
            }
            places[name.lowercased()] = node.keyPosition
            return node.header(name)
        }
    }

    private func header(_ name: String) -> Endpoint.Header? {
        if !Self.isHeaderName(name) {
            reportKey("expected a header's name: letters, digits and -")
        } else if Self.reservedHeaders.contains(name.lowercased()) {
            reportKey("this header is set for every delivery and cannot be another")
        }
        guard let text = confidentialString() else { return nil }
        guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
            report("expected a value without line breaks and control characters")
            return nil
        }
        return Endpoint.Header(name: name, value: Secret(text))
    }

    static func isHeaderName(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || "!#$%&'*+-.^_`|~".utf8.contains(byte)
            }
    }
}
