import Time

/// The access tokens in circulation.
struct TokenIssuer: Sendable {
    let lifetime: Duration
    private var expiries: [String: Timestamp] = [:]
    private var shared: String?

    init(lifetime: Duration) {
        self.lifetime = lifetime
    }

    /// The older call's token: the same one while it is valid, and asking for it extends it.
    mutating func sharedToken(at now: Timestamp, using generator: inout some RandomNumberGenerator) -> String {
        if let shared, let expiry = expiries[shared], now < expiry {
            expiries[shared] = now + lifetime
            return shared
        }
        let token = freshToken(at: now, using: &generator)
        shared = token
        return token
    }

    /// The newer call's token: another one each time; earlier ones stay valid.
    mutating func freshToken(at now: Timestamp, using generator: inout some RandomNumberGenerator) -> String {
        let token = generator.text(of: .hexadecimal, count: 32)
        // An expired token is remembered for a while, because the platform tells it from one that never was.
        if expiries.count > 1000 { expiries = expiries.filter { now - $0.value < .seconds(86_400) } }
        expiries[token] = now + lifetime
        return token
    }

    func check(_ token: String, at now: Timestamp) throws(Refusal) {
        if let expiry = expiries[token] {
            if now >= expiry { throw Refusal(42001) }
        } else {
            let hasTokenForm = token.utf8.count == 32 && token.allSatisfy(Alphabet.hexadecimal.rawValue.contains)
            throw Refusal(hasTokenForm ? 40014 : 40001)
        }
    }
}
