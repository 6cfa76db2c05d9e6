import Crypto
import Deliveries
import Telemetry

/// The platform's signature of a push: SHA-1 over token, timestamp, nonce and encrypted text, sorted and joined, in hexadecimal.
struct CallbackSignature: Sendable {
    private let token: Secret

    init(token: Secret) {
        self.token = token
    }

    func make(timestamp: String, nonce: String, encrypted: String) -> String {
        // By code units, as every implementation of it sorts; Swift's own order of strings is another.
        let parts = [token.reveal(), timestamp, nonce, encrypted].map { Array($0.utf8) }
            .sorted { $0.lexicographicallyPrecedes($1) }
        return Insecure.SHA1.hash(data: parts.flatMap { $0 }).reduce(into: "") { text, byte in
            text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
    }

    /// Takes the same time wherever the two differ.
    func isGenuine(_ signature: String, timestamp: String, nonce: String, encrypted: String) -> Bool {
        let expected = make(timestamp: timestamp, nonce: nonce, encrypted: encrypted)
        return constantTimeEqual(Array(signature.lowercased().utf8), Array(expected.utf8))
    }
}
