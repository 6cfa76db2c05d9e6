import CLinux
import Glibc

/// An epoll instance, with an eventfd in it that ends a wait from any thread.
struct Poller: ~Copyable, Sendable {
    struct Event {
        let source: Int
        let descriptor: Int32
        let readiness: Readiness
    }

    private let epoll: Int32
    private let wakeup: Wakeup

    init() throws(SystemError) {
        let wakeup = try Wakeup(.polled)
        let epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard epoll >= 0 else { throw SystemError("epoll_create1") }
        var event = epoll_event(
            events: EPOLLIN.rawValue | EPOLLET.rawValue, data: epoll_data_t(u64: Self.wakeupToken))
        guard epoll_ctl(epoll, EPOLL_CTL_ADD, wakeup.descriptor, &event) == 0 else {
            let error = SystemError("epoll_ctl")
            close(epoll)
            throw error
        }
        self.epoll = epoll
        self.wakeup = wakeup
    }

    deinit {
        close(epoll)
    }

    /// Ends the current wait, or the next one at once.
    func wake() {
        wakeup.signal()
    }

    /// Watches a descriptor level-triggered; `isNew` chooses which of the two system calls is tried first.
    func watch(_ descriptor: Int32, for readiness: Readiness, source: Int, isNew: Bool) {
        var event = epoll_event(
            events: Self.mask(readiness), data: epoll_data_t(u64: UInt64(source) << 32 | UInt64(UInt32(descriptor))))
        // A descriptor that was closed leaves epoll by itself, and its number may come back for another connection: the
        // caller's idea of what is new can be wrong in both directions.
        if isNew {
            if epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) != 0, errno == EEXIST {
                epoll_ctl(epoll, EPOLL_CTL_MOD, descriptor, &event)
            }
        } else if epoll_ctl(epoll, EPOLL_CTL_MOD, descriptor, &event) != 0, errno == ENOENT {
            epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event)
        }
    }

    func unwatch(_ descriptor: Int32) {
        epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, nil)
    }

    /// Waits for at most `milliseconds`, or without end if negative, and calls `body` for each descriptor that is
    /// ready.
    func wait(
        milliseconds: Int32, buffer: UnsafeMutableBufferPointer<epoll_event>, body: (Event) -> Void
    ) {
        let count = epoll_wait(epoll, buffer.baseAddress, Int32(buffer.count), milliseconds)
        guard count > 0 else { return }
        for event in buffer[..<Int(count)] where event.data.u64 != Self.wakeupToken {
            let token = event.data.u64
            body(
                Event(
                    source: Int(token >> 32), descriptor: Int32(truncatingIfNeeded: token),
                    readiness: Self.readiness(event.events)))
        }
    }

    private static let wakeupToken = UInt64.max

    private static func mask(_ readiness: Readiness) -> UInt32 {
        (readiness.contains(.read) ? EPOLLIN.rawValue : 0) | (readiness.contains(.write) ? EPOLLOUT.rawValue : 0)
    }

    private static func readiness(_ mask: UInt32) -> Readiness {
        var readiness: Readiness = []
        if mask & EPOLLIN.rawValue != 0 { readiness.insert(.read) }
        if mask & EPOLLOUT.rawValue != 0 { readiness.insert(.write) }
        if mask & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0 { readiness.insert(.error) }
        return readiness
    }
}
