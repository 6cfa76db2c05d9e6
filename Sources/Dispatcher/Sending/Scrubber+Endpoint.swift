import Deliveries
import HTTPEngine
import Telemetry

extension Scrubber {
    /// Knows the address and the headers of an endpoint, whole and in the parts in which servers quote them.
    init(_ endpoint: Endpoint) {
        let texts =
            Self.texts(of: endpoint.url.reveal()) + endpoint.headers.flatMap { Self.texts(ofValue: $0.value.reveal()) }
        self.init(texts.flatMap { Self.spellings($0) })
    }

    private static func texts(of url: String) -> [String] {
        guard let rest = url.split(separator: "://", maxSplits: 1).last,
            let start = rest.firstIndex(where: { $0 == "/" || $0 == "?" })
        else { return [url] }
        // Servers log and echo the request line, which has the address without scheme and host.
        let target = rest[start...]
        let path = target.prefix { $0 != "?" }
        let query = target.dropFirst(path.count + 1)
        let segments: [String] = path.split(separator: "/").filter(isToken).map { String($0) }
        let values: [String] = query.split(separator: "&").map { item in
            String(item.split(separator: "=", maxSplits: 1).last ?? item)
        }
        return [url, String(target)] + segments + values
    }

    /// The words of a path are no secrets: `services`, `robot`, `send`. What is has digits in it, or is long.
    private static func isToken(_ segment: Substring) -> Bool {
        segment.utf8.count >= 20 || segment.contains(where: \.isNumber)
    }

    /// `Bearer abc`: the word before the blank is no secret, what follows it is one by itself. Of `Basic` it is the password.
    private static func texts(ofValue value: String) -> [String] {
        let words: [String] = value.split(separator: " ").dropFirst().map { String($0) }
        let decoded: [String] = words.compactMap { word in
            Base64.decode(word).map { String(decoding: $0, as: UTF8.self) }
        }
        let passwords: [String] = decoded.compactMap { text in
            text.split(separator: ":", maxSplits: 1).last.map { String($0) }
        }
        return [value] + words + decoded + passwords
    }

    /// As it stands, as JSON may write it, and with what is encoded for addresses encoded or not.
    private static func spellings(_ text: String) -> [String] {
        let escaped = text.replacing("\"", with: "\\\"")
        return [
            text, escaped, escaped.replacing("/", with: "\\/"), PercentEncoding.component(text),
            PercentEncoding.decoded(text),
        ]
    }
}
