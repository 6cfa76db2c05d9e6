import CCurl

/// The libcurl that is linked.
package enum CurlLibrary {
    /// Such as `7.88.1`.
    package static var version: String {
        text(curl_linked_version()?.pointee.version)
    }

    /// The library behind https, such as `OpenSSL/3.0.22`.
    package static var tlsVersion: String {
        text(curl_linked_version()?.pointee.ssl_version)
    }

    /// libcurl wants its global state made once, before the first handle and not concurrently; a static does both.
    static let isInitialized = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    private static func text(_ pointer: UnsafePointer<CChar>?) -> String {
        pointer.map { String(cString: $0) } ?? "unknown"
    }
}
