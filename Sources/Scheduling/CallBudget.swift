package import Time

/// The calls that the platform grants a month, and how many of them may go when.
///
/// The month's rest is spread over the rest of the month. A reserve for hints and manual polls is withheld from the
/// ordinary turns; it shrinks evenly to nothing towards the month's end, so that no call is left unspent.
package struct CallBudget: Sendable, Equatable {
    /// Of a month's calls, what is withheld at its beginning.
    package static let reserveShare = 0.03
    /// Hints and manual polls get at most this share of the calls in the long run, lest a storm of them spend the
    /// month.
    static let hintShare = 0.5

    /// Nil: nobody counts.
    package let callsPerMonth: Int?
    package private(set) var month: CallMonth
    /// Counted calls of this month.
    package private(set) var used: Int
    /// The platform said that none are left.
    package private(set) var isRefused = false
    private var hintCredit: Double
    private var hintCreditAt: Timestamp

    /// `spending`: what was counted before a restart; only what belongs to `now`'s month counts.
    package init(callsPerMonth: Int?, _ spending: ScheduleMemory.Spending? = nil, at now: Timestamp) {
        self.callsPerMonth = callsPerMonth
        let month = CallMonth(containing: now)
        self.month = month
        let current = spending.flatMap { $0.monthStart == month.start ? $0 : nil }
        used = max(0, current?.calls ?? 0)
        isRefused = current?.isRefused ?? false
        hintCredit = Double(callsPerMonth ?? 0) * Self.reserveShare
        hintCreditAt = now
    }

    /// What is to be kept over a restart.
    package var spending: ScheduleMemory.Spending {
        ScheduleMemory.Spending(monthStart: month.start, calls: used, isRefused: isRefused)
    }

    /// Nil when nobody counts.
    package var left: Int? {
        if isRefused { return 0 }
        return callsPerMonth.map { max(0, $0 - used) }
    }

    /// By our own count, whatever the platform said.
    package var isSpent: Bool { callsPerMonth.map { used >= $0 } ?? false }

    /// What ordinary turns may spend of the month's rest; nil when nobody counts.
    package func spendable(at now: Timestamp) -> Int? {
        guard let left, let callsPerMonth else { return left }
        let reserve = Double(callsPerMonth) * Self.reserveShare * remainingShare(at: now)
        return max(0, left - Int(reserve))
    }

    private func remainingShare(at now: Timestamp) -> Double {
        min(1, max(0, (month.end - now).inSeconds / (month.end - month.start).inSeconds))
    }

    /// Begins a new month when one has begun.
    package mutating func advance(to now: Timestamp) {
        guard now >= month.end else { return }
        month = CallMonth(containing: now)
        used = 0
        isRefused = false
    }

    package mutating func spend() {
        used += 1
    }

    /// The platform counted as many calls more, or fewer, than were spent here.
    package mutating func correct(by calls: Int) {
        used = max(0, used + calls)
    }

    /// The platform grants no more this month.
    package mutating func refuse() {
        isRefused = true
    }

    /// Takes it that the platform may grant more after all, until it refuses again.
    package mutating func askAgain() {
        isRefused = false
    }

    /// Whether a hint may go out before its chat's turn.
    package mutating func takeHint(at now: Timestamp) -> Bool {
        guard let callsPerMonth else { return !isRefused }
        guard left ?? 0 > 0 else { return false }
        let perSecond = Double(callsPerMonth) * Self.hintShare / (month.end - month.start).inSeconds
        let ceiling = max(1, Double(callsPerMonth) * Self.reserveShare)
        hintCredit = min(ceiling, hintCredit + perSecond * max(0, (now - hintCreditAt).inSeconds))
        hintCreditAt = now
        guard hintCredit >= 1 else { return false }
        hintCredit -= 1
        return true
    }
}
