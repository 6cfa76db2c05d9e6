package import Deliveries
package import Store

/// What the daemon can be asked that the store cannot answer. None of it may take long: somebody waits.
package protocol Operations: Sendable {
    // MARK: The program

    func readiness() async -> Readiness

    func program() async -> ProgramReport

    /// In the text format of Prometheus.
    func metrics() async -> String

    func history() async -> HistoryReport

    /// All or nothing.
    func reload() async -> ReloadAnswer

    /// Copies the store, while it is used, into a file of that absolute path.
    func backup(to path: String) async -> BackupAnswer

    // MARK: Watching

    func watch() async -> WatchReport

    func budget() async -> BudgetReport

    /// Those that are configured, in the order of their ids' UTF-8 bytes; only those behind an id, when given.
    func chats(after id: String?, limit: Int) async -> [ChatReport]

    /// The one that is configured under this id or this label.
    func chat(_ name: String) async -> ChatReport?

    /// Polls a chat now, whatever its turn. Returns within ten seconds: what takes longer is queued.
    func poll(chat id: String) async -> PollAnswer

    /// Says that a chat has probably changed, and returns at once: hints of one chat are merged, and the schedule decides.
    /// False for a chat that is not watched.
    func hint(chat id: String) async -> Bool

    // MARK: Delivering

    /// Those that are configured.
    func endpoints() async -> [EndpointReport]

    /// What an endpoint would be sent of an event today; nil for one that is not configured.
    func request(for event: StoredEvent, to endpoint: String) async -> RequestReport?

    /// Holds an endpoint's deliveries. False for one that is not configured; as are the following.
    func pause(endpoint: String) async throws(StoreError) -> Bool

    /// Lets them go on, also after a disabling.
    func resume(endpoint: String) async throws(StoreError) -> Bool

    /// Sends a test event past the queue. Nil for an endpoint that is not configured.
    func sendTest(endpoint: String) async -> TestReport?

    /// Something was queued behind the dispatcher's back.
    func wakeDispatcher() async
}
