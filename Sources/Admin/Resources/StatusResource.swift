import Time

/// How everything goes, at one glance.
struct StatusResource: Sendable {
    struct Queue: Sendable, Equatable {
        var pending = 0
        var delivered = 0
        var dead = 0
        var oldestDueAt: Timestamp?
    }

    struct Endpoints: Sendable, Equatable {
        var active = 0
        var failing = 0
        var paused = 0
        var disabled = 0
    }

    struct StoreUse: Sendable, Equatable {
        var path: String
        var bytes: Int
        var maxBytes: Int
    }

    var program: ProgramReport
    var now: Timestamp
    var health: Health
    var watch: WatchReport
    var budget: BudgetReport
    var queue: Queue
    var endpoints: Endpoints
    var store: StoreUse
}

extension StatusResource.Queue: Resource {
    static let name = "QueueCounts"
    static let fields: [Field<Self>] = [
        Field("pending") { $0.pending },
        Field("delivered", "Of those that are still kept.") { $0.delivered },
        Field("dead", "Of those that are still kept.") { $0.dead },
        Field("oldestDueAt", "When what waits longest is or was due.") { $0.oldestDueAt },
    ]
}

extension StatusResource.Endpoints: Resource {
    static let name = "EndpointCounts"
    static let fields: [Field<Self>] = [
        Field("active") { $0.active },
        Field("failing") { $0.failing },
        Field("paused") { $0.paused },
        Field("disabled") { $0.disabled },
    ]
}

extension StatusResource.StoreUse: Resource {
    static let name = "StoreUse"
    static let fields: [Field<Self>] = [
        Field("path") { $0.path },
        Field("bytes") { $0.bytes },
        Field("maxBytes") { $0.maxBytes },
    ]
}

extension StatusResource: Resource {
    static let name = "Status"
    static let fields: [Field<Self>] = [
        Field("version") { $0.program.version },
        Field("libraries") { $0.program.libraries },
        Field("startedAt") { $0.program.startedAt },
        Field("now") { $0.now },
        Field("health") { $0.health },
        Field("watch") { $0.watch },
        Field("budget") { $0.budget },
        Field("queue") { $0.queue },
        Field("endpoints", "Those that are configured.") { $0.endpoints },
        Field("store") { $0.store },
    ]
}
