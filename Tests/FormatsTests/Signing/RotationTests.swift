import Deliveries
import JSON
import Testing
import Time

struct RotationTests {
    private static func sent(_ schemes: [(SigningScheme, Int)]) throws -> SignedPayload {
        let signers = try schemes.map { try $0.0.signer(secret: VerifierTests.secrets($0.0)[$0.1]) }
        return signed(VerifierTests.payload, by: signers, at: VerifierTests.now)
    }

    private static func isAccepted(_ message: SignedPayload, _ scheme: SigningScheme, _ secret: Int) throws -> Bool {
        let verifier = try scheme.verifier(secrets: [VerifierTests.secrets(scheme)[secret]])
        do {
            try verifier.verify(VerifierTests.received(message), now: VerifierTests.now)
            return true
        } catch {
            return false
        }
    }

    @Test("old and new secret sign the same message where the scheme has room", arguments: SigningScheme.allCases)
    func twoSecrets(_ scheme: SigningScheme) throws {
        let message = try Self.sent([(scheme, 0), (scheme, 1)])
        #expect(try Self.isAccepted(message, scheme, 0))
        #expect(try Self.isAccepted(message, scheme, 1) == scheme.holdsSeveral)
    }

    @Test("all schemes together sign the bytes that are sent")
    func allSchemes() throws {
        // Feishu comes last here, and still goes into the body before the others sign it.
        let message = try Self.sent(SigningScheme.allCases.map { ($0, 0) })
        for scheme in SigningScheme.allCases {
            #expect(try Self.isAccepted(message, scheme, 0), "\(scheme)")
        }
        #expect(try JSONParser.parse(message.body).objectValue?.keys == ["a", "timestamp", "sign"])
    }

    @Test("standard signatures are separated by spaces, Stripe's repeat v1 behind one time")
    func shapes() throws {
        let message = try Self.sent([(.standard, 0), (.standardEd25519, 0), (.stripe, 0), (.stripe, 1)])
        let headers = Dictionary(uniqueKeysWithValues: message.headers.map { ($0.name, $0.value) })
        let standard = try #require(headers["webhook-signature"]).split(separator: " ")
        #expect(standard.count == 2 && standard[0].hasPrefix("v1,") && standard[1].hasPrefix("v1a,"))
        let stripe = try #require(headers["Stripe-Signature"]).split(separator: ",")
        #expect(stripe.map { $0.prefix(3) } == ["t=1", "v1=", "v1="])
    }

    @Test("a payload's own headers go along")
    func ownHeaders() throws {
        var payload = VerifierTests.payload
        payload.headers = [Payload.Header(name: "ce-id", value: "evt_1")]
        let signer = try ShopifySigner(secret: "hush")
        #expect(
            signed(payload, by: [signer], at: VerifierTests.now).headers.map(\.name) == [
                "ce-id", "X-Shopify-Hmac-Sha256",
            ])
    }
}
