import JSON
import Time

/// A push as it arrived, before it is believed.
struct CallbackPush: Sendable, Equatable {
    var signature: String
    var timestamp: String
    var nonce: String
    /// Base 64.
    var encrypted: String

    init(signature: String, timestamp: String, nonce: String, encrypted: String) {
        self.signature = signature
        self.timestamp = timestamp
        self.nonce = nonce
        self.encrypted = encrypted
    }

    /// The platform names the signature one way or the other, sometimes both.
    init(_ call: Call) throws(Problem) {
        var values: [Substring: String] = [:]
        for item in call.head.query.split(separator: "&") {
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            values[parts[0]] = parts.count == 2 ? PercentDecoding.query(parts[1]) : ""
        }
        guard let signature = values["msg_signature"] ?? values["signature"], let timestamp = values["timestamp"],
            let nonce = values["nonce"]
        else { throw .badRequest("expected the parameters signature (or msg_signature), timestamp and nonce") }
        guard let encrypted = (try? JSONParser.parse(call.body))?["encrypt"]?.stringValue else {
            throw .badRequest(#"expected {"encrypt":"…"} in the body"#)
        }
        self.init(signature: signature, timestamp: timestamp, nonce: nonce, encrypted: encrypted)
    }

    /// Documents show seconds, the platform's own programs send milliseconds.
    var sentAt: Timestamp? {
        guard let number = Int64(timestamp), number > 0 else { return nil }
        let isMilliseconds = number > 100_000_000_000
        return isMilliseconds ? Timestamp(milliseconds: number) : Timestamp(seconds: number)
    }
}
