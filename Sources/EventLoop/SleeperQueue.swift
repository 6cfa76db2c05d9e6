/// Who sleeps until when: a state machine without a clock. Instants are nanoseconds of whatever clock the caller reads.
struct SleeperQueue<Sleeper> {
    struct Ticket: Hashable, Sendable {
        let deadline: UInt64
        fileprivate let number: UInt64

        fileprivate func comes(after other: Ticket) -> Bool {
            (deadline, number) > (other.deadline, other.number)
        }
    }

    /// The latest first, so that the next to wake is taken off the end.
    private var places: [Ticket] = []
    private var sleepers: [Ticket: Sleeper] = [:]
    private var tickets: UInt64 = 0

    /// When the next one wakes.
    var earliest: UInt64? { places.last?.deadline }

    mutating func ticket(until deadline: UInt64) -> Ticket {
        tickets += 1
        return Ticket(deadline: deadline, number: tickets)
    }

    mutating func insert(_ sleeper: Sleeper, _ ticket: Ticket) {
        places.insert(ticket, at: place(of: ticket))
        sleepers[ticket] = sleeper
    }

    /// Nil for one that has been woken, or has not begun to sleep.
    mutating func remove(_ ticket: Ticket) -> Sleeper? {
        guard let sleeper = sleepers.removeValue(forKey: ticket) else { return nil }
        places.remove(at: place(of: ticket))
        return sleeper
    }

    /// Takes out those whose time has come, the earliest first.
    mutating func takeDue(at now: UInt64) -> [Sleeper] {
        var due: [Sleeper] = []
        while let next = places.last, next.deadline <= now {
            places.removeLast()
            if let sleeper = sleepers.removeValue(forKey: next) { due.append(sleeper) }
        }
        return due
    }

    /// The first place whose ticket does not come after this one.
    private func place(of ticket: Ticket) -> Int {
        var (low, high) = (0, places.count)
        while low < high {
            let middle = (low + high) / 2
            if places[middle].comes(after: ticket) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
