/// The query part of a URL.
enum Query {
    /// `?a=1&b=2`, each value percent-encoded but for RFC 3986's unreserved characters.
    static func text(_ items: KeyValuePairs<String, String>) -> String {
        "?" + items.map { "\($0.key)=\(encoded($0.value))" }.joined(separator: "&")
    }

    private static func encoded(_ value: String) -> String {
        let digits = Array("0123456789ABCDEF")
        var result = ""
        for byte in value.utf8 {
            let character = Unicode.Scalar(byte)
            switch character {
            case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_", "~":
                result.unicodeScalars.append(character)
            default:
                result += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
        return result
    }
}
