import Deliveries
import Testing
import Time

/// The vectors are those of the Standard Webhooks specification.
@Suite("Standard Webhooks signatures")
struct SigningTests {
    private let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    private let time = Timestamp(seconds: 1_614_265_330)
    private let payload = Payload(
        id: "msg_p5jXN8AQM9LWM0D4loKWxJek", contentType: "application/json", body: Array(#"{"test": 2432232314}"#.utf8))
    private let expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

    private var headers: [String: String] {
        ["webhook-id": payload.id, "webhook-timestamp": "1614265330", "webhook-signature": expected]
    }

    private func failure(of headers: [String: String], body: [UInt8]? = nil, at now: Timestamp? = nil)
        -> StandardVerifier.Failure?
    {
        do throws(StandardVerifier.Failure) {
            let verifier = try? StandardVerifier(secrets: [secret])
            try verifier?.verify(headers: headers, body: body ?? payload.body, now: now ?? time)
            return verifier == nil ? .wrongSignature : nil
        } catch {
            return error
        }
    }

    @Test(
        "the specification's vector",
        arguments: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])
    func vector(secret: String) throws {
        let signature = try StandardSigner(secret: secret).signature(of: payload, at: time)
        #expect(signature.headers == [.init(name: "webhook-signature", value: expected, separator: " ")])
    }

    @Test("the part of a second does not enter into it")
    func wholeSeconds() throws {
        let signer = try StandardSigner(secret: secret)
        #expect(signer.signature(of: payload, at: time + .milliseconds(999)) == signer.signature(of: payload, at: time))
    }

    @Test("several signatures stand in one header, with a blank between them")
    func rotation() throws {
        let first = try StandardSigner(secret: secret).signature(of: payload, at: time)
        let other = "whsec_" + Base64.encode([UInt8](repeating: 1, count: 24))
        let second = try StandardSigner(secret: other).signature(of: payload, at: time)
        let merged = first.merged(with: second)
        #expect(merged.headers.count == 1)
        let value = merged.headers[0].value
        #expect(value.split(separator: " ").count == 2)
        for secret in [secret, other] {
            let verifier = try StandardVerifier(secrets: [secret])
            var headers = headers
            headers["webhook-signature"] = value
            try verifier.verify(headers: headers, body: payload.body, now: time)
        }
    }

    @Test(
        "secrets of another form are refused without being repeated",
        arguments: [
            "whsec_", "whsec_***", "whsec_c2hvcnQ=", "whsec_" + String(repeating: "A", count: 88),
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS",
        ])
    func secrets(text: String) {
        do throws(SigningSecretError) {
            _ = try StandardSigner(secret: text)
            Issue.record("\(text) was taken")
        } catch {
            #expect(!error.description.contains(text.dropFirst(6)) || text == "whsec_")
        }
    }

    @Test("a genuine message passes, within five minutes either way", arguments: [-300, 0, 300])
    func genuine(seconds: Int) {
        #expect(failure(of: headers, at: time + .seconds(seconds)) == nil)
    }

    @Test("a stale one does not", arguments: [-301, 301, 86_400])
    func stale(seconds: Int) {
        #expect(failure(of: headers, at: time + .seconds(seconds)) == .staleTimestamp(.seconds(seconds)))
    }

    @Test(
        "a changed body, id, time or signature does not",
        arguments: [
            ("webhook-id", "msg_other"), ("webhook-timestamp", "1614265331"), ("webhook-signature", "v1,AAAA"),
            ("webhook-signature", "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="), ("webhook-signature", ""),
        ])
    func changed(name: String, value: String) {
        var changed = headers
        changed[name] = value
        #expect(failure(of: changed) == .wrongSignature)
        #expect(failure(of: headers, body: payload.body + [0x20]) == .wrongSignature)
    }

    @Test("what is missing is named", arguments: ["webhook-id", "webhook-timestamp", "webhook-signature"])
    func missing(name: String) {
        var partial = headers
        partial[name] = nil
        #expect(failure(of: partial) == .missingHeader(name))
    }

    @Test("an unknown signature beside a good one does no harm")
    func mixed() {
        var mixed = headers
        mixed["webhook-signature"] = "v1a,xyz v1,AAAA \(expected)"
        #expect(failure(of: mixed) == nil)
    }

    @Test("a timestamp must be a number of seconds", arguments: ["", "soon", "1614265330.5"])
    func malformed(text: String) {
        var malformed = headers
        malformed["webhook-timestamp"] = text
        #expect(failure(of: malformed) == .malformedTimestamp)
    }
}
