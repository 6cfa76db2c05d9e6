/// What goes with every answer, whatever it is.
enum SecurityHeaders {
    /// Scripts and styles only from files of our own; no frames, forms, plug-ins, or addresses elsewhere.
    static let policy = """
        default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
        base-uri 'none'; form-action 'self'; frame-ancestors 'none'
        """

    /// An answer may say something else about its own caching.
    static let all: [String: String] = [
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "cache-control": "no-store",
    ]
}
