import Logging
import Time

/// `POST /dingtalk/callback`: the platform's pushed group events. Each is a hint that its chat is worth a poll, never a
/// source of truth: it carries no old value and may come twice or not at all.
struct CallbackRoute: Sendable {
    private let envelope: CallbackEnvelope
    private let operations: any Operations
    private let time: any TimeSource
    private let logger: Logger
    private let memory = CallbackMemory()
    private let complaints = ComplaintLimit()

    /// Empty when nothing is configured.
    static func all(
        _ configuration: AdminConfiguration, operations: any Operations, time: any TimeSource, logger: Logger
    ) -> [Route] {
        guard let envelope = configuration.callback.flatMap(CallbackEnvelope.init) else { return [] }
        let route = CallbackRoute(envelope: envelope, operations: operations, time: time, logger: logger)
        return [Route(.post, "/dingtalk/callback", isOpen: true, handler: route.answer)]
    }

    private init(envelope: CallbackEnvelope, operations: any Operations, time: any TimeSource, logger: Logger) {
        self.envelope = envelope
        self.operations = operations
        self.time = time
        self.logger = logger
    }

    private func answer(_ call: Call) async throws(Problem) -> Answer {
        let push = try CallbackPush(call)
        let now = time.now
        let message: [UInt8]
        do throws(CallbackRefusal) {
            message = try envelope.open(push, at: now)
        } catch {
            if complaints.admits(now) {
                logger.warning("a pushed event was refused: \(error)")
            }
            throw Problem(403, "the push is refused: \(error)")
        }
        // By the text of the signature's digits: their case is the one thing a repetition could vary.
        if memory.isNew(push.signature.lowercased()) { await take(message) }
        return try success(at: now)
    }

    private func take(_ bytes: [UInt8]) async {
        guard let message = CallbackMessage(bytes) else {
            logger.debug("a pushed event is no JSON")
            return
        }
        var unknown = 0
        for chat in message.chats where !(await operations.hint(chat: chat)) { unknown += 1 }
        logger.debug(
            "a pushed event",
            metadata: ["type": "\(message.type)", "chats": "\(message.chats.count)", "unknown": "\(unknown)"])
    }

    private func success(at now: Timestamp) throws(Problem) -> Answer {
        var random = SystemRandomNumberGenerator()
        let salt = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let nonce = String(random.next(), radix: 36)
        guard let reply = envelope.seal(Array("success".utf8), at: now, salt: salt, nonce: nonce) else {
            throw Problem(500, "the answer could not be encrypted")
        }
        return .json(reply)
    }
}
