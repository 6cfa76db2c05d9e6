import Deliveries
import JSON
import Time

/// The keys of `retry`.
enum RetryKey: String, ConfigurationKey {
    case schedule, maxAge

    var entry: KeyEntry {
        switch self {
        case .schedule:
            KeyEntry(
                .list(.duration(.zero ... .seconds(30 * 86_400)), isNeverEmpty: false),
                default: .array(RetryPolicy.standardSchedule.map { .string($0.text) }),
                "The waits between tries, each give or take a tenth, the first of them after the first failed try. When all are used up the delivery is given up; `[]` is one try only."
            )
        case .maxAge:
            KeyEntry(
                .duration(.seconds(1) ... .seconds(365 * 86_400)), default: "7d",
                "After this time in the queue a delivery is given up whatever the schedule says.")
        }
    }
}
