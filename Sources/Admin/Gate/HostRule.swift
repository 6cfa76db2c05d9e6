/// Which `Host` a request may name. A page that has its own name point at this machine (DNS rebinding) still names itself,
/// and is turned away.
struct HostRule: Sendable {
    /// Names that must come with the port on which the server listens.
    private let own: Set<String>
    private let others: Set<Authority>
    private let admitsAny: Bool

    /// - Parameters:
    ///   - host: where the server listens.
    ///   - others: further names: `ops.example.com` with any port, `ops.example.com:8443` with that one.
    ///   - admitsAny: for a server that others reach by whatever name a proxy gives it; a token guards it then.
    init(host: String, others: [Authority], admitsAny: Bool) {
        let literal = host.contains(":") ? "[\(host)]" : host
        own = ["localhost", "127.0.0.1", "[::1]", literal.lowercased()]
        self.others = Set(others)
        self.admitsAny = admitsAny
    }

    func check(_ head: RequestHead) throws(Problem) {
        if admitsAny { return }
        guard let text = head.authority, let authority = Authority(text) else {
            throw Problem(421, "a Host header is needed that names this server")
        }
        let isOwn = own.contains(authority.host) && (authority.port ?? 80) == head.port
        guard isOwn || isFurther(authority) else {
            throw Problem(421, "this server does not answer for the host \"\(text)\"")
        }
    }

    /// Whether it is one of the further names.
    func isFurther(_ authority: Authority) -> Bool {
        others.contains(authority) || others.contains(Authority(host: authority.host))
    }
}
