import Telemetry

extension ConfigurationNode {
    /// The address of a receiver, a secret since many hold their key.
    func receiverURL() -> (url: Secret, parts: WebAddress)? {
        guard let text = confidentialString(), let parts = webAddress(text) else { return nil }
        guard !parts.hasUser else {
            report("expected a URL without user name and password; send them in headers.Authorization")
            return nil
        }
        return (Secret(text), parts)
    }

    /// The address that paths are appended to; no slash at its end.
    func baseURL() -> (url: String, parts: WebAddress)? {
        guard let text = string(), let parts = webAddress(text) else { return nil }
        guard !parts.hasUser, !parts.hasSuffix else {
            report("expected a URL without user name, query and fragment")
            return nil
        }
        return (String(text.reversed().drop { $0 == "/" }.reversed()), parts)
    }

    /// Takes a user name and a password; null is none.
    func proxyURL() -> Secret? {
        guard !isNull, let text = confidentialString() else { return nil }
        let schemes = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"]
        guard let parts = webAddress(text, schemes: schemes) else { return nil }
        // libcurl takes the path of `socks5://localhost/…` for that of a Unix socket.
        guard !parts.hasPath, !parts.hasSuffix else {
            report("expected a proxy's URL without path, query and fragment")
            return nil
        }
        return Secret(text)
    }

    func listenAddress() -> ListenAddress? {
        text("an address and a port such as \"127.0.0.1:8780\"", ListenAddress.init(text:))
    }

    private func webAddress(_ text: String, schemes: [String] = ["http", "https"]) -> WebAddress? {
        do {
            return try WebAddress(text, schemes: schemes)
        } catch {
            if text.isEmpty {
                report("expected \(error.expectation), found an empty string")
            } else {
                reportConfidentialMismatch(error.expectation)
            }
            return nil
        }
    }
}
