import EventLoop
import Glibc

/// A pipe that becomes readable once, for every thread that polls it.
final class StopSignal: Sendable {
    private let readEnd: Int32
    private let writeEnd: Int32

    init() throws(SystemError) {
        var ends: (Int32, Int32) = (0, 0)
        let code = withUnsafeMutableBytes(of: &ends) { bytes in
            bytes.withMemoryRebound(to: Int32.self) { pipe($0.baseAddress) }
        }
        guard code == 0 else { throw SystemError("pipe") }
        (readEnd, writeEnd) = ends
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    func raise() {
        var byte: UInt8 = 1
        _ = write(writeEnd, &byte, 1)
    }

    func isRaised(within duration: Duration) -> Bool {
        var entry = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, Self.milliseconds(duration)) > 0
    }

    /// Waits for a descriptor; false if the signal came first, or the time ran out.
    func wait(until descriptor: Int32, isReadyFor events: Int16, timeout: Duration?) -> Bool {
        var entries = [
            pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0), pollfd(fd: descriptor, events: events, revents: 0),
        ]
        let count = poll(&entries, 2, timeout.map(Self.milliseconds) ?? -1)
        return count > 0 && entries[0].revents == 0
    }

    private static func milliseconds(_ duration: Duration) -> Int32 {
        let (seconds, attoseconds) = duration.components
        return Int32(clamping: seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    }
}
