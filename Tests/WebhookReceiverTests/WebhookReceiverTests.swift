import Deliveries
import JSON
import Synchronization
import Telemetry
import TestKit
import Testing
import Time
import WebhookReceiver

@Suite struct WebhookReceiverTests {
    private static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    private final class Receipts: Sendable {
        private let receipts = Mutex<[Receipt]>([])
        var all: [Receipt] { receipts.withLock { $0 } }
        func append(_ receipt: Receipt) { receipts.withLock { $0.append(receipt) } }
    }

    /// Receives on a free port for the time of `body`.
    private func withReceiver(
        _ configuration: ReceiverConfiguration,
        _ body: @Sendable (_ receiver: WebhookReceiver, _ port: Int, _ receipts: Receipts) async throws -> Void
    ) async throws {
        let (ports, announcement) = AsyncStream.makeStream(of: Int.self)
        let receipts = Receipts()
        let receiver = try WebhookReceiver(
            configuration, onListening: { announcement.yield($0) }, onReceipt: { receipts.append($0) })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                // A server that cannot start must fail the test, not hang it.
                defer { announcement.finish() }
                try await receiver.run()
            }
            var iterator = ports.makeAsyncIterator()
            if let port = await iterator.next() {
                try await body(receiver, port, receipts)
                group.cancelAll()
            }
            while let result = await group.nextResult() {
                if case .failure(let error) = result, !(error is CancellationError) { throw error }
            }
        }
    }

    private func deliver(_ id: String, _ body: String, secret: String = secret, to port: Int) async throws -> Int? {
        let now = SystemTime.wall
        let payload = Payload(id: id, contentType: "application/json", body: Array(body.utf8))
        let signature = try StandardSigner(secret: secret).signature(of: payload, at: now)
        var head = ["POST /hooks/any HTTP/1.1", "webhook-id: \(id)", "webhook-timestamp: \(now.seconds)"]
        head += signature.headers.map { "\($0.name): \($0.value)" }
        return try await RawExchange(port: port, head: head, body: body).status
    }

    @Test("a genuine message is verified and reported with its parts")
    func genuine() async throws {
        var configuration = ReceiverConfiguration()
        configuration.secrets = [Secret(Self.secret)]
        try await withReceiver(configuration) { receiver, port, receipts in
            let status = try await deliver("evt_1", #"{"a":1}"#, to: port)
            #expect(status == 200)
            let receipt = try #require(receipts.all.first)
            #expect(receipt.id == "evt_1")
            #expect(receipt.verification == .verified)
            #expect(receipt.path == "/hooks/any")
            #expect(receipt.body == Array(#"{"a":1}"#.utf8))
            #expect(receipt.status == 200)
            #expect(receipt.timesSeen == 1)
            #expect(receipt.json["body"] == ["a": 1])
            #expect(receipt.json["verified"] == true)
            #expect(receiver.counts.verified == 1)
        }
    }

    @Test("another secret or no signature is refused with 401")
    func refused() async throws {
        var configuration = ReceiverConfiguration()
        configuration.secrets = [Secret(Self.secret)]
        try await withReceiver(configuration) { receiver, port, receipts in
            let other = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            let forged = try await deliver("evt_1", "{}", secret: other, to: port)
            #expect(forged == 401)
            let unsigned = try await RawExchange(port: port, head: ["POST / HTTP/1.1"], body: "{}")
            #expect(unsigned.status == 401)
            #expect(
                receipts.all.map(\.verification) == [.refused(.wrongSignature), .refused(.missingHeader("webhook-id"))])
            #expect(receiver.counts.refused == 2)
            #expect(receiver.counts.accepted == 0)
        }
    }

    @Test("an id accepted twice is a duplicate; one that failed first is not")
    func duplicates() async throws {
        var configuration = ReceiverConfiguration()
        configuration.behaviour.failFirst = 2
        try await withReceiver(configuration) { receiver, port, receipts in
            var statuses: [Int?] = []
            for id in ["a", "b", "a", "b", "b"] { statuses.append(try await deliver(id, "{}", to: port)) }
            #expect(statuses == [503, 503, 200, 200, 200])
            #expect(receipts.all.map(\.timesSeen) == [1, 1, 2, 2, 3])
            #expect(receipts.all.allSatisfy { $0.verification == .notChecked })
            #expect(receiver.counts.duplicates == 1)
            #expect(receiver.counts.failed == 2)
            #expect(receiver.counts.received == 5)
        }
    }

    @Test("a percentage fails, the same requests for a seed")
    func percentage() async throws {
        var configuration = ReceiverConfiguration()
        configuration.behaviour.failurePercentage = 40
        configuration.behaviour.seed = 11
        let first = Mutex<[Int]>([])
        for _ in 0..<2 {
            try await withReceiver(configuration) { receiver, port, receipts in
                for number in 0..<50 { _ = try await deliver("evt_\(number)", "{}", to: port) }
                #expect((8...32).contains(receiver.counts.failed))
                let statuses = receipts.all.map(\.status)
                let earlier = first.withLock { first in
                    defer { first = statuses }
                    return first
                }
                #expect(earlier.isEmpty || earlier == statuses)
            }
        }
    }

    @Test("a chosen status and delay are kept to; other methods and large bodies are turned away")
    func misbehaviour() async throws {
        var configuration = ReceiverConfiguration()
        configuration.behaviour.status = 410
        configuration.behaviour.delay = .milliseconds(20)
        try await withReceiver(configuration) { receiver, port, receipts in
            let start = ContinuousClock.now
            let chosen = try await deliver("evt_1", "{}", to: port)
            #expect(chosen == 410)
            #expect(ContinuousClock.now - start >= .milliseconds(20))
            let read = try await RawExchange(port: port, head: ["GET / HTTP/1.1"])
            #expect(read.status == 405)
            let text = String(repeating: "x", count: 1024 * 1024 + 1)
            let large = try await RawExchange(port: port, head: ["POST / HTTP/1.1"], body: text)
            #expect(large.status == 413)
            #expect(receipts.all.count == 1)
            #expect(receiver.counts.refused == 1)
        }
    }

    @Test("a secret of the wrong form is refused at once")
    func badSecret() {
        var configuration = ReceiverConfiguration()
        configuration.secrets = [Secret("whsec_!")]
        #expect(throws: SigningSecretError.self) { try WebhookReceiver(configuration) }
    }
}
