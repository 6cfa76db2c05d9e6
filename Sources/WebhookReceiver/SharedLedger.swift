import Synchronization

/// The one ledger that all connections share.
final class SharedLedger: Sendable {
    private let ledger: Mutex<Ledger>

    init(_ ledger: Ledger) {
        self.ledger = Mutex(ledger)
    }

    func use<Result: Sendable>(_ body: (inout sending Ledger) -> sending Result) -> Result {
        ledger.withLock(body)
    }
}
