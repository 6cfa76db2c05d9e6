import Chats
import Deliveries
import DingTalk
import Logging
import Store
import Synchronization
import Time

extension Watcher {
    /// One poll, from the call to what is stored of it:
    ///
    ///     chat ─▶ ChatReading ─▶ Advance ─▶ one transaction ─▶ wake-up
    func poll(_ id: String) async throws(StoreError) {
        let (found, subscriptions) = state.withLock { ($0.chats[id], $0.policy.subscriptions) }
        guard let chat = found else { return abandon(id) }
        let answer = await client.read(chat: id, known: chat.digest)
        let now = time.now
        let advance = try await advance(of: chat, by: answer.reading, at: now)
        if let advance {
            try await store.commit(advance, to: subscriptions)
            wakeDispatcher()
        }
        let (isKnown, announcement, tickets) = state.withLock { state in
            // Before the poll counts: the first of many that fail alike is worth a line.
            let isKnown = state.health.trouble != nil
            let announcement = state.finish(id, answer, advance, wall: now, steady: time.steady)
            return (isKnown, announcement, state.takeTickets(of: id))
        }
        if let announcement { try await announce(announcement) }
        report(answer.reading, advance, of: id, failureLevel: isKnown ? .debug : .warning)
        for ticket in tickets { ticket.fulfil(PollReport(answer.reading, advance)) }
    }

    /// The chat is gone since its poll was handed out.
    private func abandon(_ id: String) {
        let tickets = state.withLock { state in
            state.abandon(id, at: time.steady)
            return state.takeTickets(of: id)
        }
        for ticket in tickets { ticket.fulfil(PollReport(.failed, detail: "the chat is watched no more")) }
    }

    /// What the reading adds to the chat's history; nil when it shows nothing new.
    private func advance(
        of chat: WatchedChat, by reading: ChatReading, at now: Timestamp
    ) async throws(StoreError) -> Advance? {
        switch reading {
        case .answered(let answer, _): try await history(of: chat).observing(answer, at: now)
        case .refused(let refusal) where chat.isLost(after: refusal):
            try await history(of: chat).refused(refusal.told, at: now)
        case .refused, .unchanged, .unreadable, .cancelled: nil
        }
    }

    private func history(of chat: WatchedChat) async throws(StoreError) -> ChatState {
        var history = try await store.chatState(chat.plan.id) ?? ChatState(id: chat.plan.id)
        history.label = chat.plan.label
        history.seenAt = chat.seenAt ?? history.seenAt
        return history
    }

    private func report(_ reading: ChatReading, _ advance: Advance?, of id: String, failureLevel: Logger.Level) {
        switch reading {
        case .unchanged, .answered, .cancelled: break
        case .refused(let refusal):
            logger.log(
                level: failureLevel, "the platform refuses a poll: \(refusal.hint)",
                metadata: ["chat": "\(id)", "errcode": "\(refusal.code)", "errmsg": "\(refusal.message)"])
        case .unreadable(let failure):
            logger.log(
                level: failureLevel, "the platform cannot be read: \(failure.text)", metadata: ["chat": "\(id)"])
        }
        for event in advance?.events ?? [] {
            logger.info("\(event.type.rawValue)", metadata: ["chat": "\(id)", "event": "\(event.id)"])
        }
        if advance?.state.snapshot?.isDismissed == true {
            logger.info("a dismissed chat is polled no more", metadata: ["chat": "\(id)"])
        }
    }
}

extension PollReport {
    fileprivate init(_ reading: ChatReading, _ advance: Advance?) {
        let events = advance?.events.map(\.id) ?? []
        switch reading {
        case .answered, .unchanged:
            self.init(
                events.isEmpty ? .unchanged : .changed,
                detail: events.isEmpty
                    ? "nothing has changed" : advance?.events.map(\.type.rawValue).joined(separator: ", ") ?? "",
                events: events)
        case .refused(let refusal):
            self.init(
                .failed, detail: "refused with \(refusal.code) \(refusal.message): \(refusal.hint)", events: events)
        case .unreadable(let failure):
            self.init(.failed, detail: failure.text)
        case .cancelled:
            self.init(.failed, detail: "the daemon is stopping")
        }
    }
}
