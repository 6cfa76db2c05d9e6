import EventLoop
import Glibc

/// An event handler that hands its events to a test, one at a time.
actor Recorder: EventHandler {
    enum Event: Equatable {
        case readable(Int32)
        case deadline
    }

    private let loop: EventLoop
    private let source: EventLoop.Source
    private var events: [Event] = []
    private var waiter: CheckedContinuation<Event, Never>?

    nonisolated var unownedExecutor: UnownedSerialExecutor {
        loop.asUnownedSerialExecutor()
    }

    init(loop: EventLoop) {
        self.loop = loop
        source = loop.makeSource()
        source.attach(self)
    }

    func watch(_ descriptor: Int32) {
        source.watch(descriptor, for: .read, isNew: true)
    }

    func unwatch(_ descriptor: Int32) {
        source.unwatch(descriptor)
        events = []
    }

    func setDeadline(_ delay: Duration) {
        source.setDeadline(after: delay)
    }

    func finish() {
        source.detach()
    }

    func nextEvent() async -> Event {
        if !events.isEmpty { return events.removeFirst() }
        return await withCheckedContinuation { waiter = $0 }
    }

    /// Makes a job of every turn of this loop and counts them until an event comes in between.
    func spinUntilEvent(limit: Int) async -> Int {
        var turns = 0
        while events.isEmpty, turns < limit {
            turns += 1
            await Task.yield()
        }
        return turns
    }

    nonisolated func descriptor(_ descriptor: Int32, isReadyFor readiness: Readiness) {
        assumeIsolated { $0.record(.readable(descriptor)) }
    }

    nonisolated func deadlinePassed() {
        assumeIsolated { $0.record(.deadline) }
    }

    nonisolated func turnEnded() {}

    private func record(_ event: Event) {
        if let waiter {
            self.waiter = nil
            waiter.resume(returning: event)
        } else if events.last != event {
            events.append(event)
        }
    }
}
