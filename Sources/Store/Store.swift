package import Chats
package import Deliveries
package import Scheduling
package import Time

/// Where watching and delivering meet: snapshots, events, and the queue of deliveries.
///
/// Every call that writes has happened when it returns, in the sense of `fsync`, and has happened as a whole. When it throws
/// `StoreError.unavailable`, its outcome is unknown: the caller stops, and what is true is read back after a restart.
/// Every write can be repeated: an advance by its chat's revision, a try by its number, an outcome by its delivery.
///
/// The protocol keeps a store on other machines possible: values in, values out, no callbacks, no types of one database.
package protocol Store: Sendable {
    // MARK: Watching

    /// What is stored of a chat; nil before its first advance.
    func chatState(_ id: String) async throws(StoreError) -> ChatState?

    /// Stores an advance, its events and their deliveries as one. Events get consecutive numbers.
    /// Throws `.stale` when the stored revision is not the one before the advance's, or its events do not go on where the
    /// stored sequence ends: somebody else advanced it.
    /// A delivery that enters an empty lane is due at once, whatever clock stamped its event.
    func commit(_ advance: Advance, to subscriptions: Subscriptions) async throws(StoreError)

    /// Stores an event about no chat; the store gives it the next sequence of their common row.
    func announce(_ change: Change, at time: Timestamp, to subscriptions: Subscriptions) async throws(StoreError)
        -> Event

    /// All that was saved of a schedule; empty parts for what never was, or cannot be read any more.
    func scheduleMemory() async throws(StoreError) -> ScheduleMemory

    /// Saves the parts that are there, as one: they replace what was saved of them, each rate that of its chat. What is not
    /// sound is left out. A chat of which nothing else is stored can have a rate: it was polled, and nothing came of it.
    func save(_ memory: ScheduleMemory) async throws(StoreError)

    // MARK: Endpoints

    /// Makes the endpoints known by name and returns them with their kept state, in the order of the names. An endpoint
    /// that is named no more keeps its rows.
    func register(endpoints: [String]) async throws(StoreError) -> [EndpointState]

    /// Stores an endpoint's breaker, pause and disabling; its counts are the store's own.
    func save(_ state: EndpointState) async throws(StoreError)

    /// Of every endpoint that has rows, registered by this process or not, in the order of their numbers.
    func endpointStates() async throws(StoreError) -> [EndpointState]

    /// Forgets an endpoint: its deliveries, their tries, its state. Its events stay, and go as those do that nobody waits
    /// for. Returns how many pending deliveries were dropped; 0 for an endpoint that is not known. Goes through long queues
    /// in steps, each of them as a whole: after a failure the call is repeated. Nobody may be delivering to it.
    func drop(endpoint name: String) async throws(StoreError) -> Int

    // MARK: Delivering

    /// Takes the oldest lanes that are due, up to a limit, each with its first deliveries in order. Claiming writes nothing:
    /// the claimer names the lanes that it holds already. Lanes are held by one dispatcher per endpoint.
    func claim(_ request: ClaimRequest) async throws(StoreError) -> Claim

    /// Records tries that are about to be sent and outcomes of tries that ended, all as one, the outcomes first. Sending
    /// starts only after this has returned. A start whose number is recorded, an outcome whose try has ended, and either
    /// for a delivery that is not pending change nothing.
    func record(_ entry: LedgerEntry) async throws(StoreError)

    /// Lets every lane of an endpoint be due at once. Returns how many lanes were waiting for a later time. Goes through a
    /// long queue in steps, each of them as a whole.
    func expedite(endpoint: Int64, at time: Timestamp) async throws(StoreError) -> Int

    /// Queues finished deliveries again under their old ids, at the place of their events in their lanes, due at once and
    /// with a fresh retry schedule and age; the count of tries goes on. Returns how many. A whole endpoint's are gone
    /// through in steps, each of them as a whole: after a failure the call is repeated.
    func replay(_ selection: ReplaySelection, at time: Timestamp) async throws(StoreError) -> Int

    // MARK: Keeping

    /// Called once before anything else: closes the tries that a dead process left open, as `.unknown`.
    func recover(at time: Timestamp) async throws(StoreError) -> Recovery

    /// Removes what is older than `before` and needed no more, at most `limit` events and what belongs to them. Pending
    /// deliveries and their events stay. Returns how many events went; fewer than `limit` means that there is nothing more
    /// to do for now: a search through millions that must stay ends early, and the next call goes on behind them.
    func prune(before: Timestamp, limit: Int) async throws(StoreError) -> Int

    /// Bytes in use. Room that pruning freed is not counted: it is used again before the file grows. What a store needs besides,
    /// such as a log that it keeps within bounds by itself, is not counted either.
    func size() async throws(StoreError) -> Int

    // MARK: Looking

    // Listings show what has been written, keep no writer waiting, and turn pages by what the last one ended with: whatever
    // comes in between, what was there is shown once.

    func events(_ query: EventQuery) async throws(StoreError) -> [EventRecord]
    func event(_ id: String) async throws(StoreError) -> EventRecord?

    /// The greatest number that an event was given, be it pruned by now; 0 before the first.
    func newestEventNumber() async throws(StoreError) -> Int64

    func deliveries(_ query: DeliveryQuery) async throws(StoreError) -> [DeliveryRecord]
    func delivery(_ id: DeliveryID) async throws(StoreError) -> (record: DeliveryRecord, attempts: [Attempt])?

    func chats(_ query: ChatQuery) async throws(StoreError) -> [ChatSummary]

    /// The state of every chat that was advanced at least once, by its id.
    func chatStates() async throws(StoreError) -> [String: ChatSummary.State]

    /// When the first lane of each endpoint is due, by the endpoint's number; those where nothing waits are missing. What
    /// waits since long is found in the past, and the next try of what is retried in the future.
    func oldestDue() async throws(StoreError) -> [Int64: Timestamp]

    /// Finishes what was begun and closes. Calls afterwards throw `.closed`.
    func close() async
}

extension Store {
    /// All deliveries of one event, one for each endpoint that it was queued for, in the order of the endpoints' numbers.
    package func deliveries(ofEvent number: Int64) async throws(StoreError) -> [DeliveryRecord] {
        try await deliveries(DeliveryQuery(event: number, limit: .max))
    }
}
