package import Time

/// How the watch goes.
package struct WatchReport: Sendable, Equatable {
    package enum State: String, Sendable, CaseIterable {
        case watching
        /// The account as a whole cannot be read.
        case failing
        /// Until a time that is known: the platform asked for it, or the month's calls are spent.
        case paused
        /// Until there is room in the store.
        case held
    }

    /// How many chats are in which state, of those that are configured.
    package struct Chats: Sendable, Equatable {
        /// Not read yet.
        package var new = 0
        package var watched = 0
        package var unreachable = 0
        package var dismissed = 0

        package init() {}

        package var configured: Int { new + watched + unreachable + dismissed }
    }

    /// Since the program started.
    package struct Polls: Sendable, Equatable {
        package var total = 0
        package var unchanged = 0
        package var failed = 0
        /// Events that they brought.
        package var events = 0

        package init() {}
    }

    package struct Reload: Sendable, Equatable {
        package var at: Timestamp
        package var succeeded: Bool
        /// What changed, or what was wrong.
        package var detail: String

        package init(at: Timestamp, succeeded: Bool, detail: String) {
            self.at = at
            self.succeeded = succeeded
            self.detail = detail
        }
    }

    package var state: State
    /// Why it is not watching.
    package var reason: String?
    /// What to do about it.
    package var hint: String?
    package var pausedUntil: Timestamp?
    package var chats = Chats()
    package var polls = Polls()
    package var lastPollSuccess: Timestamp?
    package var lastReload: Reload?

    package init(_ state: State, reason: String? = nil, hint: String? = nil, pausedUntil: Timestamp? = nil) {
        self.state = state
        self.reason = reason
        self.hint = hint
        self.pausedUntil = pausedUntil
    }
}

extension WatchReport.State: Word {}

extension WatchReport.Chats: Resource {
    static let name = "ChatCounts"
    static let fields: [Field<Self>] = [
        Field("configured") { $0.configured },
        Field("new", "Not read yet.") { $0.new },
        Field("watched") { $0.watched },
        Field("unreachable") { $0.unreachable },
        Field("dismissed") { $0.dismissed },
    ]
}

extension WatchReport.Polls: Resource {
    static let name = "PollCounts"
    static let fields: [Field<Self>] = [
        Field("total", "Since the program started.") { $0.total },
        Field("unchanged") { $0.unchanged },
        Field("failed") { $0.failed },
        Field("events", "Events that they brought.") { $0.events },
    ]
}

extension WatchReport.Reload: Resource {
    static let name = "Reload"
    static let fields: [Field<Self>] = [
        Field("at") { $0.at },
        Field("succeeded") { $0.succeeded },
        Field("detail", "What changed, or what was wrong.") { $0.detail },
    ]
}

extension WatchReport: Resource {
    static let name = "Watch"
    static let fields: [Field<Self>] = [
        Field("state") { $0.state },
        Field("reason", "Why it is not watching.") { $0.reason },
        Field("hint", "What to do about it.") { $0.hint },
        Field("pausedUntil") { $0.pausedUntil },
        Field("chats") { $0.chats },
        Field("polls") { $0.polls },
        Field("lastPollSuccess") { $0.lastPollSuccess },
        Field("lastReload") { $0.lastReload },
    ]
}
