/// The faults in force, oldest first. A call meets the first one that matches it, and no other.
struct FaultPlan: Sendable {
    private(set) var faults: [Fault] = []
    private var lastNumber = 0

    /// Returns the fault with its number.
    mutating func add(_ fault: Fault) -> Fault {
        lastNumber += 1
        var fault = fault
        fault.number = lastNumber
        faults.append(fault)
        return fault
    }

    mutating func removeAll() {
        faults.removeAll()
    }

    /// The fault that this call meets, counted as used.
    mutating func take(for route: Route, chat: String?) -> Fault? {
        guard let index = faults.firstIndex(where: { $0.matches(route, chat: chat) }) else { return nil }
        let fault = faults[index]
        if let remaining = fault.remaining {
            faults[index].remaining = remaining - 1
            if remaining <= 1 { faults.remove(at: index) }
        }
        return fault
    }
}
