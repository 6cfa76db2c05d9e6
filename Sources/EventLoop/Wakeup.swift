import CLinux
import Glibc

/// An eventfd: what one thread sleeps on until another signals it.
struct Wakeup: ~Copyable, Sendable {
    enum Mode {
        /// The sleeper reads the descriptor and blocks in that.
        case blocking
        /// The sleeper waits in epoll, edge-triggered, and never reads: the counter may grow for ever.
        case polled
    }

    let descriptor: Int32

    init(_ mode: Mode) throws(SystemError) {
        let flags = Int32(EFD_CLOEXEC) | (mode == .polled ? Int32(EFD_NONBLOCK) : 0)
        descriptor = eventfd(0, flags)
        guard descriptor >= 0 else { throw SystemError("eventfd") }
    }

    deinit {
        close(descriptor)
    }

    func signal() {
        var one: UInt64 = 1
        _ = write(descriptor, &one, MemoryLayout<UInt64>.size)
    }

    /// Returns after a signal, and now and then without one.
    func wait() {
        var count: UInt64 = 0
        _ = read(descriptor, &count, MemoryLayout<UInt64>.size)
    }
}
