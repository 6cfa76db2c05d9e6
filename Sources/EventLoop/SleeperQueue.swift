/// Who sleeps until when: a state machine without a clock. Instants are nanoseconds of whatever clock the caller reads.
struct SleeperQueue<Sleeper> {
    struct Ticket: Equatable, Sendable {
        let deadline: UInt64
        fileprivate let number: UInt64

        fileprivate func comes(after other: Ticket) -> Bool {
            (deadline, number) > (other.deadline, other.number)
        }
    }

    /// The latest first, so that the next to wake is taken off the end.
    private var sleepers: [(ticket: Ticket, sleeper: Sleeper)] = []
    private var tickets: UInt64 = 0

    /// When the next one wakes.
    var earliest: UInt64? { sleepers.last?.ticket.deadline }

    mutating func ticket(until deadline: UInt64) -> Ticket {
        tickets += 1
        return Ticket(deadline: deadline, number: tickets)
    }

    mutating func insert(_ sleeper: Sleeper, _ ticket: Ticket) {
        sleepers.insert((ticket, sleeper), at: place(of: ticket))
    }

    /// Nil for one that has been woken, or has not begun to sleep.
    mutating func remove(_ ticket: Ticket) -> Sleeper? {
        let place = place(of: ticket)
        guard place < sleepers.count, sleepers[place].ticket == ticket else { return nil }
        return sleepers.remove(at: place).sleeper
    }

    /// Takes out those whose time has come, the earliest first.
    mutating func takeDue(at now: UInt64) -> [Sleeper] {
        var due: [Sleeper] = []
        while let next = sleepers.last, next.ticket.deadline <= now {
            due.append(next.sleeper)
            sleepers.removeLast()
        }
        return due
    }

    /// The first place whose ticket does not come after this one.
    private func place(of ticket: Ticket) -> Int {
        var (low, high) = (0, sleepers.count)
        while low < high {
            let middle = (low + high) / 2
            if sleepers[middle].ticket.comes(after: ticket) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
