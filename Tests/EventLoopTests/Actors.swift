import EventLoop
import Glibc

/// Counts, and tells which thread it ran on.
actor Counter {
    private let executor: any SerialExecutor
    private(set) var value = 0

    nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    init(executor: any SerialExecutor) {
        self.executor = executor
    }

    func increment() -> UInt {
        value += 1
        return pthread_self()
    }

    var threadName: Substring {
        var name = [UInt8](repeating: 0, count: 64)
        let file = open("/proc/thread-self/comm", O_RDONLY)
        defer { close(file) }
        let count = read(file, &name, name.count)
        return String(decoding: name.prefix(max(0, count)), as: UTF8.self).prefix { !$0.isNewline }
    }

    func block(on pipe: Pipe) {
        pipe.readByte()
    }
}

actor Caller {
    private let executor: any SerialExecutor
    private let counter: Counter

    nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    init(executor: any SerialExecutor, counter: Counter) {
        self.executor = executor
        self.counter = counter
    }

    func call() async -> (before: UInt, inside: UInt, after: UInt) {
        let before = pthread_self()
        let inside = await counter.increment()
        return (before, inside, pthread_self())
    }
}
