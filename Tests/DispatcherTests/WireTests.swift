import Chats
import Deliveries
import EventLoop
import Glibc
import HTTPEngine
import JSON
import Logging
import Store
import Synchronization
import Telemetry
import TestKit
import Testing
import Time

@testable import Dispatcher

/// The real parts: SQLite on a disk, libcurl, and a server on raw sockets.
@Suite("The dispatcher on the wire")
struct WireTests {
    private static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    @Test("every event reaches a receiver that answers errors, resets and hangs up; in order, the first time")
    func faults() async throws {
        let server = try FaultServer { request in
            switch request.number % 7 {
            case 2: [.reply(503)]
            case 4: [.reset]
            case 5: [.close]
            default: [.reply(200)]
            }
        }
        defer { server.stop() }
        let endpoint = Endpoint(
            name: "ci", url: Secret(server.url("/hook")), format: StandardFormat(),
            signers: [try StandardSigner(secret: Self.secret)], concurrency: 4,
            retry: RetryPolicy(schedule: Array(repeating: .milliseconds(20), count: 50)))
        let events = 40
        try await withDispatcher([endpoint], allow: ["127.0.0.1/32"]) { dispatcher, store in
            let subscriptions = Subscriptions([endpoint])
            for chat in 0..<4 {
                var history = ChatHistory("chat\(chat)")
                for _ in 0..<(events / 4) {
                    if let advance = history.next(at: SystemTime.wall) {
                        try await store.commit(advance, to: subscriptions)
                    }
                }
            }
            dispatcher.wake()
            try await eventually("all delivered") { try await store.endpointStates()[0].counts.delivered == events }
            try await eventually("all counted") {
                dispatcher.statistics.endpoints["ci"]?.attempts[.delivered] == events
            }
            #expect(dispatcher.statistics.endpoints["ci"]?.retries ?? 0 > 0)
            #expect(try await store.deliveries(DeliveryQuery()).allSatisfy { $0.state == .delivered })
        }
        try check(server.requests, events: events)
    }

