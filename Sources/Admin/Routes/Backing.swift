import Store
import Time

/// Where answers come from.
struct Backing: Sendable {
    let store: any Store
    let operations: any Operations
    let feed: Feed
    let time: any TimeSource

    /// Asks the store; its failures are told as such.
    func stored<Result>(
        _ read: (any Store) async throws(StoreError) -> Result
    ) async throws(Problem) -> Result {
        do throws(StoreError) {
            return try await read(store)
        } catch {
            throw .unavailable("the store cannot be read: \(error)")
        }
    }

    /// A chat is asked for by its id or by the operator's label.
    func chatID(_ name: String) async -> String {
        await operations.chat(name)?.id ?? name
    }
}
