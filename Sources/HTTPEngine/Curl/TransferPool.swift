/// The transfers of an engine, busy and idle. A slot's number stays with its transfer.
struct TransferPool {
    /// What is kept for reuse: a handle costs about 6 KiB and a hundred settings.
    private static let maximumIdle = 512

    private var slots: [Transfer?] = []
    private var idle: [Int] = []
    private var vacant: [Int] = []

    /// How many transfers may be busy before another must be made.
    var capacity: Int {
        slots.count
    }

    var busyCount: Int {
        slots.count - idle.count - vacant.count
    }

    /// The busy transfers, in no order.
    var busy: [Transfer] {
        let idle = Set(idle)
        return slots.compactMap { $0 }.filter { !idle.contains($0.slot) }
    }

    subscript(slot: Int) -> Transfer? {
        slots[slot]
    }

    /// An idle transfer, or a new one in the slot that `make` is given.
    mutating func take(make: (Int) throws(HTTPError) -> Transfer) throws(HTTPError) -> Transfer {
        if let slot = idle.popLast(), let transfer = slots[slot] { return transfer }
        let slot = vacant.last ?? slots.count
        let transfer = try make(slot)
        if vacant.popLast() == nil {
            slots.append(transfer)
        } else {
            slots[slot] = transfer
        }
        return transfer
    }

    mutating func release(_ transfer: Transfer) {
        if idle.count < Self.maximumIdle {
            idle.append(transfer.slot)
        } else {
            slots[transfer.slot] = nil
            vacant.append(transfer.slot)
        }
    }

    /// Gives up all handles. None may be busy.
    mutating func removeAll() {
        self = TransferPool()
    }
}
