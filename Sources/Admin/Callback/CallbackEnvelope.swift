import Deliveries
import JSON
import Time

/// The envelope in which the platform pushes events and expects its answer (DINGTALK: "event subscription", HTTP mode).
///
/// Inside are 16 random bytes, the message's length in 4 bytes (big-endian), the message, and the key of whom it is for.
struct CallbackEnvelope: Sendable {
    /// How far a push's timestamp may be off.
    static let tolerance: Duration = .seconds(3600)
    private static let saltLength = 16

    private let signature: CallbackSignature
    private let cipher: CallbackCipher
    private let ownerKey: [UInt8]

    /// Nil when the key is no EncodingAESKey.
    init?(_ configuration: AdminConfiguration.Callback) {
        guard let cipher = CallbackCipher(encodingAESKey: configuration.aesKey) else { return nil }
        signature = CallbackSignature(token: configuration.token)
        self.cipher = cipher
        ownerKey = Array(configuration.ownerKey.utf8)
    }

    /// The message of a push. Nothing of it is decrypted before its signature has proved right.
    func open(_ push: CallbackPush, at now: Timestamp) throws(CallbackRefusal) -> [UInt8] {
        guard let sent = push.sentAt, sent > now - Self.tolerance, sent < now + Self.tolerance else { throw .stale }
        guard
            signature.isGenuine(
                push.signature, timestamp: push.timestamp, nonce: push.nonce, encrypted: push.encrypted)
        else { throw .wrongSignature }
        guard let plain = Base64.decode(push.encrypted).flatMap(cipher.decrypt),
            plain.count >= Self.saltLength + 4
        else { throw .unreadable }
        let length = plain[Self.saltLength..<(Self.saltLength + 4)].reduce(0) { $0 << 8 | Int($1) }
        let rest = plain[(Self.saltLength + 4)...]
        guard length <= rest.count else { throw .unreadable }
        guard constantTimeEqual(Array(rest.dropFirst(length)), ownerKey) else { throw .wrongOwner }
        return Array(rest.prefix(length))
    }

    /// The answer that carries a message. Nil only when the cipher itself fails.
    func seal(_ message: [UInt8], at now: Timestamp, salt: [UInt8], nonce: String) -> JSONValue? {
        let length = (0..<4).map { UInt8(truncatingIfNeeded: message.count >> (8 * (3 - $0))) }
        let plain = Array(salt.prefix(Self.saltLength)) + length + message + ownerKey
        guard let encrypted = cipher.encrypt(plain).map(Base64.encode) else { return nil }
        let timestamp = String(now.milliseconds)
        return [
            "msg_signature": .string(signature.make(timestamp: timestamp, nonce: nonce, encrypted: encrypted)),
            "timeStamp": .string(timestamp), "nonce": .string(nonce), "encrypt": .string(encrypted),
        ]
    }
}
