import Deliveries
import JSON
import Telemetry
import TestKit
import Time

@testable import Admin

/// What a pushed event's body holds; the first byte says how deep behind the signature the rest is put.
enum CallbackInput {
    static let configuration = AdminConfiguration.Callback(
        token: Secret("callback-token"), aesKey: Secret("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"),
        ownerKey: "owner")

    private static let now = ManualTime().now

    static func take(_ input: [UInt8]) async {
        guard let envelope = CallbackEnvelope(configuration),
            let cipher = CallbackCipher(encodingAESKey: configuration.aesKey)
        else { preconditionFailure("the key of the fuzzer is no key") }
        let rest = Array(input.dropFirst())
        switch (input.first ?? 0) % 5 {
        case 0: forged(rest, envelope)
        case 1: signed(Base64.encode(rest), envelope)
        case 2: cipher.encrypt(rest).map { signed(Base64.encode($0), envelope) }
        case 3: sealed(rest, envelope)
        default: message(rest)
        }
    }

    /// Nothing that was not signed is let in.
    private static func forged(_ bytes: [UInt8], _ envelope: CallbackEnvelope) {
        let text = String(decoding: bytes, as: UTF8.self)
        let parts = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        let head = RequestHead(
            method: "POST", target: "/dingtalk/callback?" + (parts.first ?? ""), authority: "localhost", port: 80)
        guard let push = try? CallbackPush(Call(head: head, body: Array((parts.count > 1 ? parts[1] : "").utf8))) else {
            return
        }
        precondition((try? envelope.open(push, at: now)) == nil, "a forged push was let in")
    }

    private static func signed(_ encrypted: String, _ envelope: CallbackEnvelope) {
        let timestamp = String(now.milliseconds)
        let signature = CallbackSignature(token: configuration.token).make(
            timestamp: timestamp, nonce: "nonce", encrypted: encrypted)
        let push = CallbackPush(signature: signature, timestamp: timestamp, nonce: "nonce", encrypted: encrypted)
        guard let opened = try? envelope.open(push, at: now) else { return }
        message(opened)
    }

    /// What was sealed is opened as it was.
    private static func sealed(_ bytes: [UInt8], _ envelope: CallbackEnvelope) {
        let salt = [UInt8](repeating: 7, count: 16)
        guard let reply = envelope.seal(bytes, at: now, salt: salt, nonce: "n"),
            let signature = reply["msg_signature"]?.stringValue, let timestamp = reply["timeStamp"]?.stringValue,
            let encrypted = reply["encrypt"]?.stringValue
        else { preconditionFailure("sealing failed") }
        let push = CallbackPush(signature: signature, timestamp: timestamp, nonce: "n", encrypted: encrypted)
        precondition((try? envelope.open(push, at: now)) == bytes, "a sealed message was not opened")
        message(bytes)
    }

    private static func message(_ bytes: [UInt8]) {
        guard let message = CallbackMessage(bytes) else { return }
        precondition(Set(message.chats).count == message.chats.count && !message.chats.contains(""))
    }
}
