import Hummingbird

/// Writes a stream to its connection, under watch.
struct ConnectionWriter: StreamWriter {
    private var base: any ResponseBodyWriter
    private let answering: ReaderWatch.Answering

    init(_ base: any ResponseBodyWriter, _ answering: ReaderWatch.Answering) {
        self.base = base
        self.answering = answering
    }

    @concurrent mutating func write(_ bytes: [UInt8]) async throws {
        answering.begin()
        defer { answering.end() }
        try await base.write(ByteBuffer(bytes: bytes))
    }
}
