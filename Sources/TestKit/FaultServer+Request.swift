/// A request as it arrived.
package struct FaultRequest: Sendable {
    /// The request line and the headers.
    package let head: String
    package let body: [UInt8]
    /// Among all requests of the server, from 0.
    package let number: Int
    /// The number of its connection, from 0.
    package let connection: Int
    /// Among the requests of its connection, from 0.
    package let numberOnConnection: Int

    package var method: String {
        word(0)
    }

    /// The path with the query, as it was sent.
    package var target: String {
        word(1)
    }

    package func header(_ name: String) -> String? {
        Self.value(of: name, in: head)
    }

    private func word(_ index: Int) -> String {
        let words = head.prefix { !$0.isNewline }.split(separator: " ")
        return words.indices.contains(index) ? String(words[index]) : ""
    }

    static func value(of name: String, in head: String) -> String? {
        let wanted = name.lowercased()
        for line in head.split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0].lowercased() == wanted else { continue }
            return String(parts[1].drop { $0 == " " })
        }
        return nil
    }
}
