import Deliveries
package import JSON
import Time

extension Receipt {
    /// For `--json`: a body that is JSON stands as such, any other as a string.
    package var json: JSONValue {
        var object: JSONObject = ["received": .string(received.description), "path": .string(path)]
        object["id"] = id.map(JSONValue.string)
        object["timestamp"] = timestamp.map { .string($0.description) }
        switch verification {
        case .notChecked: object["verified"] = .null
        case .verified: object["verified"] = true
        case .refused(let failure):
            object["verified"] = false
            object["reason"] = .string(failure.description)
        }
        object["status"] = .integer(Int64(status))
        object["timesSeen"] = .integer(Int64(timesSeen))
        object["body"] = (try? JSONParser.parse(body)) ?? .string(String(decoding: body, as: UTF8.self))
        return .object(object)
    }
}
