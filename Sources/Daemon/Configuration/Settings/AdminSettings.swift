package import Admin
import JSON
package import Telemetry

/// How the admin API and the dashboard are served.
package struct AdminSettings: Sendable {
    package var listen: ListenAddress
    /// Nil only on a loopback address.
    package var token: Secret?
    /// The path that a reverse proxy serves it under; begins and ends with a slash.
    package var basePath: String
    /// Besides its own names and those of the loopback address.
    package var hosts: [Authority]
}

extension AdminSettings {
    /// Nil when it is switched off by null. Left out, it is served on the loopback address.
    init?(_ node: ConfigurationNode) {
        guard !node.isNull else { return nil }
        let object = ConfigurationObject(node, AdminKey.self)
        let listen = object[.listen].listenAddress()
        let token = object[.token].optionalSecret()
        if let token, !token.reveal().utf8.allSatisfy({ (0x21...0x7E).contains($0) }) {
            object[.token].report("expected printable ASCII without spaces, for it is sent in a header")
        }
        if let listen, !listen.isLoopback, token == nil {
            object[.listen].report("\(listen) is no loopback address, so admin.token is required")
        }
        let basePath = object[.basePath].text("a path such as \"/belfry/\"", Self.basePath)
        let hosts = object[.hosts].elements?.compactMap { element in
            element.text("a host such as \"belfry.example.com\", with or without a port") { Authority($0) }
        }
        self.init(
            listen: listen ?? ListenAddress(host: "127.0.0.1", port: 8780), token: token, basePath: basePath ?? "/",
            hosts: hosts ?? [])
    }

    private static func basePath(_ text: String) -> String? {
        let isPlain = text.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"?#%\"<>\\".utf8.contains($0) }
        guard text.hasPrefix("/"), !text.contains("//"), isPlain else { return nil }
        return text.hasSuffix("/") ? text : text + "/"
    }
}
