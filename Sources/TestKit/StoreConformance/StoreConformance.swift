package import Store
import Testing

/// What any store must do: a case for each promise that `Store` makes. Every case starts with an empty store.
package struct StoreConformance: Sendable, CustomTestStringConvertible {
    /// A sentence.
    package let promise: String
    private let check: @Sendable (any Store) async throws -> Void

    init(_ promise: String, _ check: @escaping @Sendable (any Store) async throws -> Void) {
        self.promise = promise
        self.check = check
    }

    package var testDescription: String { promise }

    /// Makes a store, checks the promise, and closes the store.
    package func run(makeStore: () async throws -> any Store) async throws {
        let store = try await makeStore()
        do {
            try await check(store)
        } catch {
            await store.close()
            throw error
        }
        await store.close()
    }

    package static let cases: [StoreConformance] =
        watching + scheduling + endpoints + claiming + recording + waiting + replaying + keeping + looking + streaming
        + filtering + listingChats + dropping
}
