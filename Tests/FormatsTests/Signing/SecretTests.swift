import Deliveries
import Testing

struct SecretTests {
    @Test(
        "secrets of the wrong form are refused, and never repeated",
        arguments: [
            (.standard, "", "24 to 64"), (.standard, "whsec_not base64!", "not base64"),
            (.standard, "whsec_c2hvcnQ=", "found 5"),
            (.standard, VerifierTests.secrets(.standardEd25519)[0], "standard-ed25519"),
            (.standardEd25519, "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=", "public key"),
            (.standardEd25519, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "begin with whsk_"),
            (.standardEd25519, "whsk_!!!!", "not base64"),
            (.standardEd25519, "whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "found 24"),
            (
                .standardEd25519,
                "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfXWpgBgrEKt9VL/tPJZAc6DuFy89qmIyWvAhpo9wdRGg==", "seed"
            ),
            (.github, "", "empty"), (.github, "secret-text\n", "line break"), (.slack, " secret-text", "space"),
            (.stripe, "secret-text\u{0}", "control"), (.shopify, "secret-text ", "space"), (.dingtalk, "", "empty"),
            (.feishu, "a\nb", "line break"),
        ] as [(SigningScheme, String, String)])
    func refused(_ scheme: SigningScheme, _ secret: String, _ says: String) throws {
        let error = try #require(throws: SigningSecretError.self) { try scheme.signer(secret: secret) }
        #expect(error.description.contains(says), "\(error)")
        #expect(secret.count < 8 || !error.description.contains(secret.dropFirst(6)))
    }

    @Test("a standard secret may come without its prefix, between 24 and 64 bytes long")
    func standardLengths() throws {
        for (count, isRight) in [(23, false), (24, true), (64, true), (65, false)] {
            let text = Base64.encode([UInt8](repeating: 7, count: count))
            #expect(((try? SigningScheme.standard.signer(secret: text)) != nil) == isRight)
            #expect(((try? SigningScheme.standard.signer(secret: "whsec_" + text)) != nil) == isRight)
        }
    }
}
