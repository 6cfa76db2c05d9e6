import Deliveries

private enum RetryKey: String, CaseIterable { case schedule, maxAge }

extension RetryPolicy {
    init(_ node: ConfigurationNode) {
        let object = ConfigurationObject(node, RetryKey.self)
        self.init()
        // An empty list is a choice too: one try, and no other.
        if let schedule = object[.schedule].elements?.compactMap({ $0.duration(in: .zero ... .seconds(30 * 86_400)) }) {
            self.schedule = schedule
        }
        if let maxAge = object[.maxAge].duration(in: .seconds(1) ... .seconds(365 * 86_400)) { self.maxAge = maxAge }
    }
}
