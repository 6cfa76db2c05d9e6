import Glibc
import Synchronization
import Testing

/// Lets through as many as were let in, and holds up the thread of the next one: for a minute at most, lest a test that fails
/// hang.
final class Gate: Sendable {
    private let readEnd: Int32
    private let writeEnd: Int32
    private let arrived = Mutex(0)

    /// How many came so far.
    var arrivals: Int { arrived.withLock { $0 } }

    init() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        (readEnd, writeEnd) = (ends[0], ends[1])
    }

    func open(_ count: Int) {
        _ = write(writeEnd, [UInt8](repeating: 0, count: count), count)
    }

    func pass() {
        arrived.withLock { $0 += 1 }
        var entry = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
        guard poll(&entry, 1, 60_000) > 0 else { return }
        var byte: UInt8 = 0
        _ = read(readEnd, &byte, 1)
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }
}
