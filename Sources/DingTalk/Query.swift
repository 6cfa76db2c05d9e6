import HTTPEngine

/// The query part of a URL.
enum Query {
    /// `?a=1&b=2`, each value percent-encoded.
    static func text(_ items: KeyValuePairs<String, String>) -> String {
        "?" + items.map { "\($0.key)=\(PercentEncoding.component($0.value))" }.joined(separator: "&")
    }
}
