import Deliveries
import Store
import Time

/// What is to be sent to one endpoint, and when: a state machine without clock, store or network.
///
/// Whoever drives it hands in what happened (`wake`, `finish`, `take`, …), then asks in this order: `advance` for what to
/// record and send, `claimRequest` for what to fetch, `wakeTime` for how long to sleep.
///
/// ```
///              claim                 start                  verdict
/// on disk ───────────▶ in the window ─────▶ in flight ─────────────────▶ delivered or dead; the lane goes on
///     ▲                      │                  └── refused, throttled ─▶ filed under a later time ─┐
///     └── the gate closes ───┘◀──────────────────────────────────────────────────────────────────── ┘
/// ```
struct EndpointQueue: Sendable {
    /// How many may be in flight, how fast they may go, and how often they are tried.
    struct Policy: Sendable {
        var concurrency: Int
        var rate: Rate?
        var retry: RetryPolicy

        init(concurrency: Int = 16, rate: Rate? = nil, retry: RetryPolicy = RetryPolicy()) {
            self.concurrency = max(1, concurrency)
            self.rate = rate
            self.retry = retry
        }

        init(_ endpoint: Endpoint) {
            self.init(concurrency: endpoint.concurrency, rate: endpoint.rate, retry: endpoint.retry)
        }
    }

    let policy: Policy
    /// Breaker, pause and disabling; the counts in it are the store's.
    var state: EndpointState
    private var savedState: EndpointState
    var window: Window
    var throttle = Throttle()
    var probe: Lane?
    var work = Work()
    private(set) var inFlight = 0
    private(set) var isStopping = false
    private var limiter: RateLimiter?
    private var wakeUps = 0
    /// There may be something due in the store that is not in the window.
    private var needsClaim = true
    /// When something that is not in the window falls due, as far as known.
    private var nextDue: Timestamp?

    init(policy: Policy, state: EndpointState) {
        self.policy = policy
        self.state = state
        savedState = state
        window = Window(concurrency: policy.concurrency)
        limiter = policy.rate.map(RateLimiter.init)
    }

    /// Something was queued, for this endpoint perhaps.
    mutating func wake() {
        wakeUps += 1
        needsClaim = true
    }

    /// Nothing goes out from here on; what is in flight may finish.
    mutating func stop() {
        isStopping = true
    }

    func gate(at now: Timestamp) -> Gate {
        if isStopping || state.isPaused || state.disabledReason != nil { return .closed }
        if probe != nil { return .probing }
        let end = max(throttle.until ?? now, state.breaker.probeAt ?? now)
        if now < end { return .closedUntil(end) }
        return state.breaker.isOpen ? .probe : .open
    }

    // MARK: - What to do

    /// Starts what may start and hands over all that has gathered since the last time.
    mutating func advance(at now: Moment) -> Work {
        if let due = nextDue, due <= now.steady {
            nextDue = nil
            needsClaim = true
        }
        switch gate(at: now.steady) {
        case .open:
            while inFlight < policy.concurrency, start(at: now) != nil {}
        case .probe:
            if inFlight < policy.concurrency { probe = start(at: now) }
        case .probing, .closedUntil, .closed:
            window.releaseIdle()
            needsClaim = true
        }
        if !state.isAsGood(as: savedState) {
            savedState = state
            work.state = state
        }
        let work = self.work
        self.work = Work()
        return work
    }

    /// What to fetch now; nil for nothing. To be carried out after the work of `advance`, or it would fetch again what is done.
    func claimRequest(at now: Timestamp) -> ClaimRequest? {
        guard needsClaim else { return nil }
        let room =
            switch gate(at: now) {
            // A claim costs a query: not before a quarter of the window is free. The rest keeps all sends busy meanwhile.
            case .open: window.room * 4 >= window.capacity ? window.room : 0
            case .probe: window.hasReady ? 0 : 1
            case .probing, .closedUntil, .closed: 0
            }
        guard room > 0 else { return nil }
        return ClaimRequest(
            endpoint: state.number, now: now, lanes: room, perLane: state.breaker.isOpen ? 1 : Window.perLane,
            held: window.lanes)
    }

    /// Takes in what a claim returned.
    mutating func take(_ claim: Claim, of request: ClaimRequest) {
        for lane in claim.lanes {
            window.hold(lane, perLane: request.perLane, wakeUps: wakeUps)
        }
        needsClaim = claim.hasMore
        nextDue = claim.hasMore ? nil : claim.nextDue
    }

    /// When to `advance` again if nothing happens before; nil for no time at all.
    func wakeTime(at now: Timestamp) -> Timestamp? {
        switch gate(at: now) {
        case .closed, .probing: return nil
        case .closedUntil(let end): return end
        case .open, .probe: break
        }
        let permit = window.hasReady && inFlight < policy.concurrency ? limiter?.nextPermit(at: now) : nil
        return [nextDue, permit].compactMap { $0 }.min()
    }

    // MARK: - One delivery

    /// Sends the next delivery on its way; those that are too old die before it. Nil when nothing may go.
    private mutating func start(at now: Moment) -> Lane? {
        while let (lane, delivery) = window.next {
            let age = now.steady - delivery.queuedAt
            if age >= policy.retry.maxAge {
                settle(delivery, attempt: nil, as: .dead(reason: "gave up at the age of \(age.shortText)"), at: now)
                if let released = window.dropNext() { lookAgain(after: released) }
                continue
            }
            if let limiter, limiter.nextPermit(at: now.steady) > now.steady { return nil }
            limiter?.take(at: now.steady)
            window.beginNext()
            inFlight += 1
            let open = OpenAttempt(delivery: delivery, number: delivery.attempts + 1, startedAt: now.wall)
            work.entry.starts.append(LedgerEntry.Start(delivery: delivery.key, number: open.number, at: open.startedAt))
            work.attempts.append(open)
            return lane
        }
        return nil
    }

    /// The try is no longer in flight, whatever came of it.
    mutating func land(_ lane: Lane) {
        inFlight -= 1
        if probe == lane { probe = nil }
    }

    /// Has an outcome recorded.
    mutating func settle(
        _ delivery: Delivery, attempt: Attempt?, as resolution: LedgerEntry.Resolution, at now: Moment
    ) {
        guard let held = window[delivery.key.lane] else { return }
        work.settledEvents.append(delivery.event.id)
        work.entry.outcomes.append(
            LedgerEntry.Outcome(
                delivery: delivery.key, laneDue: held.due, attempt: attempt, resolution: resolution, at: now.wall))
    }

    /// A lane that has run empty may have been added to since it was claimed, unseen because it was held.
    mutating func lookAgain(after released: HeldLane) {
        if released.mayHaveMore || released.wakeUps != wakeUps { needsClaim = true }
    }

    /// A lane that was filed under a later time comes back then.
    mutating func expect(at due: Timestamp) {
        nextDue = min(nextDue ?? due, due)
    }
}

extension EndpointState {
    /// Whether a restart from the other would do as well. A count of failures alone is not worth a write.
    fileprivate func isAsGood(as other: EndpointState) -> Bool {
        isPaused == other.isPaused && disabledReason == other.disabledReason
            && breaker.failingSince == other.breaker.failingSince && breaker.probeAt == other.breaker.probeAt
    }
}
