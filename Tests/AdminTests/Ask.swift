import JSON

/// One request to the server under test, written by hand where it matters.
struct Ask {
    var method = "GET"
    var target: String
    /// Nil: none is sent.
    var host: String?
    var headers: [String] = []
    var body: String?

    static func get(_ target: String, host: String? = "localhost:PORT", _ headers: String...) -> Ask {
        Ask(target: target, host: host, headers: headers)
    }

    static func post(_ target: String, _ body: String? = nil, _ headers: String...) -> Ask {
        Ask(
            method: "POST", target: target, host: "localhost:PORT",
            headers: headers + (body == nil ? [] : ["content-type: application/json"]), body: body)
    }

    /// `PORT` in the host stands for the server's.
    func send(to port: Int) async throws -> Reply {
        let wire = try Wire(port: port)
        try await wire.send(text(port: port))
        return Reply(try await wire.receiveAll())
    }

    func text(port: Int, isLast: Bool = true) -> String {
        var lines = ["\(method) \(target) HTTP/1.1"]
        if let host {
            lines.append(
                "host: " + host.split(separator: "PORT", omittingEmptySubsequences: false).joined(separator: "\(port)"))
        }
        lines += headers
        if isLast { lines.append("connection: close") }
        if let body { lines.append("content-length: \(body.utf8.count)") }
        return lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? "")
    }
}

/// What came back.
struct Reply {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    private var parts: (head: Substring, body: Substring) {
        var rest = text[...]
        while let end = rest.firstIndex(of: "\r\n") {
            let next = text.index(after: end)
            if text[next...].hasPrefix("\r\n") { return (text[..<end], text[text.index(after: next)...]) }
            rest = text[next...]
        }
        return (text[...], "")
    }

    /// Zero when nothing came.
    var status: Int {
        let words = parts.head.split(separator: " ", maxSplits: 2)
        return words.count > 1 ? Int(words[1]) ?? 0 : 0
    }

    var body: String { String(parts.body) }

    /// `name` in lower case.
    func header(_ name: String) -> String? {
        for line in parts.head.split(separator: "\r\n").dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2, parts[0].lowercased() == name { return String(parts[1].drop { $0 == " " }) }
        }
        return nil
    }

    var json: JSONValue { (try? JSONParser.parse(body)) ?? .null }

    /// Whether it is an error in the form that all errors have, of this status.
    func isProblem(_ status: Int) -> Bool {
        self.status == status && header("content-type") == "application/problem+json"
            && json["type"] == "about:blank" && json["status"]?.integerValue == Int64(status)
            && json["title"]?.stringValue != nil && json["detail"]?.stringValue?.isEmpty == false
    }
}
