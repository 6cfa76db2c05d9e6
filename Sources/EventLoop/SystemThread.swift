import CLinux
import Glibc
import Synchronization

/// A named POSIX thread. Its body runs at once; whoever made it joins it.
package final class SystemThread: Sendable {
    private let handle: Mutex<pthread_t?>

    /// Starts the thread. The kernel keeps the first 15 bytes of the name.
    package init(name: String, body: @escaping @Sendable () -> Void) throws(SystemError) {
        let start = Unmanaged.passRetained(ThreadStart(name: name, body: body))
        var thread = pthread_t()
        let code = Self.withSignalsBlocked {
            pthread_create(&thread, nil, { runThread($0) }, start.toOpaque())
        }
        guard code == 0 else {
            start.release()
            throw SystemError("pthread_create", code: code)
        }
        handle = Mutex(thread)
    }

    /// Waits until the body has returned. Later calls do nothing. Never call it on the thread itself.
    package func join() {
        let thread = handle.withLock { handle -> pthread_t? in
            defer { handle = nil }
            return handle
        }
        guard let thread else { return }
        precondition(pthread_equal(thread, pthread_self()) == 0, "a thread cannot wait for itself")
        pthread_join(thread, nil)
    }

    /// A new thread inherits the signal mask. Signals of the process (SIGTERM, SIGHUP …) belong to the threads that
    /// wait for them; those that a fault of this very thread raises stay, or a crash would print no backtrace.
    private static func withSignalsBlocked(_ body: () -> Int32) -> Int32 {
        var blocked = sigset_t()
        var previous = sigset_t()
        sigfillset(&blocked)
        for signal in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT] {
            sigdelset(&blocked, signal)
        }
        pthread_sigmask(SIG_SETMASK, &blocked, &previous)
        defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
        return body()
    }
}

private final class ThreadStart: Sendable {
    let name: String
    let body: @Sendable () -> Void

    init(name: String, body: @escaping @Sendable () -> Void) {
        self.name = String(decoding: name.utf8.prefix(15), as: UTF8.self)
        self.body = body
    }
}

private func runThread(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    let start = Unmanaged<ThreadStart>.fromOpaque(context).takeRetainedValue()
    _ = linux_set_thread_name(start.name)
    start.body()
    return nil
}
