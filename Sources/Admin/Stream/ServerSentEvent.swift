/// A message of an event stream (WHATWG HTML section 9.2).
enum ServerSentEvent {
    /// `data` holds no line break: it is JSON in its compact form.
    static func message(_ kind: String, id: Int64? = nil, data: [UInt8]) -> [UInt8] {
        var text = Array("event: \(kind)\n".utf8)
        if let id { text += Array("id: \(id)\n".utf8) }
        return text + Array("data: ".utf8) + data + [UInt8(ascii: "\n"), UInt8(ascii: "\n")]
    }

    /// What keeps proxies from closing a silent connection.
    static func comment(_ text: String) -> [UInt8] {
        Array(": \(text)\n\n".utf8)
    }
}
