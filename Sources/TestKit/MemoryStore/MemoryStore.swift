import Chats
import Deliveries
import Scheduling
import Store
import Time

/// A store without a disk: the plainest thing that keeps the promises of `Store`, for tests and simulations.
package actor MemoryStore: Store {
    struct StoredEventRow {
        var record: EventRecord
        var event: Event
    }

    struct PendingRow {
        var queuedAt: Timestamp
        var attempts: Int
        var failures: Int
    }

    struct FinishedRow {
        var lane: Lane
        var state: DeliveryState
        var finishedAt: Timestamp
        var queuedAt: Timestamp
        var attempts: Int
        var reason: String?
    }

    /// What sorts the rows of a lane: the event's number.
    typealias LaneRows = [Int64: PendingRow]

    struct EndpointRows {
        var state: EndpointState
        var pending: [Lane: LaneRows] = [:]
        /// One entry for each lane that has pending rows.
        var due: [Lane: Timestamp] = [:]
        var finished: [Int64: FinishedRow] = [:]
    }

    var chats: [String: (number: Int64, state: ChatState)] = [:]
    /// The sequence of the events about no chat.
    var announced = 0
    var events: [Int64: StoredEventRow] = [:]
    var lastEvent: Int64 = 0
    var endpoints: [Int64: EndpointRows] = [:]
    var numbers: [String: Int64] = [:]
    var lastEndpoint: Int64 = 0
    var attempts: [DeliveryID: [Attempt]] = [:]
    /// Tries that were recorded and have no outcome.
    var openAttempts: [DeliveryID: LedgerEntry.Start] = [:]
    var schedule = ScheduleMemory()
    var newestTimestamp: Timestamp?
    var newestClaim: Timestamp?
    private var failure: StoreError?

    package init() {}

    /// From here on every call throws, as after a full disk.
    package func breakDown(_ text: String = "disk full") {
        failure = .unavailable(text)
    }

    package func close() {
        failure = .closed
    }

    /// How many tries are recorded and have no outcome.
    package var openAttemptCount: Int { openAttempts.count }

    func check() throws(StoreError) {
        if let failure { throw failure }
    }

    func note(_ time: Timestamp) {
        newestTimestamp = max(newestTimestamp ?? time, time)
    }
}
