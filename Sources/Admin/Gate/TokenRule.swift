import Crypto
import Deliveries
import Telemetry

/// Who may ask: anybody on this machine, or who knows the token.
struct TokenRule: Sendable {
    private let token: Secret?
    private let isExposed: Bool

    /// `isExposed`: other machines can connect. Then there is no asking without a token, whatever the configuration said.
    init(_ token: Secret?, isExposed: Bool) {
        self.token = token
        self.isExposed = isExposed
    }

    func check(_ head: RequestHead) throws(Problem) {
        guard let token else {
            if isExposed { throw Problem(403, "a server that other machines can reach needs admin.token") }
            return
        }
        guard let given = Self.bearer(head.headers["authorization"] ?? "") else {
            throw Self.refusal(
                "this needs \"Authorization: Bearer\" and the configured admin.token", #"realm="belfry""#)
        }
        // Digests are of one length, so that the comparison tells nothing of the token's.
        guard constantTimeEqual(Self.digest(given), Self.digest(token.reveal())) else {
            throw Self.refusal("the token is not the configured admin.token", #"realm="belfry", error="invalid_token""#)
        }
    }

    private static func bearer(_ header: String) -> String? {
        let parts = header.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1])
    }

    private static func digest(_ text: String) -> [UInt8] {
        Array(SHA256.hash(data: Array(text.utf8)))
    }

    private static func refusal(_ detail: String, _ challenge: String) -> Problem {
        Problem(401, detail, headers: [.init(name: "www-authenticate", value: "Bearer " + challenge)])
    }
}
