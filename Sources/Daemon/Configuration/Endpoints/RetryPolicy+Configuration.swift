import Deliveries

extension RetryPolicy {
    init(_ node: ConfigurationNode) {
        let object = ConfigurationObject(node, RetryKey.self)
        self.init()
        // An empty list is a choice too: one try, and no other.
        if let schedule = object.durations(.schedule) { self.schedule = schedule }
        if let maxAge = object.duration(.maxAge) { self.maxAge = maxAge }
    }
}