    @Test("digests of a limited endpoint: every event accepted once and in order, through errors, on disk")
    func digests() async throws {
        let server = try FaultServer { request in [.reply(Self.isAccepted(request) ? 200 : 503)] }
        defer { server.stop() }
        let endpoint = Endpoint(
            name: "ci", url: Secret(server.url("/hook")), format: CloudEventsBatchFormat(),
            rate: Rate(count: 3, per: .milliseconds(50)), overflow: .digest,
            retry: RetryPolicy(schedule: Array(repeating: .milliseconds(20), count: 50)))
        let events = 200
        try await withDispatcher([endpoint], allow: ["127.0.0.1/32"]) { dispatcher, store in
            var histories = (0..<8).map { ChatHistory("chat\($0)") }
            for index in 0..<events {
                if let advance = histories[index % 8].next(at: SystemTime.wall) {
                    try await store.commit(advance, to: Subscriptions([endpoint]))
                }
                dispatcher.wake()
            }
            try await eventually("all delivered") { try await store.endpointStates()[0].counts.delivered == events }
            let deliveries = try await store.deliveries(DeliveryQuery(limit: events))
            #expect(deliveries.allSatisfy { $0.state == .delivered })
            for delivery in deliveries {
                let attempts = try await store.delivery(delivery.id)?.attempts ?? []
                #expect(attempts.map(\.number) == Array(1...max(delivery.attempts, 1)))
                #expect(attempts.last?.result == .delivered)
            }
        }
        var sequences: [String: [Int64]] = [:]
        for request in server.requests where Self.isAccepted(request) {
            for event in try JSONParser.parse(request.body).arrayValue ?? [] {
                let chat = event["subject"]?.stringValue ?? ""
                sequences[chat, default: []].append(event["data"]?["sequence"]?.integerValue ?? 0)
            }
        }
        #expect(sequences.count == 8)
        for sequence in sequences.values { #expect(sequence == Array(1...Int64(events / 8))) }
        #expect(server.requests.count < events)
    }

    private static func isAccepted(_ request: FaultRequest) -> Bool { request.number % 4 != 2 }

    private func check(_ requests: [FaultRequest], events: Int) throws {
        let verifier = try StandardVerifier(secrets: [Self.secret])
        var bodies: [String: [UInt8]] = [:]
        var sequences: [String: [Int]] = [:]
        for request in requests {
            let names = ["webhook-id", "webhook-timestamp", "webhook-signature"]
            let headers = Dictionary(uniqueKeysWithValues: names.map { ($0, request.header($0) ?? "") })
            try verifier.verify(headers: headers, body: request.body, now: SystemTime.wall)
            let event = try #require(StoredEvent(id: "", body: request.body).decoded())
            #expect(request.header("webhook-id") == event.id)
            if let known = bodies[event.id] {
                #expect(known == request.body)
            } else {
                bodies[event.id] = request.body
                sequences[event.chat?.id ?? "", default: []].append(event.sequence)
            }
        }
        #expect(bodies.count == events)
        #expect(sequences.count == 4)
        for sequence in sequences.values { #expect(sequence == Array(1...(events / 4))) }
    }

    @Test("an endpoint on loopback is refused with the remedy, and sent nothing")
    func refusedAddress() async throws {
        let server = try FaultServer { _ in [.reply(200)] }
        defer { server.stop() }
        let endpoint = Endpoint(name: "ci", url: Secret(server.url()), format: StandardFormat())
        try await withDispatcher([endpoint], allow: []) { dispatcher, store in
            var history = ChatHistory("a")
            if let advance = history.next(at: SystemTime.wall) {
                try await store.commit(advance, to: Subscriptions([endpoint]))
            }
            dispatcher.wake()
            try await eventually("a try") { dispatcher.statistics.endpoints["ci"]?.retries == 1 }
            let delivery = try await store.deliveries(DeliveryQuery())[0]
            let rule = try await store.delivery(delivery.id)?.attempts.first?.rule
            #expect(rule?.contains("endpoint \"ci\" resolves to 127.0.0.1 (loopback): add \"127.0.0.1/32\"") == true)
        }
        #expect(server.requests.isEmpty)
    }

    private func withDispatcher(
        _ endpoints: [Endpoint], allow: [String], _ body: (Dispatcher, SQLiteStore) async throws -> Void
    ) async throws {
        let folder = try temporaryFolder()
        defer { removeFolder(folder) }
        let store = try await SQLiteStore.open(path: folder + "/belfry.db")
        let loop = try EventLoop(name: "http")
        let engine = try HTTPEngine(loop: loop)
        let time = SystemTime(notBefore: try await store.recover(at: SystemTime.wall).newestTimestamp)
        let policy = AddressPolicy(allow: allow.compactMap { CIDR($0) })
        let dispatcher = Dispatcher(
            endpoints: endpoints, store: store, sender: EngineSender(engine: engine, policy: policy, time: time),
            time: time, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, userAgent: "belfry/test")
        let result: Result<Void, any Error>
        do {
            try await withThrowingTaskGroup { group in
                group.addTask { try await dispatcher.run() }
                defer { dispatcher.stop(within: .seconds(1)) }
                try await body(dispatcher, store)
            }
            result = .success(())
        } catch {
            result = .failure(error)
        }
        await engine.shutdown()
        loop.shutdown()
        await store.close()
        try result.get()
    }

    private func temporaryFolder() throws -> String {
        var template = Array("/tmp/belfry-dispatcher-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw CancellationError() }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private func removeFolder(_ folder: String) {
        for file in ["belfry.db", "belfry.db-wal", "belfry.db-shm", "belfry.db.lock"] { unlink("\(folder)/\(file)") }
        rmdir(folder)
    }
}
