import Synchronization
import Time

/// Lets one complaint a minute into the log: anybody may send pushes that are refused.
final class ComplaintLimit: Sendable {
    private let last = Mutex<Timestamp?>(nil)

    func admits(_ now: Timestamp) -> Bool {
        last.withLock { last in
            if let last, now < last + .seconds(60), now >= last { return false }
            last = now
            return true
        }
    }
}
