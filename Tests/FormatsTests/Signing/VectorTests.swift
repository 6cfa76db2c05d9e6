import Deliveries
import Testing
import Time

/// Published examples of every scheme.
struct VectorTests {
    private static let standard = Payload(
        id: "msg_p5jXN8AQM9LWM0D4loKWxJek", contentType: "application/json", body: Array(#"{"test": 2432232314}"#.utf8))
    private static let ed25519Secret =
        "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg=="
    private static let time = Timestamp(seconds: 1_614_265_330)

    @Test("Standard Webhooks v1")
    func standardV1() throws {
        let signer = try SigningScheme.standard.signer(secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        #expect(
            signer.signature(of: Self.standard, at: Self.time).headers == [
                Signature.Header(
                    name: "webhook-signature", value: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", separator: " ")
            ])
    }

    @Test("Standard Webhooks v1a")
    func standardV1a() throws {
        let signer = try Ed25519Signer(secret: Self.ed25519Secret)
        #expect(
            signer.signature(of: Self.standard, at: Self.time).headers.map(\.value) == [
                "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg=="
            ])
        #expect(signer.publicKey == "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=")
    }

    @Test("GitHub")
    func github() throws {
        let signer = try SigningScheme.github.signer(secret: "It's a Secret to Everybody")
        let payload = Payload(
            id: "evt_1", type: "chat.muted", contentType: "text/plain", body: Array("Hello, World!".utf8))
        #expect(
            signer.signature(of: payload, at: Self.time).headers == [
                Signature.Header(
                    name: "X-Hub-Signature-256",
                    value: "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"),
                Signature.Header(name: "X-GitHub-Event", value: "chat.muted"),
                Signature.Header(name: "X-GitHub-Delivery", value: "evt_1"),
            ])
    }

    @Test("DingTalk robot, before and after the one percent-encoding")
    func dingtalk() throws {
        let signer = try SigningScheme.dingtalk.signer(secret: "SECtest")
        let message = signed(Self.standard, by: [signer], at: Timestamp(milliseconds: 1_700_000_000_000))
        #expect(
            message.query == [
                Signature.Item(name: "timestamp", value: "1700000000000"),
                Signature.Item(name: "sign", value: "aZLLrriXgn05YbwaGR7knYsLeJADjr9NwLaNNKpxh4g="),
            ])
        #expect(message.headers.isEmpty && message.body == Self.standard.body)
        let signed = "timestamp=1700000000000&sign=aZLLrriXgn05YbwaGR7knYsLeJADjr9NwLaNNKpxh4g%3D"
        #expect(
            message.address("https://h/robot/send?access_token=x") == "https://h/robot/send?access_token=x&\(signed)")
        #expect(message.address("https://h/robot/send") == "https://h/robot/send?\(signed)")
        #expect(message.address("https://h/robot/send?#f") == "https://h/robot/send?\(signed)")
    }

    @Test("what base 64 has and a query has not is percent-encoded")
    func encoding() {
        let message = SignedPayload(headers: [], query: [Signature.Item(name: "sign", value: "a+b/c=")], body: [])
        #expect(message.address("https://h") == "https://h?sign=a%2Bb%2Fc%3D")
    }

    @Test("Feishu robot")
    func feishu() throws {
        let signer = try SigningScheme.feishu.signer(secret: "test")
        let payload = Payload(id: "1", contentType: "application/json", body: Array(#"{"msg_type":"text"}"#.utf8))
        let message = signed(payload, by: [signer], at: Timestamp(seconds: 1_700_000_000))
        #expect(
            String(decoding: message.body, as: UTF8.self)
                == #"{"msg_type":"text","timestamp":"1700000000","sign":"eSJQnOl8XqPTMPHWz9e5IzeHS/tqoc68g2967ekIPmg="}"#
        )
        let text = Payload(id: "1", contentType: "text/plain", body: Array("[]".utf8))
        #expect(signed(text, by: [signer], at: Self.time).body == text.body)
    }

    // No published vectors exist for these three; the expected codes were computed with Python's hmac module.

    @Test("Slack")
    func slack() throws {
        let signer = try SigningScheme.slack.signer(secret: "8f742231b10e8888abcd99yyyzzz85a5")
        #expect(
            signer.signature(of: Self.standard, at: Self.time).headers == [
                Signature.Header(name: "X-Slack-Request-Timestamp", value: "1614265330"),
                Signature.Header(
                    name: "X-Slack-Signature",
                    value: "v0=d0ca9022c46ea8440684409ebca881c0cac81415e599d8e04c2c156ff8a8ebb8"),
            ])
    }

    @Test("Stripe, whose key is the whole text of the secret")
    func stripe() throws {
        let signer = try SigningScheme.stripe.signer(secret: "whsec_test")
        #expect(
            signer.signature(of: Self.standard, at: Self.time).headers.map(\.value) == [
                "t=1614265330,v1=98a6304ac7cd966786ee1b93ad76319d9cd63829827fa0f93cb3e367cf67086d"
            ])
    }

    @Test("Shopify")
    func shopify() throws {
        let signer = try SigningScheme.shopify.signer(secret: "hush")
        #expect(
            signer.signature(of: Self.standard, at: Self.time).headers == [
                Signature.Header(name: "X-Shopify-Hmac-Sha256", value: "GSMkouYq910XCW7wBeiXYHW1KhmYc/L3xj5h5r26zw4=")
            ])
    }
}
