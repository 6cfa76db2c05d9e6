/// What the daemon can be asked that the store cannot answer. None of it may take long: somebody waits.
package protocol Operations: Sendable {
    func readiness() async -> Readiness

    /// Polls a chat now, whatever its turn. Returns within ten seconds: what takes longer is queued.
    func poll(chat: String) async -> PollAnswer

    /// Says that a chat has probably changed, and returns at once: hints of one chat are merged, and the schedule decides.
    /// False for a chat that is not watched.
    func hint(chat: String) async -> Bool
}
