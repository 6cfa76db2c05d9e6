import Chats
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
        guard let chat = state.withLock({ $0.chats[id] }) else { return }
        if chat.seenAt == nil, let stored = try await store.chatState(id), stored.snapshot?.isDismissed == true {
            return forget(id)
        }
        let reading = await client.read(chat: id, known: chat.digest)
        let now = time.now
        let advance = try await advance(of: chat, by: reading, at: now)
        if let advance {
            try await store.commit(advance, to: plan.subscriptions)
            wakeDispatcher()
        }
        let announcement = state.withLock {
            $0.finish(id, reading, advance, now: now, steady: time.steady, interval: plan.interval)
        }
        if let announcement {
            let event = try await store.announce(announcement, at: now, to: plan.subscriptions)
            logger.warning("\(event.type.rawValue)", metadata: ["event": "\(event.id)"])
            wakeDispatcher()
        }
        report(reading, advance, of: id)
        if advance?.state.snapshot?.isDismissed == true { forget(id) }
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
        var history = try await store.chatState(chat.id) ?? ChatState(id: chat.id)
        history.label = chat.label
        history.seenAt = chat.seenAt ?? history.seenAt
        return history
    }

    /// A dismissed chat is polled no more.
    private func forget(_ id: String) {
        state.withLock { $0.remove(id) }
        logger.info("the chat was dismissed and is polled no more", metadata: ["chat": "\(id)"])
    }

    private func report(_ reading: ChatReading, _ advance: Advance?, of id: String) {
        switch reading {
        case .unchanged, .answered, .cancelled: break
        case .refused(let refusal):
            logger.warning(
                "the platform refuses a poll: \(refusal.hint)",
                metadata: ["chat": "\(id)", "errcode": "\(refusal.code)", "errmsg": "\(refusal.message)"])
        case .unreadable(let failure):
            logger.warning("the platform cannot be read: \(failure.text)", metadata: ["chat": "\(id)"])
        }
        for event in advance?.events ?? [] {
            logger.info("\(event.type.rawValue)", metadata: ["chat": "\(id)", "event": "\(event.id)"])
        }
    }
}
