/// The response as it arrives, within its limits.
struct ResponseBuffer {
    /// All header lines together. A hundred times what is common, and little enough for thousands at once.
    static let headerLimit = 64 << 10

    /// The status of the final response; 0 until its status line has come.
    private(set) var status = 0
    private(set) var headers: [UInt8] = []
    private(set) var body: [UInt8] = []
    /// A limit was reached and the rest refused.
    private(set) var isTruncated = false
    private var bodyLimit = 0
    /// Takes the body of a success in place of this buffer.
    private var sink: (@Sendable (UnsafeRawBufferPointer) -> Void)?
    private var phase = Phase.statusLine

    private enum Phase {
        case statusLine
        case headers
        case body
    }

    init() {}

    init(bodyLimit: Int, sink: (@Sendable (UnsafeRawBufferPointer) -> Void)? = nil) {
        self.bodyLimit = bodyLimit
        self.sink = sink
    }

    /// Takes one line of the head, line feed included. False refuses the rest of the response.
    mutating func appendHeader(_ line: UnsafeRawBufferPointer) -> Bool {
        switch phase {
        case .statusLine:
            status = Self.status(of: line)
            phase = .headers
        case .headers where line.first == 0x0d || line.first == 0x0a:
            // An interim response (100, 103) is followed by another head.
            phase = status < 200 ? .statusLine : .body
            if status < 200 { self = ResponseBuffer(bodyLimit: bodyLimit, sink: sink) }
        case .headers:
            guard headers.count + line.count <= Self.headerLimit else {
                isTruncated = true
                return false
            }
            // Most heads fit; growing from nothing would move the first lines time and again.
            if headers.isEmpty { headers.reserveCapacity(480) }
            headers.append(contentsOf: line)
        case .body:
            // Trailers of a chunked body: nobody asked for them.
            break
        }
        return true
    }

    /// False refuses the rest of the response.
    mutating func appendBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        if let sink, (200..<300).contains(status) {
            sink(bytes)
            return true
        }
        let room = bodyLimit - body.count
        if bytes.count <= room {
            body.append(contentsOf: bytes)
            return true
        }
        body.append(contentsOf: bytes.prefix(room))
        isTruncated = true
        return false
    }

    /// `HTTP/1.1 200 OK`: the number after the first space.
    private static func status(of line: UnsafeRawBufferPointer) -> Int {
        guard let space = line.firstIndex(of: 0x20) else { return 0 }
        return line[(space + 1)...].prefix(3).reduce(0) { number, byte in
            (0x30...0x39).contains(byte) ? number * 10 + Int(byte - 0x30) : number
        }
    }
}
