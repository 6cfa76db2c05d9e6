import CCurl

/// A URL taken apart by libcurl itself: where a check and the sender parse differently, the check can be talked around.
struct WebAddress {
    /// What is wrong, in words that do not repeat the URL.
    struct Flaw: Error {
        let expectation: String
    }

    let scheme: String
    let host: String
    let hasUser: Bool
    /// More than a slash.
    let hasPath: Bool
    /// A query or a fragment.
    let hasSuffix: Bool

    init(_ text: String, schemes: [String] = ["http", "https"]) throws(Flaw) {
        let expectation = "a URL that begins with " + schemes.map { "\($0)://" }.joined(separator: " or ")
        guard !text.unicodeScalars.contains(where: { $0.value <= 0x20 || $0.value == 0x7F || $0 == "\\" }) else {
            throw Flaw(expectation: "a URL without spaces, backslashes and control characters")
        }
        guard let scheme = schemes.first(where: { text.lowercased().hasPrefix($0 + "://") }) else {
            throw Flaw(expectation: expectation)
        }
        // libcurl forgives a third slash and takes what follows for the host.
        guard !text.dropFirst(scheme.count + "://".count).hasPrefix("/"), let url = curl_url() else {
            throw Flaw(expectation: "a URL with a host")
        }
        defer { curl_url_cleanup(url) }
        let code = curl_url_set(url, CURLUPART_URL, text, UInt32(CURLU_NON_SUPPORT_SCHEME))
        guard code == CURLUE_OK, let host = Self.part(CURLUPART_HOST, of: url), !host.isEmpty else {
            throw Flaw(
                expectation: code == CURLUE_BAD_PORT_NUMBER ? "a URL with a port below 65536" : "a URL with a host")
        }
        self.scheme = scheme
        self.host = host.lowercased()
        hasUser = Self.part(CURLUPART_USER, of: url) != nil || Self.part(CURLUPART_PASSWORD, of: url) != nil
        hasPath = Self.part(CURLUPART_PATH, of: url).map { $0 != "/" } ?? false
        hasSuffix = Self.part(CURLUPART_QUERY, of: url) != nil || Self.part(CURLUPART_FRAGMENT, of: url) != nil
    }

    private static func part(_ part: CURLUPart, of url: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(url, part, &text, 0) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
