import Synchronization

/// Why a store does nothing more, shared by its threads: what one of them finds out stops the others.
final class StoreHealth: Sendable {
    private let error = Mutex<StoreError?>(nil)

    /// Throws the reason, if there is one.
    func check() throws(StoreError) {
        if let error = error.withLock({ $0 }) { throw error }
    }

    /// The first failure stays, as the ones after it are its consequences. Returns the one that counts.
    func fail(_ failure: StoreError) -> StoreError {
        error.withLock { error in
            let first = error ?? failure
            error = first
            return first
        }
    }

    /// Closing covers a failure. Returns whether the store was sound until now.
    func close() -> Bool {
        error.withLock { error in
            defer { error = .closed }
            return error == nil
        }
    }
}
