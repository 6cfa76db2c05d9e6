/// A host and perhaps a port, as `Host` and `Origin` give them.
package struct Authority: Sendable, Hashable, CustomStringConvertible {
    /// In lower case; an IPv6 address in its brackets.
    package var host: String
    /// Nil for any, or for the usual one.
    package var port: Int?

    package init(host: String, port: Int? = nil) {
        self.host = host
        self.port = port
    }

    /// `ops.example.com` or `ops.example.com:8443`; nil for what is none.
    package init?(_ text: some StringProtocol) {
        let isBracketed = text.hasPrefix("[")
        let end = isBracketed ? text.firstIndex(of: "]").map(text.index(after:)) : text.firstIndex(of: ":")
        if isBracketed, end == nil { return nil }
        let host = text[..<(end ?? text.endIndex)]
        let rest = text[(end ?? text.endIndex)...]
        guard !host.isEmpty, !host.contains(where: { "/\\@?#, ".contains($0) || !$0.isASCII }) else { return nil }
        self.host = host.lowercased()
        guard !rest.isEmpty else { return }
        guard rest.hasPrefix(":"), rest.dropFirst().allSatisfy(\.isNumber), let port = UInt16(rest.dropFirst()) else {
            return nil
        }
        self.port = Int(port)
    }

    package var description: String { port.map { "\(host):\($0)" } ?? host }
}
