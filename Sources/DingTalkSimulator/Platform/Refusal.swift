import JSON

/// An error of the platform: a code and its text.
struct Refusal: Error, Equatable {
    let code: Int64
    let message: String

    /// `message` replaces the code's usual text.
    init(_ code: Int64, message: String? = nil) {
        self.code = code
        self.message = message ?? Self.messages[code] ?? "error \(code)"
    }

    /// Whether the gateway answers in the interface's place, with code 88 around its own: tokens, throttling, quota,
    /// permission and address checks happen there.
    var isUsuallyWrapped: Bool {
        switch code {
        case 40000, 40014, 41001, 42001, 33001, 45009, 60011, 60020, 90001...90020: true
        default: false
        }
    }

    func body(wrapped: Bool, requestID: String) -> JSONValue {
        guard wrapped else { return ["errcode": .integer(code), "errmsg": .string(message)] }
        return [
            "errcode": 88, "sub_code": .string(String(code)), "sub_msg": .string(message),
            "errmsg": .string("ding talk error[subcode=\(code),submsg=\(message)]"), "request_id": .string(requestID),
        ]
    }

    /// The newer API's form of an error, sent with HTTP status 400.
    func newStyleBody(requestID: String) -> JSONValue {
        let name =
            switch code {
            case 40035: "MissingParameter"
            case 40096: "invalidClientIdOrSecret"
            case 90001...90018: "Forbidden.AccessDenied.QpsLimitForApi"
            default: String(code)
            }
        return ["code": .string(name), "message": .string(message), "requestid": .string(requestID)]
    }

    private static let messages: [Int64: String] = [
        -1: "system busy",
        404: "the requested address does not exist",
        33001: "token does not belong to this corporation",
        34001: "conversation not found",
        34013: "conversation is no longer valid",
        40000: "invalid parameter",
        40001: "invalid token",
        40014: "invalid access_token",
        40016: "invalid chatid",
        40035: "invalid parameter",
        40078: "invalid code",
        40089: "invalid corpid or corpsecret",
        40096: "invalid appkey or appsecret",
        41001: "access_token is missing",
        42001: "access_token expired",
        43001: "this interface must be called with GET",
        43002: "this interface must be called with POST",
        43007: "no permission to call this API",
        45009: "API call limit exceeded",
        48002: "the API is not authorized",
        49000: "the chatid parameter is required",
        50003: "the app is not installed or not authorized",
        50005: "the app is suspended",
        52010: "invalid corpid",
        60011: "no permission on this resource",
        60020: "the caller's IP is not in the whitelist",
        70001: "the organization does not exist",
        90002: "the call rate of this API over all organizations is exceeded",
        90018: "the call rate of this app for this API is exceeded",
        90020: "the organization's monthly call quota is exhausted",
        400001: "system error",
    ]
}
