import HTTPEngine
import JSON
import Telemetry
import Time

/// The call that issues a token, in either of its generations.
struct TokenCall {
    let account: Account

    var request: HTTPRequest {
        switch account.tokenKind {
        case .legacy:
            let query = Query.text(["appkey": account.appKey.reveal(), "appsecret": account.appSecret.reveal()])
            return .get(account.baseURL + "/gettoken" + query)
        case .v1:
            let body: JSONObject = [
                "appKey": .string(account.appKey.reveal()), "appSecret": .string(account.appSecret.reveal()),
            ]
            return .post(account.apiBaseURL + "/v1.0/oauth2/accessToken", json: JSONValue.object(body).serialized())
        }
    }

    func token(status: Int, body: [UInt8], at time: Timestamp) throws(CallError) -> Token {
        let (object, names) =
            switch account.tokenKind {
            case .legacy:
                (
                    try PlatformReply.object(status: status, body: body, scrubber: account.scrubber),
                    ("access_token", "expires_in")
                )
            case .v1: (try self.object(status: status, body: body), ("accessToken", "expireIn"))
            }
        guard let value = object[names.0]?.stringValue, !value.isEmpty else {
            throw .unreadable(Unreadable(.malformed, "the answer holds no token"))
        }
        return Token(value: Secret(value), lifetime: object[names.1]?.lenientInteger ?? 7200, issuedAt: time)
    }

    /// The new API tells failures by HTTP status 400 and `{"code", "message"}`, the code a word or a number. Its words for
    /// unknown credentials are mapped to the code that the legacy call has for them.
    private func object(status: Int, body: [UInt8]) throws(CallError) -> JSONObject {
        guard let object = (try? JSONParser.parse(body))?.objectValue else {
            throw .unreadable(Unreadable(status == 200 ? .malformed : .status(status), "the answer is not JSON"))
        }
        if status == 200 { return object }
        guard let code = object["code"] else {
            throw .unreadable(Unreadable(.status(status), "the platform answered HTTP status \(status)"))
        }
        let word = account.scrubber.scrubbed(code.stringValue ?? "")
        let message = account.scrubber.scrubbed(object["message"]?.stringValue ?? "")
        guard (400..<500).contains(status) else {
            throw .refused(Refusal(code: -1, message: "\(word) \(message)"))
        }
        throw .refused(Refusal(code: code.lenientInteger ?? 40096, message: "\(word) \(message)"))
    }
}
