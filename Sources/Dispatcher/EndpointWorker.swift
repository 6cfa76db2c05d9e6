import Deliveries
import Logging
import Store
import Synchronization
import Time

/// Delivers to one endpoint: carries out what its queue decides, and tells it what came of it.
struct EndpointWorker: Sendable {
    let endpoint: Endpoint
    let courier: Courier
    let store: any Store
    let time: any TimeSource
    let mailbox: Mailbox
    let reporter: Reporter
    /// Who hears of this endpoint's failing, and how they are woken.
    let subscriptions: @Sendable () -> Subscriptions
    let wakeAll: @Sendable () -> Void
    let onJudged: @Sendable ([DeliveryID]) -> Void
    /// By when an earlier process may have sent something.
    let ratesUsedUpAt: Timestamp?
    let jitter: @Sendable () -> Double

    /// Works until cancelled, or until it was asked to stop and nothing is in flight. Throws when the store fails.
    func run(from state: EndpointState) async throws {
        defer { mailbox.close() }
        try await withThrowingDiscardingTaskGroup { sends in
            let policy = EndpointQueue.Policy(endpoint)
            var queue = EndpointQueue(policy: policy, state: state, ratesUsedUpAt: ratesUsedUpAt)
            let outbox = Outbox(concurrency: policy.concurrency)
            sends.addTask { await outbox.send(by: courier, onEnd: mailbox.post) }
            while !Task.isCancelled {
                let mail = mailbox.take()
                let now = Moment(time)
                queue.receive(mail, judgedBy: courier, at: now, jitter: jitter)
                let work = queue.advance(at: now)
                if !work.entry.isEmpty { try await store.record(work.entry) }
                if work.recalls { mailbox.post(unsent: outbox.recall()) }
                if !work.requests.isEmpty { outbox.put(work.requests) }
                reporter.report(work)
                if !work.entry.outcomes.isEmpty { onJudged(work.entry.outcomes.map(\.delivery.id)) }
                try await followUp(work)
                mailbox.acknowledge()
                if let deadline = mail.stopBy, queue.inFlight == 0 || now.steady >= deadline { break }
                if let request = queue.claimRequest(at: now.steady) {
                    queue.take(try await store.claim(request), of: request)
                } else {
                    await mailbox.wait(until: mail.stopBy ?? queue.wakeTime(at: now.steady), time)
                }
            }
            sends.cancelAll()
        }
    }

    private func followUp(_ work: Work) async throws(StoreError) {
        // Told before it is stored: after a crash between the two it is told again rather than never.
        for transition in work.transitions {
            let event = try await store.announce(
                transition.change(of: endpoint.name), at: time.now, to: subscriptions())
            reporter.report(transition, as: event)
        }
        if !work.transitions.isEmpty { wakeAll() }
        if let state = work.state { try await store.save(state) }
        if let endpoint = work.expedited { _ = try await store.expedite(endpoint: endpoint, at: time.steady) }
    }
}

extension EndpointQueue {
    fileprivate mutating func receive(
        _ mail: Mailbox.Mail, judgedBy courier: Courier, at now: Moment, jitter: () -> Double
    ) {
        for carried in mail.ended {
            if let ended = courier.judged(carried) {
                finish(ended, at: now, jitter: jitter())
            } else {
                abandon(carried.open, at: now)
            }
        }
        for open in mail.unsent { withdraw(open, at: now) }
        for control in mail.controls {
            switch control {
            case .pause: pause()
            case .resume: resume(at: now)
            }
        }
        if mail.isWoken { wake() }
        if mail.stopBy != nil { stop() }
    }
}
