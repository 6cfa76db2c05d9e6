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
    let policy: Policy
    /// Breaker, pause and disabling; the counts in it are the store's.
    var state: EndpointState
    private var savedState: EndpointState
    var window: Window
    var throttle = Throttle()
    var probe: Lane?
    var work = Work()
    /// Requests that are recorded and have not ended: on the wire, or about to go.
    private(set) var inFlight = 0
    private(set) var isStopping = false
    var limiter: RateLimiter
    /// More waits than the receiver takes: what waits goes merged until nothing is left waiting. Only with a merger.
    var isOverflowing = false
    /// Deliveries that were in a rejected digest and go by themselves from now on.
    var loners = Loners()
    private var wakeUps = 0
    /// There may be something due in the store that is not in the window.
    private var needsClaim = true
    /// When something that is not in the window falls due, as far as known.
    private var nextDue: Timestamp?

    /// - `ratesUsedUpAt`: by when an earlier process may have sent something; nil when there was none.
    init(policy: Policy, state: EndpointState, ratesUsedUpAt: Timestamp? = nil) {
        self.policy = policy
        self.state = state
        savedState = state
        window = Window(concurrency: policy.mostOpen, digestLimit: policy.merger?.digestLimit ?? 0)
        limiter = RateLimiter(policy.rates, usedUpAt: ratesUsedUpAt)
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
        var end = max(throttle.until ?? now, state.breaker.probeAt ?? now)
        if isOverflowing {
            // Closed like an endpoint that asked for a pause: what comes meanwhile is to be in the message, so the lanes are
            // claimed anew when the permit is there.
            guard let permit = limiter.nextPermit(at: now) else { return .closed }
            end = max(end, permit)
        }
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
        case .open where isGathering(at: now.steady):
            break
        case .open:
            while inFlight < policy.mostOpen, start(at: now) {}
            if isOverflowing, !needsClaim, !window.hasMoreToSend { isOverflowing = false }
        case .probe:
            recall()
            if inFlight < policy.concurrency { startProbe(at: now) }
        case .probing:
            // Before the probe all else was taken back: what has not left yet is the probe itself.
            letGo()
        case .closedUntil, .closed:
            recall()
            letGo()
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
        switch gate(at: now) {
        case .open where isOverflowing:
            guard let limit = policy.merger?.digestLimit else { return nil }
            return claimRequest(at: now, lanes: min(window.room, max(Window.claimSize / limit, 1)), perLane: limit)
        case .open:
            // A claim costs a query: not before a quarter of the window is free. The rest keeps all sends busy meanwhile.
            guard window.room * 4 >= window.capacity else { return nil }
            return claimRequest(at: now, lanes: window.room, perLane: Window.perLane)
        case .probe:
            return window.hasReady ? nil : claimRequest(at: now, lanes: 1, perLane: 1)
        case .probing, .closedUntil, .closed:
            return nil
        }
    }

    private func claimRequest(at now: Timestamp, lanes: Int, perLane: Int) -> ClaimRequest? {
        guard lanes > 0 else { return nil }
        return ClaimRequest(
            endpoint: state.number, now: now, lanes: lanes, perLane: perLane, held: window.lanes)
    }

    /// A message is about to be merged, and there may be more for it in the store.
    private func isGathering(at now: Timestamp) -> Bool {
        guard isOverflowing, let limit = policy.merger?.digestLimit, window.waitingCount < limit else { return false }
        return claimRequest(at: now) != nil
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
        let permit = window.hasReady && inFlight < policy.mostOpen ? limiter.nextPermit(at: now) : nil
        return [nextDue, permit].compactMap { $0 }.min()
    }

    // MARK: - What it is made of

    /// A request is on its way.
    mutating func begin(_ request: OpenRequest, at now: Moment) {
        limiter.take(at: now.steady)
        inFlight += 1
        for open in request.tries {
            work.entry.starts.append(
                LedgerEntry.Start(delivery: open.delivery.key, number: open.number, at: open.startedAt))
        }
        work.requests.append(request)
    }

    /// A request is no longer in flight, whatever came of it.
    mutating func land(at now: Moment) {
        inFlight -= 1
        limiter.release(at: now.steady)
    }

    /// Has what is recorded and yet unsent given back.
    private mutating func recall() {
        work.recalls = policy.ahead > 0 && inFlight > 0
    }

    /// Holds only what is in flight; the rest is to be claimed again when it may go.
    mutating func letGo() {
        window.releaseIdle()
        needsClaim = true
    }

    /// Has an outcome recorded.
    mutating func settle(
        _ delivery: Delivery, attempt: Attempt?, as resolution: LedgerEntry.Resolution, at now: Moment
    ) {
        guard let held = window[delivery.key.lane] else { return }
        switch resolution {
        case .delivered, .dead: loners.remove(delivery)
        case .retry: break
        }
        work.settled.append(Settled(event: delivery.event.id, queuedAt: delivery.queuedAt))
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
