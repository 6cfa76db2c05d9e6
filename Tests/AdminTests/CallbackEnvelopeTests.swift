import Deliveries
import JSON
import Telemetry
import Testing
import Time

@testable import Admin

@Suite struct CallbackEnvelopeTests {
    /// The published example.
    private static let configuration = AdminConfiguration.Callback(
        token: Secret("123456"), aesKey: Secret("1234567890123456789012345678901234567890123"),
        ownerKey: "dingsnotzck6pm5veliw")
    private static let push = CallbackPush(
        signature: "9a95a004dd16f5c307e849b994173f76aa26e5eb", timestamp: "1614767836", nonce: "A7Co0cJLMzIDtMMI",
        encrypted: "YvkvaGe4hQxd3VxRmEty0dVlnCOAqwf56xwTRHDHoOURqhalbmBJQk5FNcRk42Gl5T0YQXZNwpwWSm1xAFJ5ZA==")
    private static let then = Timestamp(seconds: 1_614_767_836)

    private let envelope: CallbackEnvelope

    init() throws {
        envelope = try #require(CallbackEnvelope(Self.configuration))
    }

    /// A push whose signature is right, whatever it holds.
    private func signed(_ encrypted: String) -> CallbackPush {
        var push = Self.push
        push.encrypted = encrypted
        push.signature = CallbackSignature(token: Self.configuration.token).make(
            timestamp: push.timestamp, nonce: push.nonce, encrypted: encrypted)
        return push
    }

    /// Encrypted as given, padding and all.
    private func encrypted(_ plain: [UInt8]) throws -> String {
        let cipher = try #require(CallbackCipher(encodingAESKey: Self.configuration.aesKey))
        return Base64.encode(try #require(cipher.encrypt(plain)))
    }

    private func plain(length: Int, message: String, owner: String) -> [UInt8] {
        [UInt8](repeating: 7, count: 16) + (0..<4).map { UInt8(truncatingIfNeeded: length >> (24 - 8 * $0)) }
            + Array((message + owner).utf8)
    }

    @Test("the published example opens")
    func example() throws {
        #expect(try envelope.open(Self.push, at: Self.then) == Array("success".utf8))
        var upper = Self.push
        upper.signature = upper.signature.uppercased()
        #expect(try envelope.open(upper, at: Self.then) == Array("success".utf8))
    }

    @Test(
        "what is sealed opens again", arguments: ["", "success", "{\"a\":\"ü\"}", String(repeating: "x", count: 5000)])
    func roundTrip(message: String) throws {
        let reply = try #require(
            envelope.seal(Array(message.utf8), at: Self.then, salt: [UInt8](repeating: 1, count: 16), nonce: "n"))
        let push = CallbackPush(
            signature: try #require(reply["msg_signature"]?.stringValue),
            timestamp: try #require(reply["timeStamp"]?.stringValue), nonce: "n",
            encrypted: try #require(reply["encrypt"]?.stringValue))
        #expect(try envelope.open(push, at: Self.then) == Array(message.utf8))
    }

    @Test("a timestamp more than an hour off, or none at all, is refused")
    func staleness() {
        for offset: Duration in [.seconds(-3600), .seconds(3600), .seconds(86_400)] {
            #expect(throws: CallbackRefusal.stale) { try envelope.open(Self.push, at: Self.then + offset) }
        }
        #expect(throws: Never.self) { try envelope.open(Self.push, at: Self.then + .seconds(3599)) }
        for timestamp in ["", "now", "-1614767836", "99999999999999999999", "1614767836.0", "9223372036854775807"] {
            var push = Self.push
            push.timestamp = timestamp
            #expect(throws: CallbackRefusal.stale) { try envelope.open(push, at: Self.then) }
        }
    }

    @Test("a signature over anything else is refused")
    func signatures() throws {
        let changes: [@Sendable (inout CallbackPush) -> Void] = [
            { $0.signature = "" }, { $0.signature.removeLast() }, { $0.signature = String(repeating: "0", count: 40) },
            { $0.nonce += "x" }, { $0.timestamp = "1614767837" }, { $0.encrypted.removeLast(4) },
        ]
        for change in changes {
            var push = Self.push
            change(&push)
            #expect(throws: CallbackRefusal.wrongSignature) { try envelope.open(push, at: Self.then) }
        }
        var other = Self.configuration
        other.token = Secret("1234567")
        let stranger = try #require(CallbackEnvelope(other))
        #expect(throws: CallbackRefusal.wrongSignature) { try stranger.open(Self.push, at: Self.then) }
    }

    @Test("a genuine signature over bytes that are no envelope is refused")
    func hostileBytes() throws {
        let whole = try #require(Base64.decode(Self.push.encrypted))
        let cases = [
            "", "=", "not base 64!", Base64.encode(Array(whole.prefix(32))), Base64.encode(Array(whole.prefix(31))),
            Base64.encode(Array(whole.dropLast(16))), Base64.encode([UInt8](repeating: 0, count: 64)),
            // A length that reaches beyond the end, and one that has its highest bit set.
            try encrypted(plain(length: 28, message: "success", owner: "dingsnotzck6pm5veliw")),
            try encrypted(plain(length: 0xFFFF_FFFF, message: "success", owner: "dingsnotzck6pm5veliw")),
            try encrypted([1, 2, 3]), try encrypted([]),
        ]
        for text in cases {
            #expect(throws: CallbackRefusal.unreadable, "\(text)") { try envelope.open(signed(text), at: Self.then) }
        }
    }

    @Test("an envelope for another owner is refused, also when its length moves the border")
    func owners() throws {
        let cases = [
            plain(length: 7, message: "success", owner: "dingsomebodyelse"),
            plain(length: 7, message: "success", owner: ""),
            plain(length: 6, message: "success", owner: "dingsnotzck6pm5veliw"),
            plain(length: 8, message: "success", owner: "dingsnotzck6pm5veliw"),
            plain(length: 27, message: "success", owner: "dingsnotzck6pm5veliw"),
        ]
        for bytes in cases {
            let text = try encrypted(bytes)
            #expect(throws: CallbackRefusal.wrongOwner) { try envelope.open(signed(text), at: Self.then) }
        }
    }

    @Test("padding that is longer than a block, zero, or not the same throughout is refused")
    func padding() throws {
        let cipher = try #require(CallbackCipher(encodingAESKey: Self.configuration.aesKey))
        // A block of padding follows, which is taken off first; what is before it is the block under test.
        for last: [UInt8] in [[0], [33], [2, 3], [255]] {
            let block = [UInt8](repeating: 9, count: 32 - last.count) + last
            let bytes = try #require(cipher.encrypt(block))
            #expect(cipher.decrypt(Array(bytes.prefix(32))) == nil)
        }
        let block = [UInt8](repeating: 9, count: 29) + [3, 3, 3]
        let bytes = try #require(cipher.encrypt(block))
        #expect(cipher.decrypt(Array(bytes.prefix(32))) == [UInt8](repeating: 9, count: 29))
    }

    @Test(
        "a key of another length is no key",
        arguments: ["", "1234", "123456789012345678901234567890123456789012345678"])
    func keys(text: String) {
        var configuration = Self.configuration
        configuration.aesKey = Secret(text)
        #expect(CallbackEnvelope(configuration) == nil)
    }
}
