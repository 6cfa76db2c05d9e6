/// The handlers of a loop and the deadline of each. Instants are nanoseconds of the monotonic clock.
struct EventSourceTable {
    private(set) var handlers: [(any EventHandler)?] = []
    private var deadlines: [UInt64] = []

    /// A place for a handler. Places are not reused: a loop has few handlers, and they live as long as it does.
    mutating func reserve() -> Int {
        handlers.append(nil)
        deadlines.append(.max)
        return handlers.count - 1
    }

    mutating func setHandler(_ handler: (any EventHandler)?, at source: Int) {
        handlers[source] = handler
        if handler == nil {
            deadlines[source] = .max
        }
    }

    mutating func setDeadline(_ deadline: UInt64?, at source: Int) {
        deadlines[source] = deadline ?? .max
    }

    var earliestDeadline: UInt64? {
        guard let earliest = deadlines.min(), earliest != .max else { return nil }
        return earliest
    }

    /// Clears one deadline that has passed and names its source.
    mutating func takeDue(at now: UInt64) -> Int? {
        guard let source = deadlines.firstIndex(where: { $0 <= now }) else { return nil }
        deadlines[source] = .max
        return source
    }
}
