package import JSON

/// An endpoint's own idea of success: which statuses, and what the answer's JSON has to say.
package struct SuccessRule: Sendable, Equatable {
    /// Nil stands for every 2xx.
    package var statuses: Set<Int>?
    /// Members that the answer must have with these values, nested objects likewise; what else it has does not matter.
    package var json: JSONObject

    package init(statuses: Set<Int>? = nil, json: JSONObject = [:]) {
        self.statuses = statuses
        self.json = json
    }

    package func verdict(on reply: Reply) -> Verdict {
        let isExpected = statuses?.contains(reply.status) ?? (200..<300).contains(reply.status)
        guard isExpected else {
            let verdict = Verdict.byStatus(reply)
            // A 2xx that the endpoint does not count as success says nothing of a later try.
            guard verdict.isDelivered else { return verdict }
            return Verdict(.retry(notBefore: reply.retryAfter), rule: "status \(reply.status) is not in success.status")
        }
        if json.isEmpty { return Verdict(.delivered, rule: "status \(reply.status), as success.status has it") }
        guard let answer = reply.json else {
            return Verdict(
                .retry(notBefore: reply.retryAfter), rule: "status \(reply.status) without the JSON of success.json")
        }
        if let difference = Self.difference(of: answer, from: json, at: JSONPath()) {
            return Verdict(.retry(notBefore: reply.retryAfter), rule: "status \(reply.status), but \(difference)")
        }
        return Verdict(.delivered, rule: "status \(reply.status) and the JSON of success.json")
    }

    /// The first member that is not as expected, in words.
    private static func difference(of answer: JSONValue, from expected: JSONObject, at path: JSONPath) -> String? {
        for (key, value) in expected {
            let place = path.appending(key: key)
            guard let found = answer[key] else { return "\(place) is missing" }
            if let object = value.objectValue, found.objectValue != nil {
                if let difference = difference(of: found, from: object, at: place) { return difference }
            } else if !isSame(found, value) {
                return "\(place) is \(String(found.text.prefix(60))), expected \(value.text)"
            }
        }
        return nil
    }

    /// `0` and `0.0` are one number.
    private static func isSame(_ left: JSONValue, _ right: JSONValue) -> Bool {
        if let left = left.doubleValue, let right = right.doubleValue { return left == right }
        return left == right
    }
}
