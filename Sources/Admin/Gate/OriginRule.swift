/// Keeps out requests that pages of other sites let a browser make. Programs send none of these headers.
struct OriginRule: Sendable {
    private let hosts: HostRule

    init(hosts: HostRule) {
        self.hosts = hosts
    }

    func check(_ head: RequestHead) throws(Problem) {
        if head.headers["sec-fetch-site"]?.lowercased() == "cross-site" {
            throw Problem(403, "requests from pages of other sites are not accepted")
        }
        if let origin = head.headers["origin"], !isOwn(origin, of: head) {
            throw Problem(403, "requests from the origin \"\(origin)\" are not accepted")
        }
        // A browser does not keep WebSockets to the same origin, and nothing here speaks it.
        if head.headers["upgrade"]?.lowercased().contains("websocket") ?? false {
            throw Problem(400, "WebSocket connections are not accepted")
        }
    }

    /// `null` is what a browser says for sandboxed frames, local files and data URLs: anybody.
    private func isOwn(_ origin: String, of head: RequestHead) -> Bool {
        let defaultPorts = ["http": 80, "https": 443]
        guard let separator = origin.firstIndex(of: ":"), let defaultPort = defaultPorts[String(origin[..<separator])],
            origin[separator...].hasPrefix("://"), let authority = Authority(origin[separator...].dropFirst(3))
        else { return false }
        if hosts.isFurther(authority) { return true }
        guard let host = head.authority.flatMap({ Authority($0) }), host.host == authority.host else { return false }
        return (host.port ?? defaultPort) == (authority.port ?? defaultPort)
    }
}
