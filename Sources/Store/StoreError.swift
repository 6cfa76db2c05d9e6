/// Why a store did not do what it was asked.
package enum StoreError: Error, Sendable, Equatable {
    /// The chat was advanced from another revision than the one given. Nothing was written.
    case stale(chat: String)
    /// The file cannot be used: not a store, damaged, written by a newer version, locked by another process, no
    /// permission. Said when opening.
    case unusable(String)
    /// A read or write failed (disk full, I/O error). Whether it took effect is unknown; the store does nothing more.
    case unavailable(String)
    case closed
}

extension StoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .stale(let chat): "chat \(chat) was advanced by somebody else"
        case .unusable(let text), .unavailable(let text): text
        case .closed: "the store is closed"
        }
    }
}
