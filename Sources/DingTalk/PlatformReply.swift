import JSON
import Telemetry
import Time

/// An answer of the platform with its error code told apart from what wraps it.
enum PlatformReply {
    /// The object of a successful answer.
    ///
    /// Every answer is HTTP 200 and JSON with `errcode`; anything else is no answer. Failures of the gateway are wrapped:
    /// the effective code is `sub_code`, else the `subcode=` inside `errmsg`, else `errcode`.
    ///
    /// `scrubber`: knows what must not be told on, though the platform, or whoever answers in its place, may repeat it.
    static func object(
        status: Int, body: [UInt8], scrubber: Scrubber = Scrubber([])
    ) throws(CallError) -> JSONObject {
        guard status == 200 else {
            throw .unreadable(Unreadable(.status(status), "the platform answered HTTP status \(status)"))
        }
        guard let object = (try? JSONParser.parse(body))?.objectValue else {
            throw .unreadable(Unreadable(.malformed, "the answer is not JSON: \(excerpt(of: body, scrubber))"))
        }
        guard let code = object["errcode"]?.lenientInteger else {
            throw .unreadable(Unreadable(.malformed, "the answer has no errcode: \(excerpt(of: body, scrubber))"))
        }
        guard code != 0 else { return object }
        throw .refused(refusal(code: code, object, scrubber))
    }

    private static func refusal(code: Int, _ object: JSONObject, _ scrubber: Scrubber) -> Refusal {
        let text = object["errmsg"]?.stringValue ?? ""
        let message = object["sub_msg"]?.stringValue ?? text
        let effective = object["sub_code"]?.lenientInteger ?? subcode(in: text) ?? code
        return Refusal(
            code: effective, message: scrubber.scrubbed(message), until: penaltyEnd(in: message) ?? penaltyEnd(in: text)
        )
    }

    /// The number behind `subcode=`.
    private static func subcode(in text: String) -> Int? {
        guard let range = text.ranges(of: "subcode=").first else { return nil }
        return Int(text[range.upperBound...].prefix { $0.isASCII && ($0.isNumber || $0 == "-") })
    }

    /// A throttle's text may name the penalty's end as a local time of UTC+8, `… 2026-09-03 00:01:03 …`.
    private static func penaltyEnd(in text: String) -> Timestamp? {
        let words = text.split(separator: " ")
        return zip(words, words.dropFirst()).lazy.compactMap { date, time in
            Timestamp(text: "\(date.suffix(10)) \(time.prefix(8))+08:00")
        }.first
    }

    private static func excerpt(of body: [UInt8], _ scrubber: Scrubber) -> String {
        let text = String(decoding: scrubber.scrubbed(body, limit: 80), as: UTF8.self)
        return text.isEmpty ? "empty" : "\"\(text.replacing("\n", with: " "))\(body.count > 80 ? "…" : "")\""
    }
}

extension JSONValue {
    /// A whole number, or a string that spells one: sibling calls of the platform write both.
    var lenientInteger: Int? {
        integerValue.map(Int.init) ?? stringValue.flatMap { Int($0) }
    }

    /// A list of strings, plain or wrapped as `{"string": […]}`.
    var lenientStrings: [String]? {
        let list = arrayValue ?? self["string"]?.arrayValue
        guard let list else { return nil }
        let strings = list.compactMap(\.stringValue)
        return strings.count == list.count ? strings : nil
    }
}
