import Hummingbird

/// Writes a stream to its connection.
struct ConnectionWriter: StreamWriter {
    private var base: any ResponseBodyWriter
    private let deadline: WriteDeadline

    init(_ base: any ResponseBodyWriter, deadline: WriteDeadline) {
        self.base = base
        self.deadline = deadline
    }

    @concurrent mutating func write(_ bytes: [UInt8]) async throws {
        deadline.begin()
        defer { deadline.end() }
        try await base.write(ByteBuffer(bytes: bytes))
    }
}
