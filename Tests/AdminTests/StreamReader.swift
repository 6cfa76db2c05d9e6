import Glibc
import Synchronization

/// Reads server-sent events as a browser would.
final class StreamReader: Sendable {
    struct Ended: Error {}

    struct Message: Sendable {
        var kind = ""
        var id: String?
        var data = ""
        var comment: String?
    }

    let head: String
    private let wire: Wire
    private let body: Mutex<ChunkedBody>

    init(_ port: Int, target: String = "/api/v1/stream", headers: [String] = []) async throws {
        wire = try Wire(port: port)
        let ask = Ask(target: target, host: "localhost:PORT", headers: headers)
        try await wire.send(ask.text(port: port, isLast: false))
        var bytes: [UInt8] = []
        while true {
            let more = try await wire.receive()
            if more.isEmpty { throw Ended() }
            bytes += more
            // A head alone is small: it is searched from its beginning each time.
            let text = String(decoding: bytes, as: UTF8.self)
            let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            head = String(parts[0])
            body = Mutex(ChunkedBody(Array(bytes.dropFirst(parts[0].utf8.count + 4))))
            return
        }
    }

    /// The next message of that kind; others are passed over.
    @discardableResult
    func next(_ kind: String) async throws -> Message {
        while true {
            let message = try await next()
            if message.kind == kind { return message }
        }
    }

    func next() async throws -> Message {
        while true {
            if let text = body.withLock({ $0.nextBlock() }) { return Self.message(text) }
            let bytes = try await wire.receive()
            if bytes.isEmpty { throw Ended() }
            body.withLock { $0.append(bytes) }
        }
    }

    private static func message(_ text: String) -> Message {
        var message = Message()
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count == 2 ? String(parts[1].drop { $0 == " " }) : ""
            switch parts[0] {
            case "event": message.kind = value
            case "id": message.id = value
            case "data": message.data += value
            case "": message.comment = value
            default: break
            }
        }
        return message
    }
}

/// Takes the chunks of HTTP/1.1 apart, and then the blocks that empty lines end.
struct ChunkedBody: Sendable {
    private var raw: ArraySlice<UInt8>
    private var text: ArraySlice<UInt8> = []
    private var searched = 0

    init(_ bytes: [UInt8]) {
        raw = bytes[...]
        decode()
    }

    mutating func append(_ bytes: [UInt8]) {
        raw = ArraySlice(Array(raw) + bytes)
        decode()
    }

    mutating func nextBlock() -> String? {
        // JSON in its compact form has no line breaks: there are few to look at.
        let end: Int? = text.withUnsafeBytes { bytes in
            var from = searched
            while let base = bytes.baseAddress, from < bytes.count,
                let found = memchr(base + from, Int32(UInt8(ascii: "\n")), bytes.count - from)
            {
                let place = UnsafeRawPointer(found) - base
                if place + 1 < bytes.count, bytes[place + 1] == UInt8(ascii: "\n") { return place }
                from = place + 1
            }
            return nil
        }
        guard let end else {
            searched = max(text.count - 1, 0)
            return nil
        }
        let block = String(decoding: text.prefix(end), as: UTF8.self)
        text = text.dropFirst(end + 2)
        searched = 0
        return block
    }

    private mutating func decode() {
        while let line = raw.firstIndex(of: UInt8(ascii: "\r")) {
            let digits = String(decoding: raw[raw.startIndex..<line], as: UTF8.self)
            guard let length = Int(digits, radix: 16), raw.endIndex >= line + 2 + length + 2 else { return }
            text = text + raw[(line + 2)..<(line + 2 + length)]
            raw = raw[(line + 2 + length + 2)...]
            if length == 0 { return }
        }
    }
}
