import Chats
import Deliveries
import Dispatcher
import Logging
import Store
import Synchronization
import Telemetry
import TestKit
import Time

/// A dispatcher with all that it needs around it.
struct Stage: Sendable {
    let dispatcher: Dispatcher
    let store: MemoryStore
    let time: ManualTime
    private let subscriptions: Subscriptions
    private let chats = Chats()

    private final class Chats: Sendable {
        let histories = Mutex<[String: ChatHistory]>([:])
    }

    init(
        _ endpoints: [Endpoint], sender: any Sender, store: MemoryStore = MemoryStore(), time: ManualTime = ManualTime()
    ) {
        self.store = store
        self.time = time
        subscriptions = Subscriptions(endpoints)
        dispatcher = Dispatcher(
            endpoints: endpoints, store: store, sender: sender, time: time,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, userAgent: "belfry/test", jitter: { 0 })
    }

    func enqueue(_ chat: String, _ count: Int = 1) async throws {
        for _ in 0..<count {
            let advance = chats.histories.withLock { $0[chat, default: ChatHistory(chat)].next(at: time.now) }
            if let advance { try await store.commit(advance, to: subscriptions) }
        }
        dispatcher.wake()
    }

    /// Runs the dispatcher beside `body`, and stops it afterwards.
    func running(_ body: @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { try await dispatcher.run() }
            do {
                try await body()
            } catch {
                group.cancelAll()
                throw error
            }
            dispatcher.stop(within: .seconds(3600))
            try await group.waitForAll()
        }
    }

    func state(of endpoint: String) async throws -> EndpointState? {
        try await store.endpointStates().first { $0.name == endpoint }
    }
}

extension Endpoint {
    static func test(
        _ name: String, url: String = "https://hooks.example.com/in/k3y-in-the-path", signers: [any Signer] = [],
        headers: [Header] = [], concurrency: Int = 16, filter: Filter = Filter()
    ) -> Endpoint {
        Endpoint(
            name: name, url: Secret(url), format: StandardFormat(), filter: filter, signers: signers, headers: headers,
            concurrency: concurrency)
    }
}
