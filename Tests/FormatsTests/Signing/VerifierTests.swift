import Deliveries
import Testing
import Time

struct VerifierTests {
    static let now = Timestamp(seconds: 1_795_416_041)
    static let payload = Payload(
        id: "evt_1", type: "chat.muted", contentType: "application/json", body: Array(#"{"a":1}"#.utf8))

    /// Two secrets of each scheme's form.
    static func secrets(_ scheme: SigningScheme) -> [String] {
        switch scheme {
        case .standard: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX"]
        case .standardEd25519:
            [
                "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==",
                "whsk_nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2DXWpgBgrEKt9VL/tPJZAc6DuFy89qmIyWvAhpo9wdRGg==",
            ]
        default: ["SECfirst", "SECsecond"]
        }
    }

    /// What a receiver sees of a message.
    static func received(_ message: SignedPayload, at time: Timestamp = now) -> ReceivedMessage {
        var headers = ["webhook-id": payload.id, "webhook-timestamp": String(time.seconds)]
        for header in message.headers { headers[header.name.lowercased()] = header.value }
        return ReceivedMessage(headers: headers, target: message.address("/hook?x=1"), body: message.body)
    }

    private static func sent(_ scheme: SigningScheme, by secrets: [String], header: String? = nil) throws
        -> ReceivedMessage
    {
        received(signed(payload, by: try secrets.map { try scheme.signer(secret: $0, header: header) }, at: now))
    }

    @Test("what a signer signs its verifier accepts", arguments: SigningScheme.allCases)
    func roundTrip(_ scheme: SigningScheme) throws {
        let message = try Self.sent(scheme, by: [Self.secrets(scheme)[0]])
        let verifier = try scheme.verifier(secrets: [Self.secrets(scheme)[0]])
        #expect(throws: Never.self) { try verifier.verify(message, now: Self.now) }
    }

    @Test("any of a verifier's secrets will do", arguments: SigningScheme.allCases)
    func severalSecrets(_ scheme: SigningScheme) throws {
        let message = try Self.sent(scheme, by: [Self.secrets(scheme)[1]])
        let verifier = try scheme.verifier(secrets: Self.secrets(scheme))
        #expect(throws: Never.self) { try verifier.verify(message, now: Self.now) }
    }

    @Test("another secret is refused", arguments: SigningScheme.allCases)
    func wrongSecret(_ scheme: SigningScheme) throws {
        let message = try Self.sent(scheme, by: [Self.secrets(scheme)[0]])
        let verifier = try scheme.verifier(secrets: [Self.secrets(scheme)[1]])
        #expect(throws: VerificationFailure.wrongSignature) { try verifier.verify(message, now: Self.now) }
    }

    @Test("a changed body is refused", arguments: SigningScheme.allCases)
    func changedBody(_ scheme: SigningScheme) throws {
        // The robots' signatures are not over the message.
        if scheme == .dingtalk || scheme == .feishu { return }
        var message = try Self.sent(scheme, by: [Self.secrets(scheme)[0]])
        message.body.append(UInt8(ascii: " "))
        let verifier = try scheme.verifier(secrets: [Self.secrets(scheme)[0]])
        #expect(throws: VerificationFailure.wrongSignature) { try verifier.verify(message, now: Self.now) }
    }

    @Test("an old message is refused where the scheme has a timestamp", arguments: SigningScheme.allCases, [-1, 1])
    func stale(_ scheme: SigningScheme, _ direction: Int64) throws {
        let tolerance: Int64? =
            switch scheme {
            case .standard, .standardEd25519, .slack, .stripe: 300
            case .dingtalk, .feishu: 3600
            case .github, .shopify: nil
            }
        let message = try Self.sent(scheme, by: [Self.secrets(scheme)[0]])
        let verifier = try scheme.verifier(secrets: [Self.secrets(scheme)[0]])
        let last = Self.now + .seconds(direction * (tolerance ?? 86_400))
        let later = last + .seconds(direction)
        #expect(throws: Never.self) { try verifier.verify(message, now: last) }
        guard tolerance != nil else { return }
        #expect(throws: VerificationFailure.staleTimestamp(later - Self.now)) {
            try verifier.verify(message, now: later)
        }
    }

    @Test("a message without a signature is refused", arguments: SigningScheme.allCases)
    func unsigned(_ scheme: SigningScheme) throws {
        let message = Self.received(signed(Self.payload, by: [], at: Self.now))
        let verifier = try scheme.verifier(secrets: [Self.secrets(scheme)[0]])
        #expect(throws: VerificationFailure.self) { try verifier.verify(message, now: Self.now) }
    }

    @Test("a prefix names the headers on both sides", arguments: SigningScheme.allCases.filter(\.takesHeader))
    func prefix(_ scheme: SigningScheme) throws {
        let secret = Self.secrets(scheme)[0]
        let message = try Self.sent(scheme, by: [secret], header: "X-Belfry")
        #expect(message.headers.keys.contains { $0.hasPrefix("x-belfry-") })
        let verifier = try scheme.verifier(secrets: [secret], header: "X-Belfry")
        #expect(throws: Never.self) { try verifier.verify(message, now: Self.now) }
        let usual = try scheme.verifier(secrets: [secret])
        #expect(throws: VerificationFailure.self) { try usual.verify(message, now: Self.now) }
    }

    @Test("a sign that was encoded twice is refused")
    func twiceEncoded() throws {
        let signer = try DingTalkSigner(secret: "SECfirst")
        var message = Self.received(signed(Self.payload, by: [signer], at: Self.now))
        let verifier = try DingTalkVerifier(secrets: ["SECfirst"])
        #expect(throws: Never.self) { try verifier.verify(message, now: Self.now) }
        message.query["sign"] = message.query["sign"]?.replacing("=", with: "%3D")
        #expect(throws: VerificationFailure.wrongSignature) { try verifier.verify(message, now: Self.now) }
    }

    @Test("a public key verifies as well as the private one")
    func publicKey() throws {
        let signer = try Ed25519Signer(secret: Self.secrets(.standardEd25519)[0])
        let message = Self.received(signed(Self.payload, by: [signer], at: Self.now))
        let verifier = try SigningScheme.standardEd25519.verifier(secrets: [signer.publicKey])
        #expect(throws: Never.self) { try verifier.verify(message, now: Self.now) }
    }

    @Test("odd timestamps neither pass nor trap", arguments: ["", "x", "-1", "9223372036854775807", "1e3"])
    func oddTimestamps(_ text: String) throws {
        let signer = try StandardSigner(secret: Self.secrets(.standard)[0])
        var message = Self.received(signed(Self.payload, by: [signer], at: Self.now))
        message.headers["webhook-timestamp"] = text
        let verifier = try StandardVerifier(secrets: [Self.secrets(.standard)[0]])
        #expect(throws: VerificationFailure.malformedTimestamp) { try verifier.verify(message, now: Self.now) }
    }
}
