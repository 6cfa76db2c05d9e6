/// A host and perhaps a port, as `Host` and `Origin` give them.
struct Authority: Sendable, Hashable {
    /// In lower case; an IPv6 address in its brackets.
    var host: String
    var port: Int?

    init(host: String, port: Int? = nil) {
        self.host = host
        self.port = port
    }

    init?(_ text: some StringProtocol) {
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
}
