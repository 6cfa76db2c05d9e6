import Deliveries
import Synchronization
import Time

/// Where an endpoint's worker is told things, from any thread: everything that comes while it works is taken at once.
final class Mailbox: Sendable {
    struct Mail: Sendable {
        enum Control: Sendable {
            case pause, resume
        }

        var ended: [CarriedRequest] = []
        /// Taken back before they were sent.
        var unsent: [OpenRequest] = []
        var controls: [Control] = []
        var isWoken = false
        /// Set once the worker is to stop: by when what is in flight must have ended.
        var stopBy: Timestamp?

        fileprivate var isEmpty: Bool { ended.isEmpty && unsent.isEmpty && controls.isEmpty && !isWoken }
    }

    private struct State {
        var mail = Mail()
        var isClosed = false
        /// Who waits for a control to be carried out, in the order of the controls.
        var waiting: [CheckedContinuation<Bool, Never>] = []
        /// How many of them have had their control taken out.
        var taken = 0
    }

    private let state = Mutex(State())
    private let alarm = Alarm()

    func wake() {
        let isNews = state.withLock { state in
            defer { state.mail.isWoken = true }
            return !state.mail.isWoken
        }
        if isNews { alarm.ring() }
    }

    func post(_ ended: [CarriedRequest]) {
        state.withLock { $0.mail.ended += ended }
        alarm.ring()
    }

    func post(unsent: [OpenRequest]) {
        guard !unsent.isEmpty else { return }
        state.withLock { $0.mail.unsent += unsent }
        alarm.ring()
    }

    func stop(by deadline: Timestamp) {
        state.withLock { state in
            state.mail.stopBy = min(state.mail.stopBy ?? deadline, deadline)
            state.mail.isWoken = true
        }
        alarm.ring()
    }

    /// Returns once the control has been carried out and stored; false when the worker ended before.
    func request(_ control: Mail.Control) async -> Bool {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                guard !state.isClosed else { return false }
                state.mail.controls.append(control)
                state.waiting.append(continuation)
                return true
            }
            if isOpen { alarm.ring() } else { continuation.resume(returning: false) }
        }
    }

    // MARK: - The worker's side

    func take() -> Mail {
        state.withLock { state in
            let mail = state.mail
            state.mail = Mail()
            state.mail.stopBy = mail.stopBy
            state.taken += mail.controls.count
            return mail
        }
    }

    /// The controls that were taken out have been carried out.
    func acknowledge() {
        let done = state.withLock { state in
            let done = state.waiting.prefix(state.taken)
            state.waiting.removeFirst(state.taken)
            state.taken = 0
            return done
        }
        for continuation in done { continuation.resume(returning: true) }
    }

    /// Nobody will take mail any more.
    func close() {
        let left = state.withLock { state in
            state.isClosed = true
            return state.waiting.take()
        }
        for continuation in left { continuation.resume(returning: false) }
    }

    /// Returns when there is mail, at the deadline, or when the task is cancelled.
    func wait(until deadline: Timestamp?, _ time: any TimeSource) async {
        // Under load there is always mail: no timer need be set up then.
        guard state.withLock({ $0.mail.isEmpty }) else { return }
        await alarm.wait(until: deadline, time)
    }
}

extension Array {
    fileprivate mutating func take() -> [Element] {
        defer { self = [] }
        return self
    }
}
